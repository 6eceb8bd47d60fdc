import { type Estimated, notEstimable } from '../../estimate.ts'
import { seededRandom } from '../../random.ts'
import { jensenShannon, mixPermutationP, stabilityIndex } from '../mix.ts'
import { type DriftRatings, isLive } from './drift-ratings.ts'

/** The mix of live items over segments in a period against the first one that has any. Never called drift. */
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

/** Changes of the mix; none where there is one segment only. Periods without live items are left out. */
export function mixChanges(ratings: DriftRatings, seed = 1): MixChange[] {
  if (ratings.segmentCount < 2) return []
  const counts = segmentCounts(ratings)
  const baseline = counts.findIndex((some) => sum(some) > 0)
  const before = counts[baseline]
  if (before === undefined) return []
  return counts.flatMap((after, period) => {
    if (period <= baseline || sum(after) === 0) return []
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

/** The mix of two periods. */
export interface MixBetween {
  readonly estimable: true
  /** Items per segment. */
  readonly before: number[]
  readonly after: number[]
  readonly stabilityIndex: number
  /** Bits, 0 to 1. */
  readonly divergence: number
  /** Permutation p of "the same mix". */
  readonly p: number
}

/** Compares the mix of live items of two periods by their numbers. */
export function mixBetween(ratings: DriftRatings, from: number, to: number, seed = 1): Estimated<MixBetween> {
  if (from === to) return notEstimable('there are no two periods to compare')
  if (ratings.segmentCount < 2) return notEstimable('there is one segment only')
  const counts = segmentCounts(ratings)
  const [before = [], after = []] = [counts[from], counts[to]]
  if (sum(before) === 0 || sum(after) === 0) return notEstimable('a period has no live items')
  return {
    estimable: true,
    before,
    after,
    stabilityIndex: stabilityIndex(before, after),
    divergence: jensenShannon(before, after),
    p: mixPermutationP(before, after, seededRandom(seed)),
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

/** Live items per period and segment; an item counts once a period. */
export function segmentCounts(ratings: DriftRatings): number[][] {
  const { periodCount, segmentCount, item, period, segment } = ratings
  const counts = Array.from({ length: periodCount }, () => new Array<number>(segmentCount).fill(0))
  const seen = new Set<number>()
  item.forEach((i, entry) => {
    const key = i * periodCount + (period[entry] as number)
    if (!isLive(ratings, entry) || seen.has(key)) return
    seen.add(key)
    const row = counts[period[entry] as number] as number[]
    const s = segment[entry] as number
    row[s] = (row[s] as number) + 1
  })
  return counts
}
