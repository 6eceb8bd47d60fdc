import type { Scores } from '../scores.ts'
import { entriesByRater } from './others.ts'

/** How often each level was given, by dimension: by a rater, and by the others on the same items and dimensions. */
export interface LevelCounts {
  /** Dimension, then level index. */
  readonly own: readonly (readonly number[])[]
  readonly others: readonly (readonly number[])[]
}

/** Level counts of every rater by dimension. Each of the rater's own scores brings all others on the same thing with it. */
export function levelCountsByRater(scores: Scores): LevelCounts[] {
  const { item, dimension, level, levels, itemCount } = scores
  const width = levels.reduce((most, { length }) => Math.max(most, length), 1)
  const unitOf = (entry: number) => (item[entry] as number) * levels.length + (dimension[entry] as number)
  const units = new Uint16Array(itemCount * levels.length * width)
  for (let entry = 0; entry < item.length; entry++) {
    const cell = unitOf(entry) * width + (level[entry] as number)
    units[cell] = (units[cell] as number) + 1
  }
  return entriesByRater(scores).map((entries) => {
    const own = levels.map((scale) => scale.map(() => 0))
    const others = levels.map((scale) => scale.map(() => 0))
    for (const entry of entries) {
      const x = level[entry] as number
      const mine = own[dimension[entry] as number] as number[]
      const theirs = others[dimension[entry] as number] as number[]
      mine[x] = (mine[x] as number) + 1
      const unit = unitOf(entry) * width
      for (let k = 0; k < theirs.length; k++)
        theirs[k] = (theirs[k] as number) + (units[unit + k] as number) - (k === x ? 1 : 0)
    }
    return { own, others }
  })
}
