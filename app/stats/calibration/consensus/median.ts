import { type Estimated, notEstimable } from '../../estimate.ts'
import { incompleteBeta } from '../../inference/beta.ts'
import { levelCounts, type Votes } from './votes.ts'

/** The middle score of an item, and how sure a large panel's median would lie on each level. */
export interface MedianConsensus {
  readonly estimable: true
  /** Between two levels where an even number of scores is split. */
  readonly median: number
  readonly scores: number
  /** Chance, level by level, that the median of a large panel of such raters is that level. */
  readonly chances: readonly number[]
}

/** Bounds on the prior's weight in ratings: it neither vanishes nor rules. */
const LEAST_WEIGHT = 0.05
const MOST_WEIGHT = 50

/**
 * Median of every item, with the posterior of the panel's median: level shares of an item are Dirichlet about the pool's shares,
 * with the weight that makes two ratings of an item agree as often as they do (Dirichlet-multinomial by moments; Mosimann
 * 1962). P(median <= k) is then a beta tail. Needs no rater identities, and does not adjust for severity.
 */
export function medianConsensus(votes: Votes): Estimated<MedianConsensus>[] {
  const width = votes.levels.length
  const counts = levelCounts(votes)
  const prior = priorOf(counts, votes.itemCount, width)
  return Array.from({ length: votes.itemCount }, (_, item) => {
    const row = counts.subarray(item * width, (item + 1) * width)
    const scores = row.reduce((sum, count) => sum + count, 0)
    if (scores === 0) return notEstimable('has no score')
    const weights = prior.map((weight, k) => weight + (row[k] as number))
    return { estimable: true, median: medianOf(row, scores, votes.levels), scores, chances: medianChances(weights) }
  })
}

function medianOf(row: Float64Array, scores: number, levels: readonly number[]): number {
  const at = (rank: number) => {
    let below = 0
    for (let k = 0; k < row.length; k++) {
      below += row[k] as number
      if (below >= rank) return levels[k] as number
    }
    return levels.at(-1) as number
  }
  return (at(Math.ceil(scores / 2)) + at(Math.floor(scores / 2) + 1)) / 2
}

/** P(median = k), level shares being Dirichlet(weights): P(median <= k) = P(share up to k >= 1/2). */
function medianChances(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let below = 0
  let before = 0
  return weights.map((weight) => {
    below += weight
    const upTo = below >= total ? 1 : below === 0 ? 0 : incompleteBeta(below, total - below, 0.5, 0.5).upper
    const chance = upTo - before
    before = upTo
    return chance
  })
}

/** Weights of the prior: the pool's shares times the ratings it counts for. */
function priorOf(counts: Float64Array, items: number, width: number): number[] {
  const shares = new Array<number>(width).fill(0)
  let all = 0
  let agreement = 0
  let pairable = 0
  for (let item = 0; item < items; item++) {
    const row = counts.subarray(item * width, (item + 1) * width)
    const n = row.reduce((sum, count) => sum + count, 0)
    let pairs = 0
    row.forEach((count, k) => {
      shares[k] = (shares[k] as number) + count
      pairs += count * (count - 1)
    })
    all += n
    if (n < 2) continue
    pairable++
    agreement += pairs / (n * (n - 1))
  }
  const pool = shares.map((count) => count / Math.max(1, all))
  const chance = pool.reduce((sum, share) => sum + share ** 2, 0)
  const observed = pairable === 0 ? chance : agreement / pairable
  const weight = observed > chance ? (1 - observed) / (observed - chance) : MOST_WEIGHT
  const bounded = Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, weight))
  return pool.map((share) => share * bounded)
}
