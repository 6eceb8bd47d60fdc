import { type Estimate, type Estimated, notEstimable } from '../estimate.ts'
import { type AgreementOptions, agreementOf } from './agreement.ts'
import { cohenKappa } from './cohen.ts'
import { completeBlock, distinct } from './complete-block.ts'
import { congerKappa } from './conger.ts'
import { brennanPrediger, fleissKappa, gwetAc } from './gwet.ts'
import { iccForms } from './icc.ts'
import { kendallW } from './kendall-w.ts'
import { pairTables } from './pair-tables.ts'
import { patternsOf } from './patterns.ts'
import type { Ratings } from './ratings.ts'
import { type WeightsName, weightsOf } from './weights.ts'

/** Names of all coefficients, in the order in which they are shown. */
export const COEFFICIENTS = [
  'alpha',
  'percentExact',
  'percentAdjacent',
  'ac1',
  'ac2',
  'cohenKappa',
  'fleissKappa',
  'congerKappa',
  'brennanPrediger',
  'icc1',
  'icc2',
  'icc3',
  'icc1k',
  'icc2k',
  'icc3k',
  'kendallW',
] as const

export type CoefficientName = (typeof COEFFICIENTS)[number]

export interface CoefficientOptions extends AgreementOptions {
  /** For AC2, the kappas and Brennan-Prediger; by default quadratic for AC2 and identity for the others. */
  readonly weights?: WeightsName
}

/**
 * Every coefficient of agreement of one dimension, each with its interval, or the reason why it does not exist for this design.
 * One pass over the ratings for the patterns and one for each measure that needs to know who rated.
 *
 * @throws RangeError for ratio weights with negative levels
 */
export function coefficientsOf(
  ratings: Ratings,
  options: CoefficientOptions = {},
): Readonly<Record<CoefficientName, Estimated>> {
  const { patterns } = patternsOf(ratings)
  const { alpha, percentExact, percentAdjacent } = agreementOf(patterns, options)
  const identity = weightsOf('identity', ratings.levels)
  const plain = weightsOf(options.weights ?? 'identity', ratings.levels)
  return {
    alpha,
    percentExact,
    percentAdjacent,
    ac1: gwetAc(patterns, identity),
    ac2: gwetAc(patterns, weightsOf(options.weights ?? 'quadratic', ratings.levels)),
    cohenKappa: ofTwoRaters(ratings, options.weights ?? 'identity'),
    fleissKappa: fleissKappa(patterns, plain),
    congerKappa: congerKappa(ratings, plain),
    brennanPrediger: brennanPrediger(patterns, plain),
    ...ofCompleteDesign(ratings),
  }
}

function ofTwoRaters(ratings: Ratings, weights: WeightsName): Estimated {
  const raters = distinct(ratings.rater, ratings.raterCount)
  if (raters !== 2) return notEstimable(`needs exactly two raters; there are ${raters}`)
  const [table] = pairTables(ratings)
  if (table === undefined) return notEstimable('the two raters have no item in common')
  return cohenKappa(table, weightsOf(weights, ratings.levels))
}

type CompleteDesignName = 'icc1' | 'icc2' | 'icc3' | 'icc1k' | 'icc2k' | 'icc3k' | 'kendallW'

function ofCompleteDesign(ratings: Ratings): Record<CompleteDesignName, Estimated> {
  const block = completeBlock(ratings)
  if (!block.estimable) return { ...iccAll(block), kendallW: block }
  const forms = iccForms(block)
  const w = kendallW(block)
  const kendall: Estimate | typeof w = w.estimable
    ? { ...w, items: block.items, interval: notEstimable('there is no interval for W') }
    : w
  if (!forms.estimable) return { ...iccAll(forms), kendallW: kendall }
  const { icc1, icc2, icc3, icc1k, icc2k, icc3k } = forms
  return { icc1, icc2, icc3, icc1k, icc2k, icc3k, kendallW: kendall }
}

function iccAll(reason: ReturnType<typeof notEstimable>): Record<Exclude<CompleteDesignName, 'kendallW'>, Estimated> {
  return { icc1: reason, icc2: reason, icc3: reason, icc1k: reason, icc2k: reason, icc3k: reason }
}
