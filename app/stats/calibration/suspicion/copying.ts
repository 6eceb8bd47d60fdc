import { type Estimated, notEstimable } from '../../estimate.ts'
import { incompleteGamma } from '../../inference/gamma.ts'
import type { Scores } from '../scores.ts'
import type { Encounter, Encounters } from './encounters.ts'

/** Two raters who share enough items to be tested for copying. */
export interface TestedPair {
  readonly estimable: true
  readonly items: number
  /** Items on which both gave the same levels on every dimension, and how many to expect of honest raters. */
  readonly identical: number
  readonly expected: number
  /** -log10 of the chance of so many or more. */
  readonly surprise: number
  /** Chance that the most surprising pair of an honest pool would surprise as much. */
  readonly p: number
  readonly isSuspect: boolean
}

export interface PairOfRaters {
  readonly first: number
  readonly second: number
  readonly test: Estimated<TestedPair>
}

/** Below this no amount of copying can be told from chance. */
export const FEWEST_SHARED = 5
const RATE = 0.05
const GROUPS = 5
/** Log of a weight that a chance need not see. */
const NEGLIGIBLE = -18

/** How surprising each pair's identical vectors are under given scores: one value a pair, NaN below 5 shared items. */
export interface Surprises {
  readonly identical: Float64Array
  readonly expected: Float64Array
  readonly surprise: Float64Array
  readonly most: number
}

/**
 * Counts identical score vectors of each pair against what the other raters' view of the items makes likely: the chance of identical
 * vectors, averaged over the item's place given the scores of the raters outside the pair. In five groups of encounters by that chance it
 * is scaled to the pool's own rate, so that halo and item profiles, which make vectors alike, accuse nobody. The tail is Poisson.
 */
export function surprisesOf(scores: Scores, { pairs, encounters }: Encounters, theta: Float64Array): Surprises {
  const chance = Float64Array.from(encounters, (encounter) => matchChance(scores, encounter, theta))
  const same = Uint8Array.from(encounters, (encounter) => (isIdentical(scores, encounter) ? 1 : 0))
  calibrateOnPool(chance, same)
  const identical = new Float64Array(pairs.length)
  const expected = new Float64Array(pairs.length)
  encounters.forEach(({ pair }, i) => {
    identical[pair] = (identical[pair] as number) + (same[i] as number)
    expected[pair] = (expected[pair] as number) + (chance[i] as number)
  })
  const surprise = Float64Array.from(pairs, ({ items }, pair) =>
    items < FEWEST_SHARED ? Number.NaN : poissonSurprise(identical[pair] as number, expected[pair] as number),
  )
  return { identical, expected, surprise, most: surprise.reduce((a, b) => (Number.isNaN(b) ? a : Math.max(a, b)), 0) }
}

function matchChance({ level }: Scores, { exponent, others, match }: Encounter, theta: Float64Array): number {
  let total = 0
  for (const entry of others) total += level[entry] as number
  let top = Number.NEGATIVE_INFINITY
  for (let q = 0; q < theta.length; q++) {
    const value = (exponent[q] as number) + total * (theta[q] as number)
    if (value > top) top = value
  }
  let [sum, matched] = [0, 0]
  for (let q = 0; q < theta.length; q++) {
    const log = (exponent[q] as number) + total * (theta[q] as number) - top
    if (log < NEGLIGIBLE) continue
    const weight = Math.exp(log)
    sum += weight
    matched += weight * (match[q] as number)
  }
  return matched / sum
}

function isIdentical({ level }: Scores, { first, second }: Encounter): boolean {
  for (let i = 0; i < first.length; i++) if (level[first[i] as number] !== level[second[i] as number]) return false
  return true
}

function calibrateOnPool(chance: Float64Array, same: Uint8Array): void {
  const order = Uint32Array.from(chance.keys()).sort((a, b) => (chance[a] as number) - (chance[b] as number))
  for (let group = 0; group < GROUPS; group++) {
    const members = order.subarray(
      Math.floor((group * order.length) / GROUPS),
      Math.floor(((group + 1) * order.length) / GROUPS),
    )
    let [expected, found] = [0, 0]
    for (const i of members) {
      expected += chance[i] as number
      found += same[i] as number
    }
    if (expected === 0 || found === 0) continue
    for (const i of members) chance[i] = Math.min(1, ((chance[i] as number) * found) / expected)
  }
}

/** -log10 P(X >= x) for a Poisson count with this mean. */
function poissonSurprise(x: number, mean: number): number {
  if (x === 0) return 0
  return -Math.log10(Math.max(incompleteGamma(x, mean).lower, 1e-300))
}

/** @param most the largest surprise of each simulated honest pool */
export function judgedPairs(
  { pairs }: Encounters,
  { identical, expected, surprise }: Surprises,
  most: readonly number[],
): PairOfRaters[] {
  return pairs.map(({ first, second, items }, pair) => {
    if (items < FEWEST_SHARED)
      return {
        first,
        second,
        test: notEstimable(
          `cannot be tested: ${items} shared item${items === 1 ? '' : 's'}, ${FEWEST_SHARED} are needed`,
        ),
      }
    const own = surprise[pair] as number
    const p = (1 + most.filter((value) => value >= own).length) / (1 + most.length)
    const test = {
      estimable: true as const,
      items,
      identical: identical[pair] as number,
      expected: expected[pair] as number,
      surprise: own,
      p,
      isSuspect: p <= RATE,
    }
    return { first, second, test }
  })
}
