import { type Interval, type NotEstimable, notEstimable } from '../estimate.ts'
import { seededRandom } from '../random.ts'
import { bcaInterval } from './bca.ts'
import { bootstrapTInterval, jackknifeError } from './bootstrap-t.ts'
import { type Contributions, itemCount, type Statistic, sumsOf } from './contributions.ts'
import { drawDeviations, drawValues } from './draws.ts'
import { exactBound } from './exact-bound.ts'
import { jackknifeMoments, leaveOneOut } from './jackknife.ts'

export interface BootstrapOptions {
  /** Number of draws B: 2,000 by default. */
  readonly draws?: number
  /** The same seed gives the same interval; 1 by default. */
  readonly seed?: number
  /** .95 by default. */
  readonly confidence?: number
}

/** A quantity to put an interval on: a chance-corrected coefficient (-1 to 1), or a mean of shares (0 to 1). */
export interface Quantity {
  readonly statistic: Statistic
  readonly kind: 'coefficient' | 'share'
}

/** Fewer items give no interval, fewer than the second a rough one. Measured coverage: docs/methods/agreement.md. */
const NONE_BELOW = 10
const ROUGH_BELOW = 20

/** If more of the draws than this hold no variation, what is left says too little. */
const MOST_WITHOUT_VARIATION = 0.1

/**
 * If more of the draws of a coefficient than this hold no disagreement, only one or two items hold any, and the lower end comes out
 * too high: it lay above the truth in 15 to 60 of 100 simulated data sets.
 */
const MOST_PERFECT = 0.1

/**
 * Intervals of quantities from one cluster bootstrap over items, the same draws for all. From 20 items up BCa. From 10 to 19
 * rough: bootstrap-t on -ln(1 - x) for coefficients, BCa for shares. Below 10 none. Where all but one or two items agree, that of a
 * coefficient is rough from 20 items up, and there is none below. They speak of these raters, not of all raters there could be.
 *
 * @param contributions items grouped by what they add to the sums
 * @returns for each named quantity its interval, or the reason why there is none
 */
export function bootstrapIntervals<Name extends string>(
  contributions: Contributions,
  quantities: Readonly<Record<Name, Quantity>>,
  { draws = 2000, seed = 1, confidence = 0.95 }: BootstrapOptions = {},
): Record<Name, Interval | NotEstimable> {
  const items = itemCount(contributions)
  const named = Object.entries<Quantity>(quantities)
  const under = (intervals: readonly (Interval | NotEstimable)[]) =>
    Object.fromEntries(named.map(([name], q) => [name, intervals[q]])) as Record<Name, Interval | NotEstimable>
  if (items < NONE_BELOW) {
    const few = `an interval needs at least ${NONE_BELOW} items with two or more ratings; there are ${items}`
    return under(named.map(() => notEstimable(few)))
  }
  const settings = { draws, seed, confidence, rough: items < ROUGH_BELOW }
  const statistics = named.map(([, quantity]) => quantity.statistic)
  const values = drawValues(contributions, statistics, draws, seededRandom(seed))
  return under(
    named.map(([, quantity], q) => oneInterval(contributions, quantity, values[q] as Float64Array, settings)),
  )
}

interface Settings {
  readonly draws: number
  readonly seed: number
  readonly confidence: number
  readonly rough: boolean
}

function oneInterval(
  contributions: Contributions,
  { statistic, kind }: Quantity,
  values: Float64Array,
  { draws, seed, confidence, rough }: Settings,
): Interval | NotEstimable {
  const items = itemCount(contributions)
  const sums = sumsOf(contributions)
  const estimate = statistic(sums, items)
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const dropped = draws - sorted.length
  const perfect = kind === 'coefficient' ? sorted.reduce((sum, value) => sum + (isOne(value) ? 1 : 0), 0) : 0
  const fewDiffer = perfect > MOST_PERFECT * draws
  const found = (ends: readonly [low: number, high: number], method: Interval['method'], left: number): Interval => {
    return { estimable: true, low: ends[0], high: ends[1], method, rough: rough || fewDiffer, draws, dropped: left }
  }
  if (Number.isNaN(estimate) || dropped > MOST_WITHOUT_VARIATION * draws)
    return notEstimable(`too few items differ: ${dropped} of ${draws} bootstrap draws hold no variation`)
  if (doNotVary(sorted)) {
    if (kind === 'share' && isEnd(estimate)) return found(exactBound(estimate, items, confidence), 'exact', 0)
    return notEstimable(
      kind === 'coefficient' && isEnd(estimate)
        ? 'no disagreement was seen, so resampling cannot say how much there may be'
        : 'every item looks the same, so resampling cannot say how much they vary',
    )
  }
  if (kind === 'coefficient' && rough) {
    if (fewDiffer)
      return notEstimable(
        `too few items hold a disagreement: ${perfect} of ${draws} bootstrap draws hold none, so how much there may be is unknown`,
      )
    const deviations = drawDeviations(contributions, statistic, estimate, draws, seededRandom(seed))
    const usable = deviations.filter((deviation) => !Number.isNaN(deviation)).sort()
    const error = jackknifeError(contributions, contributions.sizes, sums, items, statistic)
    return found(bootstrapTInterval(estimate, error, usable, confidence), 'bootstrap-t', draws - usable.length)
  }
  const leftOut = leaveOneOut(contributions, contributions.sizes, sums, items, statistic)
  const moments = jackknifeMoments(leftOut, contributions.sizes)
  return found(bcaInterval(estimate, sorted, moments, confidence), 'bca', dropped)
}

function doNotVary(sorted: Float64Array): boolean {
  return (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) < 1e-12
}

function isEnd(estimate: number): boolean {
  return estimate < 1e-12 || isOne(estimate)
}

function isOne(value: number): boolean {
  return value > 1 - 1e-12
}
