import { type Estimated, notEstimable } from '../../estimate.ts'
import type { Scores } from '../scores.ts'
import type { EncounterKind, Encounters } from './encounters.ts'
import { ratesByRater, surpriseAt } from './rater-rates.ts'

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
  /** Items both scored. */
  readonly items: number
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
 * is scaled to the pool's own rate, so that halo and item profiles, which make vectors alike, accuse nobody; then to how often the
 * two match others (`ratesByRater`). The tail is that of a Poisson count whose mean is uncertain.
 *
 * @param careless raters who match nobody, and would make all others look alike: the pool's rate is that of the rest
 */
export function surprisesOf(
  scores: Scores,
  encounters: Encounters,
  theta: Float64Array,
  careless: ReadonlySet<number> = new Set(),
): Surprises {
  const { pairs, pair, count } = encounters
  const chance = matchChances(scores, encounters, theta)
  const same = identicalVectors(scores, encounters)
  const apart = pairs.map(({ first, second }) => careless.has(first) || careless.has(second))
  calibrateOnPool(chance, same, (encounter) => !apart[pair[encounter] as number])
  const identical = new Float64Array(pairs.length)
  const expected = new Float64Array(pairs.length)
  for (let i = 0; i < count; i++) {
    const p = pair[i] as number
    identical[p] = (identical[p] as number) + (same[i] as number)
    expected[p] = (expected[p] as number) + (chance[i] as number)
  }
  const rates = ratesByRater(pairs, scores.raterCount, identical, expected)
  const surprise = Float64Array.from(pairs, ({ items }, pair) =>
    items < FEWEST_SHARED
      ? Number.NaN
      : surpriseAt(identical[pair] as number, rates.expected[pair] as number, rates.variance[pair] as number),
  )
  const most = surprise.reduce((a, b) => (Number.isNaN(b) ? a : Math.max(a, b)), 0)
  return { identical, expected: rates.expected, surprise, most }
}

/** Chance of identical vectors of each encounter, given what the others gave the item. */
function matchChances(
  { level }: Scores,
  { count, kind, kinds, otherStarts, others }: Encounters,
  theta: Float64Array,
): Float64Array {
  const chances = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let total = 0
    const end = otherStarts[i + 1] as number
    for (let at = otherStarts[i] as number; at < end; at++) total += level[others[at] as number] as number
    const own = kinds[kind[i] as number] as EncounterKind
    let chance = own.chances[total] as number
    if (Number.isNaN(chance)) {
      chance = chanceAt(own, total, theta)
      own.chances[total] = chance
    }
    chances[i] = chance
  }
  return chances
}

function chanceAt({ exponent, match }: EncounterKind, total: number, theta: Float64Array): number {
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

/** 1 for each encounter in which both gave the same levels. */
function identicalVectors({ level }: Scores, { count, starts, first, second }: Encounters): Uint8Array {
  const same = new Uint8Array(count).fill(1)
  for (let i = 0; i < count; i++) {
    const end = starts[i + 1] as number
    for (let at = starts[i] as number; at < end; at++)
      if (level[first[at] as number] !== level[second[at] as number]) {
        same[i] = 0
        break
      }
  }
  return same
}

/** Scales the chances, in five groups of equal size by chance, so that each group expects as many as it has among those that count. */
function calibrateOnPool(chance: Float64Array, same: Uint8Array, counts: (encounter: number) => boolean): void {
  const group = groupsByRank(chance)
  const expected = new Float64Array(GROUPS)
  const found = new Float64Array(GROUPS)
  for (let i = 0; i < chance.length; i++) {
    if (!counts(i)) continue
    const g = group[i] as number
    expected[g] = (expected[g] as number) + (chance[i] as number)
    found[g] = (found[g] as number) + (same[i] as number)
  }
  for (let i = 0; i < chance.length; i++) {
    const g = group[i] as number
    if (expected[g] === 0 || found[g] === 0) continue
    chance[i] = Math.min(1, ((chance[i] as number) * (found[g] as number)) / (expected[g] as number))
  }
}

/** The group of each value by its rank, equal values in the order they come in; only the bounds are sorted out. */
function groupsByRank(values: Float64Array): Uint8Array {
  const n = values.length
  const sorted = values.slice().sort()
  const bounds = Array.from({ length: GROUPS - 1 }, (_, g) => {
    const rank = Math.floor(((g + 1) * n) / GROUPS)
    const value = sorted[rank] as number
    let first = rank
    while (first > 0 && sorted[first - 1] === value) first--
    // so many of those equal to the bound still belong below it
    return { value, below: rank - first }
  })
  const groups = new Uint8Array(n)
  for (const { value, below } of bounds) {
    let equal = 0
    for (let i = 0; i < n; i++) {
      const x = values[i] as number
      if (x > value || (x === value && equal++ >= below)) groups[i] = (groups[i] as number) + 1
    }
  }
  return groups
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
        items,
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
    return { first, second, items, test }
  })
}
