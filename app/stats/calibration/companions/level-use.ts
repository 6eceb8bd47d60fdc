import { type Estimated, notEstimable } from '../../estimate.ts'
import type { Scores } from '../scores.ts'
import type { Others } from './others.ts'

/** How a rater uses the scale, beside the other raters on the same items and dimensions. */
export interface LevelUse {
  /** Scores at each level index, over all dimensions. */
  readonly counts: readonly number[]
  /** Levels that make up 5 % of the rater's scores or more. */
  readonly levelsUsed: number
  /** Share of scores at neither end of their scale. */
  readonly middleShare: number | null
  readonly middleShareOfOthers: number | null
  /** Standard deviation of the rater's scores over that of the others' scores of the same things; below .8 is a narrow range. */
  readonly sdRatio: Estimated<Ratio>
  /** Slope of the rater's scores on the others' mean; below that of the pool the rater keeps to the middle. */
  readonly slope: Estimated<Ratio>
}

export interface Ratio {
  readonly estimable: true
  readonly value: number
  /** Scores that somebody else gave too. */
  readonly scores: number
}

const USED_FROM = 0.05

/** @param entries of one rater */
export function levelUse(scores: Scores, others: Others, entries: Uint32Array, middle: MiddleShares): LevelUse {
  const { level } = scores
  const counts = new Array<number>(scores.levels.reduce((most, { length }) => Math.max(most, length), 0)).fill(0)
  for (const entry of entries) counts[level[entry] as number] = (counts[level[entry] as number] as number) + 1
  const shared = entries.filter((entry) => (others.count[entry] as number) > 0)
  return {
    counts,
    levelsUsed: counts.filter((count) => count > 0 && count >= USED_FROM * entries.length).length,
    middleShare: middle.own(entries),
    middleShareOfOthers: middle.ofOthers(shared),
    sdRatio: sdRatio(level, others, shared),
    slope: slope(level, others, shared),
  }
}

function sdRatio(level: Uint8Array, others: Others, shared: Uint32Array): Estimated<Ratio> {
  if (shared.length < 2) return notEstimable('fewer than two scores that somebody else gave too')
  const own = [0, 0, 0]
  const theirs = [0, 0, 0]
  for (const entry of shared) {
    const x = level[entry] as number
    add(own, 1, x, x * x)
    add(theirs, others.count[entry] as number, others.sum[entry] as number, others.squares[entry] as number)
  }
  const ratio = Math.sqrt(varianceOf(own) / varianceOf(theirs))
  return Number.isFinite(ratio)
    ? { estimable: true, value: ratio, scores: shared.length }
    : notEstimable('the others gave the same score throughout')
}

function add(sums: number[], count: number, sum: number, squares: number): void {
  sums[0] = (sums[0] as number) + count
  sums[1] = (sums[1] as number) + sum
  sums[2] = (sums[2] as number) + squares
}

function varianceOf([count = 0, sum = 0, squares = 0]: readonly number[]): number {
  return Math.max(0, (squares - sum ** 2 / count) / (count - 1))
}

function slope(level: Uint8Array, others: Others, shared: Uint32Array): Estimated<Ratio> {
  let [sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0]
  for (const entry of shared) {
    const x = others.mean[entry] as number
    const y = level[entry] as number
    sumX += x
    sumY += y
    sumXX += x * x
    sumXY += x * y
  }
  const n = shared.length
  const spread = sumXX - sumX ** 2 / n
  if (n < 3 || !(spread > 1e-9)) return notEstimable('the others gave too few, or all the same, scores')
  return { estimable: true, value: (sumXY - (sumX * sumY) / n) / spread, scores: n }
}

/** Shares of scores at neither end of their scale: of some entries, and of the other raters on the same things. */
export interface MiddleShares {
  own(entries: Uint32Array): number | null
  ofOthers(entries: Uint32Array): number | null
}

export function middleShares({ item, dimension, level, levels, itemCount }: Scores): MiddleShares {
  const inMiddle = Uint8Array.from(level, (k, entry) => {
    const top = (levels[dimension[entry] as number]?.length ?? 1) - 1
    return k > 0 && k < top ? 1 : 0
  })
  const unitOf = (entry: number) => (item[entry] as number) * levels.length + (dimension[entry] as number)
  const total = new Uint32Array(itemCount * levels.length)
  const middle = new Uint32Array(itemCount * levels.length)
  for (let entry = 0; entry < item.length; entry++) {
    const unit = unitOf(entry)
    total[unit] = (total[unit] as number) + 1
    middle[unit] = (middle[unit] as number) + (inMiddle[entry] as number)
  }
  return {
    own: (entries) =>
      entries.length === 0
        ? null
        : entries.reduce((sum, entry) => sum + (inMiddle[entry] as number), 0) / entries.length,
    ofOthers: (entries) => {
      let [all, some] = [0, 0]
      for (const entry of entries) {
        all += (total[unitOf(entry)] as number) - 1
        some += (middle[unitOf(entry)] as number) - (inMiddle[entry] as number)
      }
      return all === 0 ? null : some / all
    },
  }
}
