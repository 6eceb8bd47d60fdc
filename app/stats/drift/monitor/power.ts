import { seededRandom } from '../../random.ts'
import { normalDraws } from '../normal-draws.ts'
import { type ChartErrors, type LimitOptions, simulatedLimit } from './limit.ts'
import { type MonitorOf, windowedRatio } from './monitors.ts'

/** How anchors are rated, in score points, as far as it decides what a chart can see. */
export interface AnchorPlan {
  /** Anchor ratings a period, and over how many anchors they are spread. */
  readonly ratings: number
  readonly anchors: number
  /** Ratings of each anchor in the baseline. */
  readonly baselineRatings: number
  readonly raters: number
  /** Standard deviation of one rating about its anchor and rater, and of the anchors' own levels. */
  readonly noise: number
  readonly anchorSpread: number
  /** Standard error of a frozen reading of a rater. */
  readonly readingError: number
}

/** The usual figures of a rubric of four levels (docs/methods/drift.md), where nothing better is known. */
export const USUAL_PLAN = {
  baselineRatings: 3,
  raters: 10,
  noise: 0.65,
  anchorSpread: 0.6,
  readingError: 0.06,
} as const

/** Errors of the period means that a plan leads to, for a panel that stays the same. */
export function plannedErrors(plan: AnchorPlan): ChartErrors {
  const noise = plan.noise ** 2
  const spread = plan.anchorSpread ** 2
  const known = (spread * noise) / (plan.baselineRatings * spread + noise)
  return {
    errorVariance: noise / plan.ratings,
    baselineVariance: known / plan.anchors + plan.readingError ** 2 / plan.raters,
  }
}

export interface PowerOptions extends LimitOptions {
  /** Periods after the change within which it is to be found, 2 by default; also the widest window. */
  readonly within?: number
  /** Periods without change before it, from which the chart learns its centre; 10 by default. */
  readonly quietPeriods?: number
  /** The chart's limit where it is known; else simulated. */
  readonly limit?: number
}

/** Chance that the windowed ratio finds a lasting shift of the panel (score points) in time, at its false alarm rate; simulated. */
export function driftPower(shift: number, errors: ChartErrors, options: PowerOptions = {}): number {
  const { within = 2, quietPeriods = 10, histories = 4000, seed = 1 } = options
  const monitorOf = windowedRatio(within)
  const limit = options.limit ?? simulatedLimit(monitorOf, errors, options)
  const normal = normalDraws(seededRandom(seed + 1))
  let found = 0
  for (let history = 0; history < histories; history++)
    if (findsShift(monitorOf, errors, { shift, within, quietPeriods, limit }, normal)) found++
  return found / histories
}

function findsShift(
  monitorOf: MonitorOf,
  { errorVariance, baselineVariance }: ChartErrors,
  change: { shift: number; within: number; quietPeriods: number; limit: number },
  normal: () => number,
): boolean {
  const centre = Math.sqrt(baselineVariance) * normal()
  const monitor = monitorOf(baselineVariance)
  for (let t = 0; t < change.quietPeriods + change.within; t++) {
    const drifted = t >= change.quietPeriods
    const mean = centre + Math.sqrt(errorVariance) * normal() + (drifted ? change.shift : 0)
    if (monitor.next(mean, errorVariance) <= change.limit) continue
    if (drifted) return true
    monitor.restart()
  }
  return false
}

const MOST_RATINGS = 2000
const TYPICAL_RATINGS = 40

/**
 * The fewest anchor ratings a period, one an anchor, with which a shift is found with the wanted power; null when more than 2,000
 * would be needed, because the baseline or the raters are not known well enough.
 */
export function ratingsForPower(
  shift: number,
  power: number,
  plan: Omit<AnchorPlan, 'ratings' | 'anchors'>,
  options: PowerOptions = {},
): number | null {
  const errorsAt = (ratings: number) => plannedErrors({ ...plan, ratings, anchors: ratings })
  // on a learned centre the limit hardly depends on how well the baseline is known: once is enough
  const limit = options.limit ?? simulatedLimit(windowedRatio(options.within ?? 2), errorsAt(TYPICAL_RATINGS), options)
  const reaches = (ratings: number) => driftPower(shift, errorsAt(ratings), { ...options, limit }) >= power
  let high = 8
  while (!reaches(high)) {
    if (high >= MOST_RATINGS) return null
    high = Math.min(MOST_RATINGS, 2 * high)
  }
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (reaches(middle)) high = middle
    else low = middle
  }
  return high
}
