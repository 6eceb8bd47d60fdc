import { type Estimated, notEstimable } from '../../estimate.ts'
import type { Scores } from '../scores.ts'
import { type ClusteredMean, clusteredShare } from './clustered.ts'
import { entriesByRater } from './others.ts'

/** How a rater's scores lie to the consensus of the others: the median of the other raters on the same item and dimension. */
export interface WithConsensus {
  /** Share of scores at most half a level from the median: where two levels share the middle, either agrees. */
  readonly same: Estimated<ClusteredMean>
  /** Share of scores more than one level from it. */
  readonly far: Estimated<ClusteredMean>
}

/** Fewer others than this have no consensus. */
export const FEWEST_OTHERS = 2

/** Every rater against the others' consensus, where two others or more scored the same; intervals by item. */
export function withConsensus(scores: Scores): WithConsensus[] {
  const { item, dimension, level, levels, itemCount } = scores
  const width = levels.reduce((most, { length }) => Math.max(most, length), 1)
  const unitOf = (entry: number) => (item[entry] as number) * levels.length + (dimension[entry] as number)
  const counts = new Uint16Array(itemCount * levels.length * width)
  for (let entry = 0; entry < item.length; entry++) {
    const cell = unitOf(entry) * width + (level[entry] as number)
    counts[cell] = (counts[cell] as number) + 1
  }
  return entriesByRater(scores).map((entries) => {
    const items: number[] = []
    const same: number[] = []
    const far: number[] = []
    for (const entry of entries) {
      const x = level[entry] as number
      const unit = unitOf(entry) * width
      const median = medianWithout(counts.subarray(unit, unit + width), x)
      if (median === null) continue
      items.push(item[entry] as number)
      same.push(Math.abs(x - median) <= 0.5 ? 1 : 0)
      far.push(Math.abs(x - median) > 1 ? 1 : 0)
    }
    if (items.length === 0) {
      const none = notEstimable('no item was scored by two others too')
      return { same: none, far: none }
    }
    return { same: clusteredShare(same, items), far: clusteredShare(far, items) }
  })
}

/** Median of counted level indices less one of them; null where fewer than two are left. */
function medianWithout(counts: Uint16Array, own: number): number | null {
  let left = -1
  for (const count of counts) left += count
  if (left < FEWEST_OTHERS) return null
  const at = (rank: number): number => {
    let below = 0
    for (let k = 0; k < counts.length; k++) {
      below += (counts[k] as number) - (k === own ? 1 : 0)
      if (below >= rank) return k
    }
    return counts.length - 1
  }
  return (at(Math.ceil(left / 2)) + at(Math.floor(left / 2) + 1)) / 2
}
