import { type AnchorRatings, entriesOf } from '../anchors/anchor-ratings.ts'
import type { AnchorModel, Expectation, Learned } from './expectation.ts'

/**
 * The scale of one dimension in the many-facet partial credit model (Linacre 1989; Masters 1982): log P(level k) = k (quality -
 * severity) - offsets[k] + constant, in logits. Offsets are cumulative thresholds; Infinity for a level that cannot occur.
 */
export interface PartialCreditScale {
  readonly lowestLevel: number
  readonly offsets: readonly number[]
  /** Items before anything is known of them: N(mean, sd^2). */
  readonly qualityMean: number
  readonly qualitySd: number
  /** How many items their mean was learned from; Infinity where it is known. */
  readonly qualityItems: number
  /** Frozen severity of each rater (positive = severe) and its standard error. A rater not in the baseline: 0 and the pool's SD. */
  readonly severity: ArrayLike<number>
  readonly severityError: ArrayLike<number>
}

const POINTS = 81
/** Anchors whose ratings say less than this leave their mean as good as unknown. */
const LEAST_PULL = 0.05
/** Reach of the grid in standard deviations of the items. */
const REACH = 5

/**
 * Expectations from the posterior of each anchor's quality, given its ratings in the baseline (period 0) and severities frozen
 * beforehand, on a grid of 81 points.
 */
export function partialCreditModel(anchors: AnchorRatings, scale: PartialCreditScale): AnchorModel {
  const grid = Float64Array.from({ length: POINTS }, (_, g) => {
    return scale.qualityMean + scale.qualitySd * REACH * ((2 * g) / (POINTS - 1) - 1)
  })
  const moments = Array.from({ length: anchors.raterCount }, (_, rater) =>
    Array.from(grid, (quality) => levelMoments(quality - (scale.severity[rater] as number), scale)),
  )
  const posteriors = posteriorsOf(anchors, scale, grid, moments)
  const learned = learnedBy(anchors, posteriors, grid, scale.qualitySd)
  const known = new Map<number, Expectation>()
  return {
    expect(item, rater) {
      const key = item * anchors.raterCount + rater
      const before = known.get(key)
      if (before !== undefined) return before
      const expectation = expectationOf(posteriors[item] as Float64Array, moments[rater] as Moments[])
      known.set(key, expectation)
      return expectation
    },
    severityError: (rater) => scale.severityError[rater] as number,
    severityCovariance: (one, other) => (one === other ? (scale.severityError[one] as number) ** 2 : 0),
    learnedFrom: (item) => learned[item] as readonly Learned[],
    noiseDegrees: Number.isFinite(scale.qualityItems) ? degreesOf(learned) : Number.POSITIVE_INFINITY,
    // an item's own estimate varies by sd^2 / pull about the mean: sd^2 of items, the rest of error
    centreError: scale.qualitySd / Math.sqrt(Math.max(LEAST_PULL, meanPull(learned)) * scale.qualityItems),
    centreWeight: (item) => 1 - pullOf(learned[item] ?? []),
  }
}

function expectationOf(weights: Float64Array, moments: readonly Moments[]): Expectation {
  let mean = 0
  let square = 0
  let noise = 0
  weights.forEach((weight, g) => {
    const { expected, variance } = moments[g] as Moments
    mean += weight * expected
    square += weight * expected * expected
    noise += weight * variance
  })
  // in this model the slope of the expected score is the variance of the score
  return { mean, noise, itemVariance: Math.max(0, square - mean * mean), slope: noise }
}

/** Each baseline rater's share in an anchor's posterior: what the data narrowed of the prior, in equal parts. */
function learnedBy(
  anchors: AnchorRatings,
  posteriors: readonly Float64Array[],
  grid: Float64Array,
  qualitySd: number,
): Learned[][] {
  const raters = Array.from({ length: anchors.itemCount }, () => [] as number[])
  for (const entry of entriesOf(anchors, 0)) raters[anchors.item[entry] as number]?.push(anchors.rater[entry] as number)
  return raters.map((some, item) => {
    const weights = posteriors[item] as Float64Array
    const mean = weights.reduce((sum, weight, g) => sum + weight * (grid[g] as number), 0)
    const variance = weights.reduce((sum, weight, g) => sum + weight * ((grid[g] as number) - mean) ** 2, 0)
    const pull = Math.max(0, 1 - variance / qualitySd ** 2)
    return some.map((rater) => ({ rater, weight: pull / some.length }))
  })
}

/** How much of an anchor's level its own ratings decide. */
const pullOf = (learned: readonly Learned[]): number => learned.reduce((sum, { weight }) => sum + weight, 0)

/** Ratings of the baseline beyond the first of each anchor. */
const degreesOf = (learned: readonly (readonly Learned[])[]): number =>
  learned.reduce((sum, some) => sum + Math.max(0, some.length - 1), 0)

function meanPull(learned: readonly (readonly Learned[])[]): number {
  const rated = learned.filter((some) => some.length > 0)
  return rated.length === 0 ? 1 : rated.reduce((sum, some) => sum + pullOf(some), 0) / rated.length
}

interface Moments {
  readonly expected: number
  readonly variance: number
  readonly chances: readonly number[]
}

function levelMoments(eta: number, { offsets, lowestLevel }: PartialCreditScale): Moments {
  const logs = offsets.map((offset, k) => k * eta - offset)
  const top = Math.max(...logs)
  const terms = logs.map((log) => Math.exp(log - top))
  const total = terms.reduce((sum, term) => sum + term, 0)
  const chances = terms.map((term) => term / total)
  const expected = chances.reduce((sum, chance, k) => sum + chance * (lowestLevel + k), 0)
  const variance = chances.reduce((sum, chance, k) => sum + chance * (lowestLevel + k - expected) ** 2, 0)
  return { expected, variance, chances }
}

/** Weights of the grid for each anchor; the prior's for one that the baseline did not rate. */
function posteriorsOf(
  anchors: AnchorRatings,
  scale: PartialCreditScale,
  grid: Float64Array,
  moments: readonly (readonly Moments[])[],
): Float64Array[] {
  const logs = Array.from({ length: anchors.itemCount }, () =>
    grid.map((quality) => -0.5 * ((quality - scale.qualityMean) / scale.qualitySd) ** 2),
  )
  for (const entry of entriesOf(anchors, 0)) {
    const log = logs[anchors.item[entry] as number] as Float64Array
    const level = (anchors.score[entry] as number) - scale.lowestLevel
    const byPoint = moments[anchors.rater[entry] as number] as readonly Moments[]
    byPoint.forEach(({ chances }, g) => {
      log[g] = (log[g] as number) + Math.log(chances[level] as number)
    })
  }
  return logs.map((log) => {
    const top = log.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
    const weights = log.map((value) => Math.exp(value - top))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return weights.map((weight) => weight / total)
  })
}
