import { type CohenKappa, cohenKappa } from '../../agreement/cohen.ts'
import { weightsOf } from '../../agreement/weights.ts'
import { type Estimated, notEstimable } from '../../estimate.ts'
import { type ClusteredMean, clusteredMean, clusteredShare } from './clustered.ts'

/** Two scores of the same thing on the same scale: a rater's beside the key, or a rater's second beside the first. */
export interface Pair {
  readonly item: number
  readonly first: number
  readonly second: number
}

/** How far the second scores follow the first; intervals by item. */
export interface Following {
  readonly exact: Estimated<ClusteredMean>
  /** At most one level apart. */
  readonly adjacent: Estimated<ClusteredMean>
  /** Mean of second less first, in levels. */
  readonly difference: Estimated<ClusteredMean>
  readonly differenceSd: number | null
  /** Quadratic weighted kappa, its error taking scores as independent. */
  readonly kappa: Estimated<CohenKappa>
}

/**
 * A rater against gold (first: the key), or a rater's blind repeats (first: the earlier score).
 *
 * @param levels the scale both lie on
 */
export function followingOf(pairs: readonly Pair[], levels: readonly number[]): Following {
  const items = Uint32Array.from(pairs, ({ item }) => item)
  const differences = Float64Array.from(pairs, ({ first, second }) => second - first)
  const difference = clusteredMean(differences, items)
  return {
    exact: clusteredShare(
      Uint8Array.from(differences, (d) => (d === 0 ? 1 : 0)),
      items,
    ),
    adjacent: clusteredShare(
      Uint8Array.from(differences, (d) => (Math.abs(d) <= 1 ? 1 : 0)),
      items,
    ),
    difference,
    differenceSd: difference.estimable && pairs.length > 1 ? sdOf(differences, difference.estimate) : null,
    kappa: kappaOf(pairs, levels),
  }
}

function sdOf(values: Float64Array, mean: number): number {
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

function kappaOf(pairs: readonly Pair[], levels: readonly number[]): Estimated<CohenKappa> {
  if (pairs.length === 0) return notEstimable('there is nothing to compare with')
  const lowest = levels[0] as number
  const counts = new Uint32Array(levels.length ** 2)
  for (const { first, second } of pairs) {
    const cell = (first - lowest) * levels.length + second - lowest
    counts[cell] = (counts[cell] as number) + 1
  }
  return cohenKappa({ items: pairs.length, counts }, weightsOf('quadratic', levels))
}
