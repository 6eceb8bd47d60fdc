import { seededRandom } from '../../random.ts'
import { jensenShannon, mixPermutationP, stabilityIndex } from '../mix.ts'
import { type DriftRatings, kindNumber } from './drift-ratings.ts'

/** The mix of live items over segments in a period against the baseline. Never called drift. */
export interface MixChange {
  readonly period: number
  /** Items per segment. */
  readonly counts: readonly number[]
  readonly stabilityIndex: number
  /** Bits, 0 to 1; its root is a distance. */
  readonly divergence: number
  /** Permutation p of "the same mix". */
  readonly p: number
}

/** Changes of the mix; none where the baseline or a period has no live items, or there is one segment only. */
export function mixChanges(ratings: DriftRatings, seed = 1): MixChange[] {
  if (ratings.segmentCount < 2) return []
  const counts = segmentCounts(ratings)
  const before = counts[0] as readonly number[]
  if (sum(before) === 0) return []
  return counts.flatMap((after, period) => {
    if (period === 0 || sum(after) === 0) return []
    return [
      {
        period,
        counts: after,
        stabilityIndex: stabilityIndex(before, after),
        divergence: jensenShannon(before, after),
        p: mixPermutationP(before, after, seededRandom(seed)),
      },
    ]
  })
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

/** Live items per period and segment; an item counts once a period. */
function segmentCounts({ periodCount, segmentCount, item, period, segment, kind }: DriftRatings): number[][] {
  const counts = Array.from({ length: periodCount }, () => new Array<number>(segmentCount).fill(0))
  const seen = new Set<number>()
  item.forEach((i, entry) => {
    const key = i * periodCount + (period[entry] as number)
    if (kind[entry] !== kindNumber('live') || seen.has(key)) return
    seen.add(key)
    const row = counts[period[entry] as number] as number[]
    const s = segment[entry] as number
    row[s] = (row[s] as number) + 1
  })
  return counts
}
