import { distancesOf } from '#app/stats/agreement/metric.ts'
import { entriesByItem } from '#app/stats/agreement/pair-tables.ts'
import type { NamedRatings, Ratings } from '#app/stats/agreement/ratings.ts'
import { upperCell } from '#app/stats/agreement/sums.ts'
import { type Random, seededRandom } from '#app/stats/random.ts'

/** Two groups of raters who read a dimension in two ways, the larger first. Alphas share one chance disagreement. */
export type RaterGroups = {
  raters: [string[], string[]]
  within: [number, number]
  across: number
  /** The pair of levels that carries most of the disagreement across the groups, when it carries at least half. */
  levels: { low: number; high: number } | null
}

/** Beyond this all splits are too many to try, and a list of names says little. */
const MOST_RATERS = 12
const SHUFFLES = 199
const LEAST_PAIRS_WITHIN = 10
/** How far alpha within each group must stand above alpha across, for the split to be worth a sentence. */
const LEAST_GAP = 0.2

/**
 * Looks for a split of the raters into two groups of at least two, such that raters of one group agree with each other and not
 * with the other group. Every split is tried; the best one is compared with the best ones found after the scores of each item
 * have been shuffled among its raters (a permutation test of exchangeable raters with the largest statistic, so that having
 * tried many splits is paid for). Null where no split stands out at 1 in 100, or the gap is small.
 *
 * Distances are the ordinal ones of Krippendorff (2011), whose level counts shuffling leaves alone.
 */
export function raterGroups(ratings: NamedRatings, seed = 1): RaterGroups | null {
  const { raterCount } = ratings
  if (raterCount < 4 || raterCount > MOST_RATERS) return null
  const units = entriesByItem(ratings)
  const { distances, expected } = scaleOf(ratings, units)
  if (expected === 0) return null
  const seen = pairSums(ratings, ratings.level, units, distances)
  const best = bestSplit(seen, raterCount)
  if (best === null) return null
  const random = seededRandom(seed)
  const level = ratings.level.slice()
  let asGood = 1
  for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
    shuffleWithinItems(level, units, random)
    const other = bestSplit(pairSums(ratings, level, units, distances), raterCount)
    if (other !== null && other.statistic >= best.statistic) asGood++
  }
  if (asGood / (SHUFFLES + 1) > 0.01) return null
  return described(ratings, units, seen, best.mask, distances, expected)
}

type Units = ReturnType<typeof entriesByItem>

/** Squared distances as a full matrix over level indices, and the mean one of two ratings drawn at random (De). */
function scaleOf({ levels, level }: Ratings, { order, starts }: Units) {
  const width = levels.length
  const totals = new Float64Array(width)
  let n = 0
  for (let item = 0; item + 1 < starts.length; item++) {
    const [start, end] = [starts[item] as number, starts[item + 1] as number]
    if (end - start < 2) continue
    n += end - start
    for (let i = start; i < end; i++) {
      const k = level[order[i] as number] as number
      totals[k] = (totals[k] as number) + 1
    }
  }
  const upper = new Float64Array((width * (width - 1)) / 2)
  distancesOf('ordinal', levels)(totals, upper)
  const distances = new Float64Array(width * width)
  let expected = 0
  for (let c = 0; c < width; c++)
    for (let k = c + 1; k < width; k++) {
      const distance = upper[upperCell(width, c, k)] as number
      distances[c * width + k] = distance
      distances[k * width + c] = distance
      expected += (2 * distance * (totals[c] as number) * (totals[k] as number)) / (n * (n - 1))
    }
  return { distances, expected: n > 1 ? expected : 0 }
}

/** Sum of distances, and number of items, of every pair of raters: both as full matrices. */
type PairSums = { distance: Float64Array; items: Float64Array }

function pairSums(
  { rater, raterCount, levels }: Ratings,
  level: Uint8Array,
  { order, starts }: Units,
  distances: Float64Array,
): PairSums {
  const distance = new Float64Array(raterCount * raterCount)
  const items = new Float64Array(raterCount * raterCount)
  for (let item = 0; item + 1 < starts.length; item++) {
    const end = starts[item + 1] as number
    for (let i = starts[item] as number; i < end; i++)
      for (let j = i + 1; j < end; j++) {
        const [a, b] = [order[i] as number, order[j] as number]
        const apart = distances[(level[a] as number) * levels.length + (level[b] as number)] as number
        for (const cell of [
          (rater[a] as number) * raterCount + (rater[b] as number),
          (rater[b] as number) * raterCount + (rater[a] as number),
        ]) {
          distance[cell] = (distance[cell] as number) + apart
          items[cell] = (items[cell] as number) + 1
        }
      }
  }
  return { distance, items }
}

function shuffleWithinItems(level: Uint8Array, { order, starts }: Units, random: Random): void {
  for (let item = 0; item + 1 < starts.length; item++) {
    const start = starts[item] as number
    for (let i = (starts[item + 1] as number) - 1; i > start; i--) {
      const j = start + Math.floor(random.uniform() * (i - start + 1))
      const [a, b] = [order[i] as number, order[j] as number]
      const kept = level[a] as number
      level[a] = level[b] as number
      level[b] = kept
    }
  }
}

type Part = { distance: number; pairs: number }

/** What the pairs within the group of the mask, within the others, and across add up to. Bit r of the mask is rater r. */
function partsOf({ distance, items }: PairSums, raterCount: number, mask: number): [Part, Part, Part] {
  const parts: [Part, Part, Part] = [
    { distance: 0, pairs: 0 },
    { distance: 0, pairs: 0 },
    { distance: 0, pairs: 0 },
  ]
  for (let i = 0; i < raterCount; i++)
    for (let j = i + 1; j < raterCount; j++) {
      const [inI, inJ] = [(mask >> i) & 1, (mask >> j) & 1]
      const part = parts[inI !== inJ ? 2 : inI === 1 ? 0 : 1]
      part.distance += distance[i * raterCount + j] as number
      part.pairs += items[i * raterCount + j] as number
    }
  return parts
}

/** The split whose mean distance across stands furthest above that within, in units that allow for how many pairs there are. */
function bestSplit(sums: PairSums, raterCount: number): { mask: number; statistic: number } | null {
  let best: { mask: number; statistic: number } | null = null
  for (let mask = 1; mask < 1 << (raterCount - 1); mask++) {
    const size = bitsIn(mask)
    if (size < 2 || raterCount - size < 2) continue
    const [one, two, across] = partsOf(sums, raterCount, mask)
    if (Math.min(one.pairs, two.pairs, across.pairs) < LEAST_PAIRS_WITHIN) continue
    const within = one.pairs + two.pairs
    const apart = across.distance / across.pairs - (one.distance + two.distance) / within
    const statistic = apart * Math.sqrt((across.pairs * within) / (across.pairs + within))
    if (best === null || statistic > best.statistic) best = { mask, statistic }
  }
  return best
}

function bitsIn(mask: number): number {
  let bits = 0
  for (let rest = mask; rest > 0; rest &= rest - 1) bits++
  return bits
}

function described(
  ratings: NamedRatings,
  units: Units,
  sums: PairSums,
  mask: number,
  distances: Float64Array,
  expected: number,
): RaterGroups | null {
  const { raterCount, raters } = ratings
  const alphas = partsOf(sums, raterCount, mask).map(({ distance, pairs }) => 1 - distance / pairs / expected)
  const [one, two, across] = alphas as [number, number, number]
  if (Math.min(one, two) - across < LEAST_GAP) return null
  const first = raters.filter((_, r) => ((mask >> r) & 1) === 1)
  const second = raters.filter((_, r) => ((mask >> r) & 1) === 0)
  const levels = levelsAcross(ratings, units, mask, distances)
  return first.length >= second.length
    ? { raters: [first, second], within: [one, two], across, levels }
    : { raters: [second, first], within: [two, one], across, levels }
}

/** The pair of levels with at least half of the disagreement across the groups. */
function levelsAcross(
  { rater, level, levels }: Ratings,
  { order, starts }: Units,
  mask: number,
  distances: Float64Array,
): RaterGroups['levels'] {
  const width = levels.length
  const carried = new Float64Array(width * width)
  let total = 0
  for (let item = 0; item + 1 < starts.length; item++) {
    const entries = order.subarray(starts[item] as number, starts[item + 1] as number)
    entries.forEach((a, i) => {
      for (const b of entries.subarray(i + 1)) {
        if (((mask >> (rater[a] as number)) & 1) === ((mask >> (rater[b] as number)) & 1)) continue
        const low = Math.min(level[a] as number, level[b] as number)
        const high = Math.max(level[a] as number, level[b] as number)
        const distance = distances[low * width + high] as number
        carried[low * width + high] = (carried[low * width + high] as number) + distance
        total += distance
      }
    })
  }
  const cell = carried.indexOf(Math.max(...carried))
  if (total === 0 || (carried[cell] as number) < total / 2) return null
  return { low: levels[Math.floor(cell / width)] as number, high: levels[cell % width] as number }
}
