/** Splits of raters into two groups: distances within and across, and the best of all splits. */
import { distancesOf } from '#app/stats/agreement/metric.ts'
import type { entriesByItem } from '#app/stats/agreement/pair-tables.ts'
import type { Ratings } from '#app/stats/agreement/ratings.ts'
import { upperCell } from '#app/stats/agreement/sums.ts'
import type { Random } from '#app/stats/random.ts'

/** Fewer pairs of ratings than this, within a group or across, say nothing of it. */
const LEAST_PAIRS = 10

export type Units = ReturnType<typeof entriesByItem>

/** Squared distances as a full matrix over level indices, and the mean one of two ratings drawn at random (De). */
export function scaleOf({ levels, level }: Ratings, { order, starts }: Units) {
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
export type PairSums = { distance: Float64Array; items: Float64Array }

export function pairSums(
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

export function shuffleWithinItems(level: Uint8Array, { order, starts }: Units, random: Random): void {
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
export function partsOf({ distance, items }: PairSums, raterCount: number, mask: number): [Part, Part, Part] {
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
export function bestSplit(sums: PairSums, raterCount: number): { mask: number; statistic: number } | null {
  let best: { mask: number; statistic: number } | null = null
  for (let mask = 1; mask < 1 << (raterCount - 1); mask++) {
    const size = bitsIn(mask)
    if (size < 2 || raterCount - size < 2) continue
    const [one, two, across] = partsOf(sums, raterCount, mask)
    if (Math.min(one.pairs, two.pairs, across.pairs) < LEAST_PAIRS) continue
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
