/**
 * Scores of one dimension in columns, as the consensus methods take them: entry i says that rater `rater[i]` gave item `item[i]`
 * the level with index `level[i]`. A rater may score an item more than once; each counts.
 */
export interface Votes {
  /** The rubric's levels, used or not. */
  readonly levels: readonly number[]
  readonly itemCount: number
  readonly raterCount: number
  readonly item: ArrayLike<number>
  readonly rater: ArrayLike<number>
  readonly level: ArrayLike<number>
}

/** Items x levels in rows: how often each item got each level. */
export function levelCounts({ levels, itemCount, item, level }: Votes): Float64Array {
  const counts = new Float64Array(itemCount * levels.length)
  for (let entry = 0; entry < item.length; entry++) {
    const cell = (item[entry] as number) * levels.length + (level[entry] as number)
    counts[cell] = (counts[cell] as number) + 1
  }
  return counts
}

/** Row `i` of a matrix with `width` columns, as shares; null where the row is empty. */
export function sharesOf(counts: Float64Array, i: number, width: number): Float64Array | null {
  const row = counts.slice(i * width, (i + 1) * width)
  const total = row.reduce((sum, count) => sum + count, 0)
  return total === 0 ? null : row.map((count) => count / total)
}
