import { type Estimate, type Estimated, type Interval, type NotEstimable, notEstimable } from '../estimate.ts'
import { studentQuantile } from '../inference/student.ts'
import { type CrossedModel, crossedFit } from '../variance-components/crossed.ts'
import { designOf } from '../variance-components/design.ts'
import { componentCovariance } from '../variance-components/information.ts'
import { widening } from './icc-spread.ts'
import type { Ratings } from './ratings.ts'

/** The single-rater intraclass correlations of a design with holes, from variance components. */
export interface IccComponents {
  readonly icc1: Estimated
  readonly icc2: Estimated
  readonly icc3: Estimated
}

/** With fewer raters than this the variance of raters, and with it the interval, is a guess. */
const ROUGH_BELOW_RATERS = 10
const ROUGH_BELOW_ITEMS = 20

/** An interval of this width leaves everything open. */
const SAYS_NOTHING = 0.99

/**
 * ICC(1,1), ICC(2,1) and ICC(3,1) where not every rater rated every item: item, rater and residual variances by restricted maximum
 * likelihood (Patterson & Thompson 1971; Searle, Casella & McCulloch 1992, chapter 6), put together as in McGraw & Wong (1996). (1,1)
 * leaves raters in the residual. Intervals by the delta method on the logit scale from the restricted likelihood's information, made
 * wider by what the spread of the items' own likelihoods shows beyond it (`widening`), with t quantiles for the number of items.
 */
export function iccFromComponents(ratings: Ratings): IccComponents {
  const design = designOf({
    caseCount: ratings.itemCount,
    raterCount: ratings.raterCount,
    dimensionCount: 1,
    item: ratings.item,
    rater: ratings.rater,
    dimension: new Uint8Array(ratings.item.length),
    value: ratings.level,
  })
  const oneWay = crossedFit(design, ['case'])
  const twoWay = crossedFit(design, ['case', 'rater'])
  const of = ({ model, likelihood }: typeof oneWay, error: readonly ('rater' | 'residual')[]): Estimated =>
    model.estimable && likelihood
      ? ratio(ratings, model, error, () => componentCovariance(likelihood, model))
      : failed(model)
  return { icc1: of(oneWay, ['residual']), icc2: of(twoWay, ['rater', 'residual']), icc3: of(twoWay, ['residual']) }
}

const failed = (model: Estimated<CrossedModel>): NotEstimable =>
  model.estimable ? notEstimable('the variance components do not exist') : model

function ratio(
  ratings: Ratings,
  model: CrossedModel,
  error: readonly ('rater' | 'residual')[],
  covariance: () => ReturnType<typeof componentCovariance>,
): Estimate {
  const { variances: v } = model
  const noise = error.reduce((sum, part) => sum + v[part], 0)
  const estimate = v.case / (v.case + noise)
  return {
    estimable: true,
    estimate,
    items: model.cases,
    interval: interval(ratings, model, error, estimate, noise, covariance),
  }
}

function interval(
  ratings: Ratings,
  model: CrossedModel,
  error: readonly ('rater' | 'residual')[],
  estimate: number,
  noise: number,
  covariance: () => ReturnType<typeof componentCovariance>,
): Interval | NotEstimable {
  const { variances: v, raters, cases } = model
  const negligible = 1e-6 * (v.case + noise)
  if (v.case < negligible)
    return notEstimable('items do not differ by more than chance, so the interval has no lower end')
  const known = covariance()
  if (!known.estimable) return known
  // logit of the ratio is ln(case) - ln(noise)
  const slope = (part: string): number => {
    if (part === 'case') return 1 / v.case
    return error.some((one) => one === part) ? -1 / noise : 0
  }
  let variance = 0
  known.parts.forEach((a, i) => {
    known.parts.forEach((b, j) => {
      variance += slope(a) * slope(b) * (known.covariance[i * known.parts.length + j] as number)
    })
  })
  if (!(variance > 0)) return notEstimable('the likelihood is flat, so it says nothing about the error')
  const centre = Math.log(estimate / (1 - estimate))
  variance += widening(ratings, model, v.residual, [1 / v.case, -1 / noise])
  const reach = studentQuantile(0.975, cases - 1) * Math.sqrt(variance)
  const back = (logit: number) => 1 / (1 + Math.exp(-logit))
  if (back(centre + reach) - back(centre - reach) > SAYS_NOTHING)
    return notEstimable('it would run from 0 to 1: the scores hardly tell items from chance')
  return {
    estimable: true,
    low: back(centre - reach),
    high: back(centre + reach),
    method: 'student-t',
    rough: raters < ROUGH_BELOW_RATERS || cases < ROUGH_BELOW_ITEMS,
    draws: 0,
    dropped: 0,
  }
}
