import { analyticInterval, notEstimable } from '../estimate.ts'
import { studentQuantile, studentTwoSided } from '../inference/student.ts'
import { type ChanceCorrected, type Corrected, ROUGH_BELOW_ITEMS } from './chance-corrected.ts'
import { congerWithout } from './conger.ts'
import { brennanPrediger, fleissKappa, gwetAc, percentWeighted } from './gwet.ts'
import { krippendorffWeighted } from './krippendorff-weighted.ts'
import { type Patterns, patternsOf } from './patterns.ts'
import { patternsWithout } from './patterns-without.ts'
import { raterPatterns } from './rater-patterns.ts'
import type { Ratings } from './ratings.ts'
import type { Weights } from './weights.ts'

/** Coefficients of Gwet's family. */
export const FAMILY = ['ac', 'brennanPrediger', 'fleiss', 'conger', 'krippendorff', 'percent'] as const
export type FamilyMember = (typeof FAMILY)[number]

/** With fewer raters the interval is wider than it need be: docs/methods/agreement.md. */
const ROUGH_BELOW_RATERS = 8

/** A coefficient whose error takes the raters, too, for a sample of those there could be. */
export interface RatersRandom extends ChanceCorrected {
  /** Variances over items and over raters; the standard error is the root of their sum. */
  readonly itemVariance: number
  readonly raterVariance: number
}

const OF_PATTERNS: Record<Exclude<FamilyMember, 'conger'>, (patterns: Patterns, weights: Weights) => Corrected> = {
  ac: gwetAc,
  brennanPrediger,
  fleiss: fleissKappa,
  krippendorff: krippendorffWeighted,
  percent: percentWeighted,
}

/**
 * Adds the variance of raters to a coefficient's variance over items: the jackknife over raters,
 * (m - 1)/m sum (coef_(g) - mean)^2 (Gwet 2014, chapter 5.5). The t interval has Satterthwaite's (1946) degrees of freedom of the
 * sum, m - 1 for the raters' part, since a handful of raters says little about all raters.
 */
export function withRatersRandom(
  ratings: Ratings,
  weights: Weights,
  member: FamilyMember,
  fixed: Corrected,
): Corrected | RatersRandom {
  if (!fixed.estimable) return fixed
  const without = leftOut(ratings, weights, member)
  const raters = without.length
  const unknown = (reason: string): Corrected => ({ ...fixed, interval: notEstimable(reason) })
  if (raters < 3) return unknown('raters can be taken for a sample only where there are three or more')
  if (without.some((value) => value === null))
    return unknown('without one of the raters the coefficient does not exist, so their spread is unknown')
  const values = without as number[]
  const mean = values.reduce((sum, value) => sum + value, 0) / raters
  const raterVariance = ((raters - 1) / raters) * values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const itemVariance = fixed.standardError ** 2
  const standardError = Math.sqrt(itemVariance + raterVariance)
  if (standardError < 1e-12) return { ...fixed, itemVariance, raterVariance }
  const df =
    (itemVariance + raterVariance) ** 2 /
    (itemVariance ** 2 / Math.max(1, fixed.items - 1) + raterVariance ** 2 / (raters - 1))
  const reach = studentQuantile(0.975, df) * standardError
  return {
    ...fixed,
    standardError,
    itemVariance,
    raterVariance,
    p: studentTwoSided(fixed.estimate / standardError, df),
    interval: analyticInterval(
      fixed.estimate - reach,
      Math.min(1, fixed.estimate + reach),
      'student-t',
      raters < ROUGH_BELOW_RATERS || fixed.items < ROUGH_BELOW_ITEMS,
    ),
  }
}

/** The coefficient without each rater who gave a score; null where it does not exist. */
function leftOut(ratings: Ratings, weights: Weights, member: FamilyMember): (number | null)[] {
  const patterned = patternsOf(ratings)
  const { patterns } = patterned
  const given = raterPatterns(ratings, patterned)
  const conger = member === 'conger' ? congerWithout(ratings, weights) : null
  return given.flatMap((own, rater) => {
    if (own.length === 0) return []
    const rest = patternsWithout(patterns, own)
    const found = conger ? conger(rest, rater) : OF_PATTERNS[member as Exclude<FamilyMember, 'conger'>](rest, weights)
    return [found.estimable ? found.estimate : null]
  })
}
