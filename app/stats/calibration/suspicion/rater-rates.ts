import { incompleteBeta } from '../../inference/beta.ts'
import type { Encounters } from './encounters.ts'

/** Weight of the pool's rate in a rater's own, in identical vectors: the shape of a gamma prior, a standard deviation of 50 %. */
const PRIOR = 4
const PASSES = 10

/** Identical vectors to expect of each pair, and the relative variance of that number, since it rests on counts. */
export interface PairRates {
  readonly expected: Float64Array
  readonly variance: Float64Array
}

/**
 * Expected counts scaled to how often the two raters of a pair match others. Somebody who reads a dimension otherwise, tells levels
 * apart more sharply or rates without reading matches everybody more or less often than a severity says, which over many shared items
 * adds up. Each rater has a factor, a count for pair (a, b) being f_a f_b expected_ab as in a table's independence (Deming & Stephan 1940),
 * drawn towards 1 by a gamma prior; for a pair its own items are left out of both factors, so that copying does not excuse itself.
 *
 * @param identical, expected by pair
 */
export function ratesByRater(
  pairs: Encounters['pairs'],
  raters: number,
  identical: Float64Array,
  expected: Float64Array,
): PairRates {
  const factor = new Float64Array(raters).fill(1)
  const found = new Float64Array(raters)
  pairs.forEach(({ first, second }, pair) => {
    found[first] = (found[first] as number) + (identical[pair] as number)
    found[second] = (found[second] as number) + (identical[pair] as number)
  })
  let usual = usualByRater(pairs, expected, factor)
  for (let pass = 0; pass < PASSES; pass++) {
    for (let rater = 0; rater < raters; rater++)
      factor[rater] = Math.sqrt(
        ((factor[rater] as number) * (PRIOR + (found[rater] as number))) / (PRIOR + (usual[rater] as number)),
      )
    usual = usualByRater(pairs, expected, factor)
  }
  const scaled = new Float64Array(pairs.length)
  const variance = new Float64Array(pairs.length)
  pairs.forEach(({ first, second }, pair) => {
    const [own, plain] = [identical[pair] as number, expected[pair] as number]
    const counted = (rater: number) => PRIOR + (found[rater] as number) - own
    const without = (rater: number, other: number) =>
      counted(rater) / (PRIOR + (usual[rater] as number) - plain * (factor[other] as number))
    scaled[pair] = plain * without(first, second) * without(second, first)
    variance[pair] = 1 / counted(first) + 1 / counted(second)
  })
  return { expected: scaled, variance }
}

/** What each rater's pairs would count if that rater's factor were 1. */
function usualByRater(pairs: Encounters['pairs'], expected: Float64Array, factor: Float64Array): Float64Array {
  const usual = new Float64Array(factor.length)
  pairs.forEach(({ first, second }, pair) => {
    usual[first] = (usual[first] as number) + (factor[second] as number) * (expected[pair] as number)
    usual[second] = (usual[second] as number) + (factor[first] as number) * (expected[pair] as number)
  })
  return usual
}

/** -log10 P(X >= x) for a Poisson count whose mean is itself uncertain by a gamma distribution: negative binomial. */
export function surpriseAt(x: number, mean: number, relativeVariance: number): number {
  if (x === 0) return 0
  const shape = 1 / relativeVariance
  return -Math.log10(Math.max(incompleteBeta(x, shape, mean / (mean + shape)).lower, 1e-300))
}
