import { type Estimated, type Interval, type NotEstimable, notEstimable } from '../estimate.ts'
import { normalQuantile } from '../inference/normal.ts'
import { crossedFit } from './crossed.ts'
import { designOf, type Measurements, PARTS, type Part } from './design.ts'
import { type ComponentCovariance, componentCovariance } from './information.ts'

/** How much of the variance of single scores about their dimension's mean a part accounts for. */
export interface VarianceShare {
  readonly part: Part | 'residual'
  readonly share: number
  readonly interval: Interval | NotEstimable
}

export interface VarianceShares {
  readonly estimable: true
  /** They add up to 1. */
  readonly shares: readonly VarianceShare[]
  readonly scores: number
}

/** An effect of each rater, and of each on each dimension: with more of them the fit takes too long to be waited for. */
const MOST_EFFECTS = 150
const MOST_SCORES = 30_000

/**
 * Shares of the variance by the crossed mixed model with all its parts (a generalizability study: Cronbach et al. 1972; Brennan
 * 2001), with 95 % intervals by the delta method on the logit of a share, from the restricted likelihood's information. With one
 * dimension, the parts that need several are left out.
 */
export function varianceShares(measurements: Measurements): Estimated<VarianceShares> {
  const design = designOf(measurements)
  const effects = design.raters * (1 + (design.dimensions > 1 ? design.dimensions : 0))
  if (effects > MOST_EFFECTS || measurements.value.length > MOST_SCORES)
    return notEstimable(
      `it is worked out for up to ${MOST_EFFECTS} effects of raters and dimensions and ${MOST_SCORES.toLocaleString('en')} scores; here are ${effects} and ${measurements.value.length.toLocaleString('en')}. Narrow the filters`,
    )
  const parts: readonly Part[] = design.dimensions > 1 ? PARTS : ['case', 'rater']
  const { model, likelihood } = crossedFit(design, parts)
  if (!model.estimable) return model
  const known = likelihood === null ? null : componentCovariance(likelihood, model)
  const named = [...parts, 'residual' as const]
  const total = named.reduce((sum, part) => sum + model.variances[part], 0)
  return {
    estimable: true,
    scores: model.scores,
    shares: named.map((part) => {
      const share = model.variances[part] / total
      return { part, share, interval: intervalOf(part, share, total, known) }
    }),
  }
}

function intervalOf(
  part: Part | 'residual',
  share: number,
  total: number,
  known: Estimated<ComponentCovariance> | null,
): Interval | NotEstimable {
  if (known === null) return notEstimable('the likelihood says nothing about the error')
  if (!known.estimable) return known
  const place = known.parts.indexOf(part)
  if (place < 0) return notEstimable('it is at 0')
  const n = known.parts.length
  // share = v / total: its slope is (1 - share) / total for its own variance and -share / total for each other
  const slope = (j: number) => ((j === place ? 1 : 0) - share) / total
  let variance = 0
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) variance += slope(a) * slope(b) * (known.covariance[a * n + b] as number)
  const reach = (normalQuantile(0.975) * Math.sqrt(Math.max(0, variance))) / (share * (1 - share))
  const centre = Math.log(share / (1 - share))
  if (!Number.isFinite(reach) || !Number.isFinite(centre)) return notEstimable('all of the variance is of one kind')
  const back = (logit: number) => 1 / (1 + Math.exp(-logit))
  return {
    estimable: true,
    low: back(centre - reach),
    high: back(centre + reach),
    method: 'normal',
    rough: true,
    draws: 0,
    dropped: 0,
  }
}
