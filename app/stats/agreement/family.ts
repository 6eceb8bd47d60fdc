import type { Corrected } from './chance-corrected.ts'
import { congerKappa } from './conger.ts'
import { brennanPrediger, fleissKappa, gwetAc } from './gwet.ts'
import type { Patterns } from './patterns.ts'
import { type FamilyMember, withRatersRandom } from './raters-random.ts'
import type { Ratings } from './ratings.ts'
import { type Weights, type WeightsName, weightsOf } from './weights.ts'

export interface FamilyOptions {
  /** For AC2, the kappas and Brennan-Prediger; by default quadratic for AC2 and identity for the others. */
  readonly weights?: WeightsName
  /** Takes the raters of Gwet's family for a sample of all there could be, which makes its intervals wider. */
  readonly ratersRandom?: boolean
}

/** The coefficients of Gwet's family by the names under which they are reported. */
export const GWET_FAMILY = ['ac1', 'ac2', 'fleissKappa', 'congerKappa', 'brennanPrediger'] as const
export type FamilyName = (typeof GWET_FAMILY)[number]

/**
 * @param patterns of the ratings
 * @throws RangeError for ratio weights with negative levels
 */
export function gwetFamily(
  ratings: Ratings,
  patterns: Patterns,
  { weights, ratersRandom }: FamilyOptions = {},
): Record<FamilyName, Corrected> {
  const identity = weightsOf('identity', ratings.levels)
  const plain = weightsOf(weights ?? 'identity', ratings.levels)
  const weighted = weightsOf(weights ?? 'quadratic', ratings.levels)
  const member = (of: FamilyMember, by: Weights, fixed: Corrected) =>
    ratersRandom ? withRatersRandom(ratings, by, of, fixed) : fixed
  return {
    ac1: member('ac', identity, gwetAc(patterns, identity)),
    ac2: member('ac', weighted, gwetAc(patterns, weighted)),
    fleissKappa: member('fleiss', plain, fleissKappa(patterns, plain)),
    congerKappa: member('conger', plain, congerKappa(ratings, plain)),
    brennanPrediger: member('brennanPrediger', plain, brennanPrediger(patterns, plain)),
  }
}
