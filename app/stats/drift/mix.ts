import type { Random } from '../random.ts'
import { drawHypergeometric } from './hypergeometric.ts'

/** Shares below this count as this, so that an empty segment gives a large index and not an infinite one. */
const LEAST_SHARE = 1e-6

/**
 * Population stability index of two sets of counts over the same segments: sum (p - q) ln(p/q), shares floored at 1e-6. Its mean
 * under no change is about (segments - 1)(1/n1 + 1/n2): read it with a permutation p, not against fixed bands.
 */
export function stabilityIndex(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const p = sharesOf(before)
  const q = sharesOf(after)
  let sum = 0
  for (let s = 0; s < p.length; s++) {
    const here = Math.max(p[s] as number, LEAST_SHARE)
    const there = Math.max(q[s] as number, LEAST_SHARE)
    sum += (here - there) * Math.log(here / there)
  }
  return sum
}

/** Jensen-Shannon divergence of two sets of counts in bits, 0 to 1 (Lin 1991); its square root is a distance. */
export function jensenShannon(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const p = sharesOf(before)
  const q = sharesOf(after)
  let sum = 0
  for (let s = 0; s < p.length; s++) {
    const here = p[s] as number
    const there = q[s] as number
    sum += bits((here + there) / 2) - (bits(here) + bits(there)) / 2
  }
  return Math.max(0, sum)
}

/**
 * How likely a Jensen-Shannon divergence at least this large is when nothing changed: the share of random divisions of the cases
 * into two periods of the same sizes, the observed one counted in. Never below 1 / (draws + 1).
 *
 * @param before, after whole numbers of cases per segment
 */
export function mixPermutationP(
  before: readonly number[],
  after: readonly number[],
  random: Random,
  draws = 1999,
): number {
  const observed = jensenShannon(before, after) - 1e-12 // the same division summed in another order is a tie
  const both = before.map((count, s) => count + (after[s] as number))
  const first = totalOf(before)
  const total = totalOf(both)
  const drawn = new Float64Array(both.length)
  const left = new Float64Array(both.length)
  let asLarge = 1
  for (let draw = 0; draw < draws; draw++) {
    let toDraw = first
    let remaining = total
    both.forEach((count, s) => {
      const here = drawHypergeometric(random, toDraw, count, remaining)
      drawn[s] = here
      left[s] = count - here
      toDraw -= here
      remaining -= count
    })
    if (jensenShannon(drawn, left) >= observed) asLarge++
  }
  return asLarge / (draws + 1)
}

function totalOf(counts: ArrayLike<number>): number {
  let total = 0
  for (let s = 0; s < counts.length; s++) total += counts[s] as number
  return total
}

function sharesOf(counts: ArrayLike<number>): Float64Array {
  const total = totalOf(counts)
  return Float64Array.from(counts, (count) => count / total)
}

/** -p log2 p, 0 at 0 */
function bits(p: number): number {
  return p > 0 ? -p * Math.log2(p) : 0
}
