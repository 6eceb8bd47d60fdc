import { type AnchorRatings, entriesOf } from '../anchors/anchor-ratings.ts'
import { dispersionOf } from './dispersion.ts'
import type { AnchorModel } from './expectation.ts'

/** Mean severity-adjusted residual of the anchors in each period after the baseline, with the two sorts of error it has. */
export interface ResidualSeries {
  /** Periods with anchor ratings, in order, and how many ratings each has. */
  readonly periods: readonly number[]
  readonly ratings: readonly number[]
  /** Score points: positive = the panel gives more than the baseline leads one to expect. */
  readonly means: Float64Array
  /** Variance that is a period's own. */
  readonly errorVariance: Float64Array
  /** Variance that all periods share: the baseline's error, which no number of later ratings takes away. */
  readonly baselineVariance: number
}

/** A period's mean as a sum of errors: of single ratings, of anchors, of raters and of the anchors' mean. */
interface Loadings {
  readonly noise: number
  readonly items: Map<number, number>
  readonly raters: Map<number, number>
  /** Covariance of what raters' severities add here with the severity of each rater in the series. */
  readonly covariances: Map<number, number>
  /** Of the mean that all anchors are drawn towards. */
  readonly centre: number
}

/**
 * Mean of y - E(y | baseline, rater) per period. Errors of an anchor or a rater that come back in several periods are the
 * baseline's; those that do not are the period's own: the shared variance is the mean covariance between periods.
 *
 * @param dispersion by which both sorts of error are widened: that of these ratings, unless they are some rater's alone
 */
export function residualSeries(
  anchors: AnchorRatings,
  model: AnchorModel,
  dispersion = dispersionOf(anchors, model),
): ResidualSeries {
  const periods = Array.from({ length: anchors.periodCount }, (_, p) => p).filter(
    (p) => p > 0 && anchors.period.includes(p),
  )
  const entries = periods.map((period) => entriesOf(anchors, period))
  const loadings = spreadOver(
    entries.map((some) => loadingsOf(anchors, model, some)),
    model,
  )
  const baselineVariance = sharedVariance(loadings)
  return {
    periods,
    ratings: entries.map((some) => some.length),
    means: Float64Array.from(entries, (some) => meanResidual(anchors, model, some)),
    errorVariance: Float64Array.from(
      loadings,
      (one) => dispersion * (one.noise + Math.max(0, apart(one, loadings, baselineVariance))),
    ),
    baselineVariance: dispersion * baselineVariance,
  }
}

function meanResidual({ item, rater, score }: AnchorRatings, model: AnchorModel, entries: readonly number[]): number {
  const sum = entries.reduce((total, entry) => {
    return total + (score[entry] as number) - model.expect(item[entry] as number, rater[entry] as number).mean
  }, 0)
  return sum / entries.length
}

function loadingsOf(
  { item, rater }: AnchorRatings,
  model: AnchorModel,
  entries: readonly number[],
): Omit<Loadings, 'covariances'> {
  const n = entries.length
  const items = new Map<number, number>()
  const raters = new Map<number, number>()
  const add = (to: Map<number, number>, key: number, value: number) => to.set(key, (to.get(key) ?? 0) + value / n)
  let [noise, centre] = [0, 0]
  for (const entry of entries) {
    const [i, j] = [item[entry] as number, rater[entry] as number]
    const expectation = model.expect(i, j)
    noise += expectation.noise / n ** 2
    add(items, i, Math.sqrt(expectation.itemVariance))
    centre += (expectation.slope * model.centreWeight(i) * model.centreError) / n
    add(raters, j, expectation.slope)
    for (const { rater: other, weight } of model.learnedFrom(i)) add(raters, other, -expectation.slope * weight)
  }
  return { noise, items, raters, centre }
}

/** Once a period, since the pairs of periods are many. */
function spreadOver(loadings: readonly Omit<Loadings, 'covariances'>[], model: AnchorModel): Loadings[] {
  const all = [...new Set(loadings.flatMap(({ raters }) => [...raters.keys()]))]
  return loadings.map((one) => {
    const covariances = new Map<number, number>()
    for (const rater of all) {
      let sum = 0
      for (const [other, value] of one.raters) sum += value * model.severityCovariance(rater, other)
      covariances.set(rater, sum)
    }
    return { ...one, covariances }
  })
}

/** Covariance of two periods' means through the anchors, raters and centre that both have. */
function covariance(a: Loadings, b: Loadings): number {
  const shared = (here: Map<number, number>, there: Map<number, number>) => {
    let sum = 0
    for (const [key, value] of here) sum += value * (there.get(key) ?? 0)
    return sum
  }
  return shared(a.items, b.items) + shared(a.raters, b.covariances) + a.centre * b.centre
}

/**
 * Variance of what a period's mean has of the baseline's error beyond what the others have too: of its distance from the part that
 * all share. A period whose raters and anchors have little to do with those of the others is far from it.
 */
function apart(one: Loadings, all: readonly Loadings[], shared: number): number {
  const others = all.filter((other) => other !== one)
  if (others.length === 0) return 0
  const common = others.reduce((sum, other) => sum + covariance(one, other), 0) / others.length
  return covariance(one, one) - 2 * common + shared
}

/** Mean over pairs of periods; with a single period all of its baseline error, as if its anchors and raters came back. */
function sharedVariance(loadings: readonly Loadings[]): number {
  const [only] = loadings
  if (only === undefined) return 0
  if (loadings.length === 1) return covariance(only, only)
  let sum = 0
  for (const [index, a] of loadings.entries()) for (const b of loadings.slice(index + 1)) sum += covariance(a, b)
  // with few raters the periods can vary against each other: then they share no error
  return Math.max(0, sum / ((loadings.length * (loadings.length - 1)) / 2))
}
