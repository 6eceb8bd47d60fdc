import { alphasOf } from '#app/stats/agreement/agreement.ts'
import { alphaCeiling } from '#app/stats/agreement/ceiling.ts'
import { type CoefficientName, coefficientsOf } from '#app/stats/agreement/coefficients.ts'
import { type FamilyName, gwetFamily } from '#app/stats/agreement/family.ts'
import { patternsOf } from '#app/stats/agreement/patterns.ts'
import type { Ratings } from '#app/stats/agreement/ratings.ts'
import type { Estimated } from '#app/stats/estimate.ts'

/** Every coefficient of one dimension, or why it does not exist. */
export type DimensionCoefficients = {
  coefficients: Readonly<Record<CoefficientName, Estimated>>
  /** Alpha with every difference counted alike, and with levels as numbers. */
  nominalAlpha: Estimated
  intervalAlpha: Estimated
  /** With the raters as a sample of all there could be. */
  ratersRandom: Readonly<Record<FamilyName, Estimated>>
  /** The highest alpha that this use of the levels allows; null: not known, or pairs of raters share too few items to tell. */
  ceiling: number | null
}

const LEAST_SHARED = 20

export function dimensionCoefficients(ratings: Ratings): DimensionCoefficients {
  const { patterns } = patternsOf(ratings)
  const ceiling = alphaCeiling(ratings)
  const { nominal, interval } = alphasOf(patterns, ['nominal', 'interval'])
  return {
    coefficients: coefficientsOf(ratings),
    nominalAlpha: nominal,
    intervalAlpha: interval,
    ratersRandom: gwetFamily(ratings, patterns, { ratersRandom: true }),
    ceiling: ceiling.estimable && ceiling.shared >= LEAST_SHARED ? ceiling.estimate : null,
  }
}
