import { type Estimated, notEstimable } from '../estimate.ts'
import { MISSING } from './levels.ts'
import { gridOf, type Ratings } from './ratings.ts'

/** Scores of every rater on every item, rows are items. */
export interface CompleteBlock {
  readonly estimable: true
  readonly items: number
  readonly raters: number
  readonly scores: Float64Array
}

/**
 * The scores as a complete items x raters block, or why there is none: measures that compare whole columns of raters need
 * every rater on every item. Items and raters without any rating are left out.
 */
export function completeBlock(ratings: Ratings): Estimated<CompleteBlock> {
  const items = distinct(ratings.item, ratings.itemCount)
  const raters = distinct(ratings.rater, ratings.raterCount)
  if (raters < 2) return notEstimable('needs two or more raters')
  if (items < 2) return notEstimable('needs two or more items')
  const empty = items * raters - ratings.item.length
  if (empty > 0)
    return notEstimable(
      `needs every rater on every item: ${empty.toLocaleString('en')} of ${(items * raters).toLocaleString('en')} combinations of item and rater are empty`,
    )
  const rated = gridOf(ratings).filter((level) => level !== MISSING)
  return {
    estimable: true,
    items,
    raters,
    scores: Float64Array.from(rated, (level) => ratings.levels[level] as number),
  }
}

/** How many of the numbers below `count` occur. */
export function distinct(numbers: Uint32Array, count: number): number {
  const seen = new Uint8Array(count)
  for (let i = 0; i < numbers.length; i++) seen[numbers[i] as number] = 1
  return seen.reduce((sum, one) => sum + one, 0)
}
