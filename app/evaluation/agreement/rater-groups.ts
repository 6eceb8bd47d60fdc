import { entriesByItem } from '#app/stats/agreement/pair-tables.ts'
import type { NamedRatings, Ratings } from '#app/stats/agreement/ratings.ts'
import { type Random, seededRandom } from '#app/stats/random.ts'
import { bestSplit, type PairSums, pairSums, partsOf, scaleOf, shuffleWithinItems, type Units } from './rater-splits.ts'

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
const MOST_ITEMS = 2_000
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
  const random = seededRandom(seed)
  const units = sampled(entriesByItem(ratings), random)
  const { distances, expected } = scaleOf(ratings, units)
  if (expected === 0) return null
  const seen = pairSums(ratings, ratings.level, units, distances)
  const best = bestSplit(seen, raterCount)
  if (best === null) return null
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

/** At most so many of the items, drawn at random: what holds for thousands is seen in these. */
function sampled({ order, starts }: Units, random: Random): Units {
  const items = starts.length - 1
  if (items <= MOST_ITEMS) return { order, starts }
  const places: number[] = []
  const ends: number[] = [0]
  let wanted = MOST_ITEMS
  for (let item = 0; item < items; item++) {
    // Selection sampling (Knuth, The Art of Computer Programming 3.4.2, algorithm S).
    if (random.uniform() * (items - item) >= wanted) continue
    wanted--
    for (let i = starts[item] as number; i < (starts[item + 1] as number); i++) places.push(order[i] as number)
    ends.push(places.length)
  }
  return { order: Uint32Array.from(places), starts: Uint32Array.from(ends) }
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
