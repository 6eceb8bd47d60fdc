import { type Estimated, notEstimable } from '../estimate.ts'
import { sumsOf } from '../inference/contributions.ts'
import { distancesOf, type Metric } from './metric.ts'
import { entriesByItem, type PairTable } from './pair-tables.ts'
import { patternsOf } from './patterns.ts'
import type { Ratings } from './ratings.ts'
import { pairableContributions, upperCell } from './sums.ts'
import type { Weights, WeightsName } from './weights.ts'

/** The highest value that a coefficient could have with this use of the levels, whoever got which. */
export interface Ceiling {
  readonly estimable: true
  readonly estimate: number
  /** Items that two raters share on average: with few of them the ceiling is little above the coefficient whatever raters do. */
  readonly shared: number
}

/**
 * The highest alpha that raters who use the levels as often as these do could reach: each pair of raters keeps its two level
 * distributions over the items both rated, and their scores are matched so that they lie as near as they can. Raters of different
 * severity cannot reach 1. The idea is Cohen's maximum of kappa (1960, p. 42); for distances that are squared differences of a
 * rising function of the level, as the ordinal and interval ones are, sorted matching is the nearest (Hoeffding 1940; Fréchet 1951).
 * Pairs weigh as they do in alpha, 1/(m_u - 1) an item.
 */
export function alphaCeiling(ratings: Ratings, metric: Metric = 'ordinal'): Estimated<Ceiling> {
  if (metric === 'ratio') return notEstimable('the ceiling is not known for ratio distances')
  const { levels } = ratings
  const width = levels.length
  const sums = sumsOf(pairableContributions(patternsOf(ratings).patterns))
  const squared = new Float64Array((width * (width - 1)) / 2)
  distancesOf(metric, levels)(sums, squared)
  const distance = (a: number, b: number) =>
    a === b ? 0 : (squared[upperCell(width, Math.min(a, b), Math.max(a, b))] as number)
  let scores = 0
  for (let k = 0; k < width; k++) scores += sums[k] as number
  let expected = 0
  for (let a = 0; a < width; a++)
    for (let b = 0; b < width; b++) expected += (sums[a] as number) * (sums[b] as number) * distance(a, b)
  if (!(expected > 0)) return notEstimable('no scores that could be compared vary')
  let least = 0
  let [pairs, shared] = [0, 0]
  for (const { first, second, items } of marginsOfPairs(ratings)) {
    least += 2 * (metric === 'nominal' ? unmatched(first, second) : sortedCost(first, second, distance))
    pairs++
    shared += items
  }
  return { estimable: true, estimate: 1 - ((scores - 1) * least) / expected, shared: shared / pairs }
}

interface Margins {
  items: number
  readonly first: Float64Array
  readonly second: Float64Array
}

/** Level use of every pair of raters over the items both rated, an item weighing 1/(its ratings - 1). */
function marginsOfPairs(ratings: Ratings): Iterable<Margins> {
  const width = ratings.levels.length
  const { order, starts } = entriesByItem(ratings)
  const { rater, level, raterCount } = ratings
  const pairs = new Map<number, Margins>()
  for (let item = 0; item < ratings.itemCount; item++) {
    const [start, end] = [starts[item] as number, starts[item + 1] as number]
    const weight = 1 / (end - start - 1)
    for (let i = start; i < end; i++)
      for (let j = i + 1; j < end; j++) {
        const [a, b] = [order[i] as number, order[j] as number]
        const [low, high] = (rater[a] as number) < (rater[b] as number) ? [a, b] : [b, a]
        const key = (rater[low] as number) * raterCount + (rater[high] as number)
        let pair = pairs.get(key)
        if (pair === undefined) {
          pair = { items: 0, first: new Float64Array(width), second: new Float64Array(width) }
          pairs.set(key, pair)
        }
        pair.items++
        const [one, other] = [level[low] as number, level[high] as number]
        pair.first[one] = (pair.first[one] as number) + weight
        pair.second[other] = (pair.second[other] as number) + weight
      }
  }
  return pairs.values()
}

const unmatched = (first: Float64Array, second: Float64Array): number =>
  first.reduce((sum, value, k) => sum + Math.max(0, value - (second[k] as number)), 0)

/** Cost of matching the lowest with the lowest, and so on up. */
function sortedCost(first: Float64Array, second: Float64Array, distance: (a: number, b: number) => number): number {
  const [left, right] = [first.slice(), second.slice()]
  let [a, b, cost] = [0, 0, 0]
  while (a < left.length && b < right.length) {
    const moved = Math.min(left[a] as number, right[b] as number)
    cost += moved * distance(a, b)
    left[a] = (left[a] as number) - moved
    right[b] = (right[b] as number) - moved
    if (!((left[a] as number) > 1e-12)) a++
    else b++
  }
  return cost
}

/** Weights for which sorted matching is the best one: a convex function of how many levels lie between. */
const SORTED: readonly WeightsName[] = ['linear', 'quadratic', 'ordinal']

/**
 * The highest kappa of two raters with these level distributions (Cohen 1960, p. 42; Umesh, Peterson & Sauber 1989): the most
 * agreement that the margins allow, corrected for the same chance agreement.
 *
 * @param name of the weights
 */
export function kappaCeiling(
  { items, counts }: Pick<PairTable, 'items' | 'counts'>,
  weights: Weights,
  name: WeightsName,
): Estimated<Ceiling> {
  if (items === 0) return notEstimable('the two raters have no item in common')
  if (name !== 'identity' && !SORTED.includes(name)) return notEstimable(`the ceiling is not known for ${name} weights`)
  const { size, matrix } = weights
  const first = new Float64Array(size)
  const second = new Float64Array(size)
  counts.forEach((count, cell) => {
    const [a, b] = [Math.floor(cell / size), cell % size]
    first[a] = (first[a] as number) + count / items
    second[b] = (second[b] as number) + count / items
  })
  const lost = (a: number, b: number) => 1 - (matrix[a * size + b] as number)
  const least = name === 'identity' ? unmatched(first, second) : sortedCost(first, second, lost)
  let expected = 0
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      expected += (first[a] as number) * (second[b] as number) * (matrix[a * size + b] as number)
  if (expected > 1 - 1e-12) return notEstimable('no variation: both raters give every item the same level')
  return { estimable: true, estimate: (1 - least - expected) / (1 - expected), shared: items }
}
