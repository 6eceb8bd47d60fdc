import { type Estimated, notEstimable } from '../estimate.ts'
import { type Corrected, withStandardError } from './chance-corrected.ts'
import { agreementValue, whyNoCoefficient } from './gwet.ts'
import { type Patterns, patternsOf } from './patterns.ts'
import type { Ratings } from './ratings.ts'
import { unitsOf, weightedRow } from './units.ts'
import type { Weights } from './weights.ts'

/**
 * Conger's kappa (1980) for several identified raters, weighted and with missing ratings (Gwet 2014, chapter 5): chance
 * agreement is the mean over pairs of raters of what their own level shares would give. Cohen's kappa for two raters.
 */
export function congerKappa(ratings: Ratings, weights: Weights): Corrected {
  const { patterns, patternOf } = patternsOf(ratings)
  const units = unitsOf(patterns, weights)
  const reason = whyNoCoefficient(units)
  if (reason !== null) return reason
  const profiles = raterProfiles(ratings)
  const present = profiles.filter((profile) => profile.ratings > 0)
  const pairs = present.length * (present.length - 1)
  const summed = profiles[0]?.shares.map((_share, k) =>
    present.reduce((sum, one) => sum + (one.shares[k] as number), 0),
  )
  if (summed === undefined || pairs === 0) return notEstimable('needs two or more raters')

  // sum over pairs g <> h of w_kl p_gk p_hl = sum_g p_gk (w (P - p_g))_k with P the sum of all raters' shares
  let expected = 0
  const chance = profiles.map(({ ratings: count, shares }) => {
    const others = weightedRow(
      weights,
      summed.map((share, k) => share - (shares[k] as number)),
    )
    const mean = shares.reduce((sum, share, k) => sum + share * (others[k] as number), 0)
    if (count > 0) expected += mean / pairs
    return others.map((value) => ((2 * units.items) / (pairs * count)) * (value - mean))
  })
  if (expected > 1 - 1e-12) return notEstimable('no variation: each rater gives every item the same level')

  const estimate = (units.observed - expected) / (1 - expected)
  const perPattern = units.patterns.map((unit) => agreementValue(units, unit, expected))
  const values = new Float64Array(patternOf.length)
  for (let i = 0; i < values.length; i++) values[i] = perPattern[patternOf[i] as number] ?? Number.NaN
  const { item, rater, level } = ratings
  for (let i = 0; i < item.length; i++) {
    const part = (chance[rater[i] as number] as Float64Array)[level[i] as number] as number
    values[item[i] as number] = (values[item[i] as number] as number) - ((1 - estimate) * part) / (1 - expected)
  }
  let squares = 0
  for (const value of values) if (!Number.isNaN(value)) squares += (value - estimate) ** 2
  const standardError = Math.sqrt(squares / (units.items * (units.items - 1)))
  return withStandardError(estimate, units.observed, expected, standardError, units.items)
}

/** Conger's kappa without a rater, for each rater that is asked for: `rest` are the patterns without that rater's scores. */
export function congerWithout(
  ratings: Ratings,
  weights: Weights,
): (rest: Patterns, rater: number) => Estimated<{ readonly estimable: true; readonly estimate: number }> {
  const profiles = raterProfiles(ratings)
  return (rest, without) => {
    const units = unitsOf(rest, weights)
    const reason = whyNoCoefficient(units)
    if (reason !== null) return reason
    const present = profiles.filter((profile, rater) => rater !== without && profile.ratings > 0)
    if (present.length < 2) return notEstimable('needs two or more raters')
    const summed = new Float64Array(ratings.levels.length)
    for (const { shares } of present)
      shares.forEach((share, k) => {
        summed[k] = (summed[k] as number) + share
      })
    const pairs = present.length * (present.length - 1)
    let expected = 0
    for (const { shares } of present) {
      const others = weightedRow(
        weights,
        summed.map((share, k) => share - (shares[k] as number)),
      )
      expected += shares.reduce((sum, share, k) => sum + share * (others[k] as number), 0) / pairs
    }
    if (expected > 1 - 1e-12) return notEstimable('no variation: each rater gives every item the same level')
    return { estimable: true, estimate: (units.observed - expected) / (1 - expected) }
  }
}

/** How many ratings each rater gave, and the share of each level among them (zeros for a rater without any). */
function raterProfiles(ratings: Ratings): { readonly ratings: number; readonly shares: Float64Array }[] {
  const width = ratings.levels.length
  const counts = new Uint32Array(ratings.raterCount * width)
  for (let i = 0; i < ratings.rater.length; i++) {
    const cell = (ratings.rater[i] as number) * width + (ratings.level[i] as number)
    counts[cell] = (counts[cell] as number) + 1
  }
  return Array.from({ length: ratings.raterCount }, (_, rater) => {
    const own = counts.subarray(rater * width, (rater + 1) * width)
    const given = own.reduce((sum, count) => sum + count, 0)
    return { ratings: given, shares: Float64Array.from(own, (count) => (given === 0 ? 0 : count / given)) }
  })
}
