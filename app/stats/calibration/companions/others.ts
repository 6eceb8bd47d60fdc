import type { Scores } from '../scores.ts'

/** For every entry, the other raters' scores of the same item on the same dimension. */
export interface Others {
  /** Their mean level index; NaN where nobody else scored it. */
  readonly mean: Float64Array
  readonly count: Uint32Array
  /** Sum and sum of squares of their level indices. */
  readonly sum: Float64Array
  readonly squares: Float64Array
}

export function othersOf(scores: Scores): Others {
  const { item, dimension, level, levels, itemCount } = scores
  const units = itemCount * levels.length
  const unitCount = new Uint32Array(units)
  const unitSum = new Float64Array(units)
  const unitSquares = new Float64Array(units)
  const unitOf = (entry: number) => (item[entry] as number) * levels.length + (dimension[entry] as number)
  for (let entry = 0; entry < item.length; entry++) {
    const unit = unitOf(entry)
    const x = level[entry] as number
    unitCount[unit] = (unitCount[unit] as number) + 1
    unitSum[unit] = (unitSum[unit] as number) + x
    unitSquares[unit] = (unitSquares[unit] as number) + x * x
  }
  const count = new Uint32Array(item.length)
  const sum = new Float64Array(item.length)
  const squares = new Float64Array(item.length)
  const mean = new Float64Array(item.length)
  for (let entry = 0; entry < item.length; entry++) {
    const unit = unitOf(entry)
    const x = level[entry] as number
    count[entry] = (unitCount[unit] as number) - 1
    sum[entry] = (unitSum[unit] as number) - x
    squares[entry] = (unitSquares[unit] as number) - x * x
    mean[entry] = count[entry] === 0 ? Number.NaN : (sum[entry] as number) / (count[entry] as number)
  }
  return { mean, count, sum, squares }
}

/** Entries of each rater, in the order of the scores. */
export function entriesByRater({ rater, raterCount }: Scores): Uint32Array[] {
  const sizes = new Uint32Array(raterCount)
  for (const r of rater) sizes[r] = (sizes[r] as number) + 1
  const groups = Array.from(sizes, (size) => new Uint32Array(size))
  sizes.fill(0)
  for (let entry = 0; entry < rater.length; entry++) {
    const r = rater[entry] as number
    const at = sizes[r] as number
    ;(groups[r] as Uint32Array)[at] = entry
    sizes[r] = at + 1
  }
  return groups
}
