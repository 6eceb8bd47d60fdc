import { type Estimated, notEstimable } from '../../estimate.ts'
import { quantileOfSorted } from '../../inference/quantile.ts'

/** Active time of one rater on one item, in seconds. */
export interface Timing {
  readonly rater: number
  readonly item: number
  readonly seconds: number
}

/** How long a rater takes an item. */
export interface Pace {
  readonly rater: number
  readonly items: number
  readonly median: number
  readonly lowerQuartile: number
  readonly upperQuartile: number
  /** Typical time over that of the others on the same items (ratio of geometric means); below 1 is faster. */
  readonly ratio: Estimated<{ readonly estimable: true; readonly value: number; readonly items: number }>
}

/** Pace of every rater with a timing, in the order of their numbers. Timings that are not positive are left out. */
export function pacesOf(timings: readonly Timing[]): Pace[] {
  const perItem = new Map<number, { sum: number; count: number }>()
  const perRater = new Map<number, Timing[]>()
  for (const timing of timings) {
    if (!(timing.seconds > 0)) continue
    const item = perItem.get(timing.item) ?? { sum: 0, count: 0 }
    item.sum += Math.log(timing.seconds)
    item.count++
    perItem.set(timing.item, item)
    const own = perRater.get(timing.rater)
    if (own === undefined) perRater.set(timing.rater, [timing])
    else own.push(timing)
  }
  return [...perRater]
    .sort(([a], [b]) => a - b)
    .map(([rater, own]) => {
      const sorted = Float64Array.from(own, ({ seconds }) => seconds).sort()
      return {
        rater,
        items: own.length,
        median: quantileOfSorted(sorted, 0.5),
        lowerQuartile: quantileOfSorted(sorted, 0.25),
        upperQuartile: quantileOfSorted(sorted, 0.75),
        ratio: ratioOf(own, perItem),
      }
    })
}

function ratioOf(own: readonly Timing[], perItem: ReadonlyMap<number, { sum: number; count: number }>): Pace['ratio'] {
  let sum = 0
  let items = 0
  for (const { item, seconds } of own) {
    const all = perItem.get(item)
    if (all === undefined || all.count < 2) continue
    const log = Math.log(seconds)
    sum += log - (all.sum - log) / (all.count - 1)
    items++
  }
  if (items === 0) return notEstimable('nobody else was timed on the same items')
  return { estimable: true, value: Math.exp(sum / items), items }
}
