import { analyticInterval, type Estimate, type Estimated, type Interval, notEstimable } from '../../estimate.ts'
import { exactBound } from '../../inference/exact-bound.ts'
import { studentQuantile } from '../../inference/student.ts'

/** A mean over scores whose items are independent but whose scores within an item are not. */
export interface ClusteredMean extends Estimate {
  readonly se: number | null
  readonly scores: number
}

const CONFIDENCE = 0.95

/**
 * Mean of values with a standard error by cluster (linearisation of the ratio of sums, m/(m - 1) for m clusters) and Student's t
 * with m - 1 degrees of freedom.
 *
 * @param items cluster of each value
 */
export function clusteredMean(values: ArrayLike<number>, items: ArrayLike<number>): Estimated<ClusteredMean> {
  const scores = values.length
  if (scores === 0) return notEstimable('there is nothing to compare with')
  let sum = 0
  for (let i = 0; i < scores; i++) sum += values[i] as number
  const estimate = sum / scores
  const deviations = new Map<number, number>()
  for (let i = 0; i < scores; i++) {
    const item = items[i] as number
    deviations.set(item, (deviations.get(item) ?? 0) + (values[i] as number) - estimate)
  }
  const clusters = deviations.size
  if (clusters < 2)
    return { estimable: true, estimate, se: null, scores, items: clusters, interval: notEstimable('only one item') }
  let squares = 0
  for (const deviation of deviations.values()) squares += deviation ** 2
  const se = Math.sqrt((squares * clusters) / (clusters - 1)) / scores
  const alike = values.length > 0 && Array.prototype.every.call(values, (value) => value === values[0])
  return {
    estimable: true,
    estimate,
    se,
    scores,
    items: clusters,
    interval: alike ? ALIKE : around(estimate, se, clusters),
  }
}

const ALIKE = notEstimable('every score gives the same value, which does not say how much they may differ')

function around(estimate: number, se: number, clusters: number): Interval {
  const reach = studentQuantile((1 + CONFIDENCE) / 2, clusters - 1) * se
  return analyticInterval(estimate - reach, estimate + reach, 'student-t')
}

/** The same for a share: the interval stays within 0 and 1, and where all or none have the property it is the exact bound by items. */
export function clusteredShare(hits: ArrayLike<number>, items: ArrayLike<number>): Estimated<ClusteredMean> {
  const mean = clusteredMean(hits, items)
  if (!mean.estimable) return mean
  if (mean.estimate === 0 || mean.estimate === 1) {
    const [low, high] = exactBound(mean.estimate, mean.items, CONFIDENCE)
    return { ...mean, interval: { estimable: true, low, high, method: 'exact', rough: false, draws: 0, dropped: 0 } }
  }
  if (!mean.interval.estimable) return mean
  const { low, high } = mean.interval
  return { ...mean, interval: { ...mean.interval, low: Math.max(0, low), high: Math.min(1, high) } }
}
