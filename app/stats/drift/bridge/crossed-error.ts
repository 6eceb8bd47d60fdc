import { type NotEstimable, notEstimable } from '../../estimate.ts'
import type { Difference } from '../../inference/equivalence.ts'
import { meanOf } from '../../inference/moments.ts'
import type { RaterPair } from './pairs.ts'

const FEWEST_RATERS = 8

/**
 * Mean paired difference with items and raters both as random: variance clustered by item plus by rater less by pair (Cameron,
 * Gelbach & Miller 2011, "Robust inference with multiway clustering"), each with its factor G/(G - 1); df from the smaller number
 * of clusters. Never below the variance by either alone.
 */
export function crossedError(pairs: readonly RaterPair[]): Difference | NotEstimable {
  const differences = pairs.map(({ before, after }) => after - before)
  const mean = meanOf(differences)
  const clustered = (of: (pair: RaterPair, index: number) => number) => {
    const sums = new Map<number, number>()
    pairs.forEach((pair, index) => {
      const cluster = of(pair, index)
      sums.set(cluster, (sums.get(cluster) ?? 0) + (differences[index] as number) - mean)
    })
    const squares = [...sums.values()].reduce((sum, value) => sum + value ** 2, 0)
    return { variance: ((sums.size / (sums.size - 1)) * squares) / pairs.length ** 2, clusters: sums.size }
  }
  const byItem = clustered(({ item }) => item)
  const byRater = clustered(({ rater }) => rater)
  if (byRater.clusters < FEWEST_RATERS)
    return notEstimable(
      `to speak of other raters than these takes ${FEWEST_RATERS} raters in the bridge; there are ${byRater.clusters}`,
    )
  const byPair = clustered((_pair, index) => index)
  const variance = Math.max(byItem.variance + byRater.variance - byPair.variance, byItem.variance, byRater.variance)
  return { difference: mean, se: Math.sqrt(variance), df: Math.min(byItem.clusters, byRater.clusters) - 1 }
}
