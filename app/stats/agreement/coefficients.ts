import { type Estimate, type Estimated, notEstimable } from '../estimate.ts'
import { type AgreementOptions, agreementOf } from './agreement.ts'
import { cohenKappa } from './cohen.ts'
import { completeBlock, distinct } from './complete-block.ts'
import { type FamilyOptions, gwetFamily } from './family.ts'
import { iccForms } from './icc.ts'
import { iccFromComponents } from './icc-components.ts'
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

export interface CoefficientOptions extends AgreementOptions, FamilyOptions {}

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
  return {
    alpha,
    percentExact,
    percentAdjacent,
    cohenKappa: ofTwoRaters(ratings, options.weights ?? 'identity'),
    ...gwetFamily(ratings, patterns, options),
    ...ofDesign(ratings),
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

/** Intraclass correlations and W: of a block by the analysis of variance, of a design with holes from variance components. */
function ofDesign(ratings: Ratings): Record<CompleteDesignName, Estimated> {
  const block = completeBlock(ratings)
  if (!block.estimable) {
    // which raters a mean is over differs from item to item, and W compares whole columns
    const each = { icc1k: block, icc2k: block, icc3k: block, kendallW: block }
    const rated = distinct(ratings.item, ratings.itemCount) > 1 && distinct(ratings.rater, ratings.raterCount) > 1
    return rated ? { ...iccFromComponents(ratings), ...each } : { icc1: block, icc2: block, icc3: block, ...each }
  }
  const forms = iccForms(block)
  const w = kendallW(block)
  const kendall: Estimate | typeof w = w.estimable
    ? {
        ...w,
        items: block.items,
        interval: notEstimable('there is no interval for W'),
        test: { statistic: 'chi-square', value: w.chiSquare, df: [w.df], p: w.p },
      }
    : w
  if (!forms.estimable)
    return { icc1: forms, icc2: forms, icc3: forms, icc1k: forms, icc2k: forms, icc3k: forms, kendallW: kendall }
  const { icc1, icc2, icc3, icc1k, icc2k, icc3k } = forms
  return { icc1, icc2, icc3, icc1k, icc2k, icc3k, kendallW: kendall }
}
