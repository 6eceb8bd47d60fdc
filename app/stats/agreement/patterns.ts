import { checkLevels } from './levels.ts'
import type { Ratings } from './ratings.ts'

/**
 * Sufficient statistics of agreement: the distinct level counts that items have, and how many items have each. Pattern p has
 * `counts[p * K + k]` ratings at level k, on each of `items[p]` items (K levels). Who rated is not kept.
 */
export interface Patterns {
  readonly levels: readonly number[]
  readonly counts: Uint32Array
  readonly items: Float64Array
}

/** A pattern as SQL counts it: ratings per level (lowest first), and the number of items with exactly these. */
export interface PatternRow {
  readonly counts: readonly number[]
  readonly items: number
}

/**
 * Patterns from rows, equal ones merged, empty ones left out.
 *
 * @throws RangeError when a row's counts do not fit the levels, or a number is not a non-negative integer
 */
export function patternsFrom(rows: Iterable<PatternRow>, levels: readonly number[]): Patterns {
  checkLevels(levels)
  const merged = new Map<string, PatternRow>()
  for (const row of rows) {
    if (row.counts.length !== levels.length)
      throw new RangeError(`a pattern has ${row.counts.length} counts for ${levels.length} levels`)
    for (const value of [...row.counts, row.items])
      if (!Number.isSafeInteger(value) || value < 0)
        throw new RangeError(`counts must be non-negative integers, not ${value}`)
    if (row.items === 0 || row.counts.every((count) => count === 0)) continue
    const key = row.counts.join(' ')
    merged.set(key, { counts: row.counts, items: row.items + (merged.get(key)?.items ?? 0) })
  }
  const distinct = [...merged.values()]
  return {
    levels,
    counts: Uint32Array.from(distinct.flatMap((row) => row.counts)),
    items: Float64Array.from(distinct, (row) => row.items),
  }
}

/** Patterns of ratings, and which pattern each item has. */
export interface PatternedItems {
  readonly patterns: Patterns
  /** Pattern of each item; -1 for an item without ratings. */
  readonly patternOf: Int32Array
}

/** Counts ratings per item and level, then equal counts: two passes, no sorting. */
export function patternsOf(ratings: Ratings): PatternedItems {
  const width = ratings.levels.length
  const perItem = new Uint32Array(ratings.itemCount * width)
  const { item, level } = ratings
  for (let i = 0; i < item.length; i++) {
    const cell = (item[i] as number) * width + (level[i] as number)
    perItem[cell] = (perItem[cell] as number) + 1
  }
  return groupRows(perItem, ratings.itemCount, ratings.levels)
}

function groupRows(perItem: Uint32Array, itemCount: number, levels: readonly number[]): PatternedItems {
  const width = levels.length
  const most = perItem.reduce((largest, count) => Math.max(largest, count), 0)
  const keyOf = rowKey(perItem, width, most + 1)
  const numbers = new Map<number | string, number>()
  const counts: number[] = []
  const items: number[] = []
  const patternOf = new Int32Array(itemCount).fill(-1)
  for (let row = 0; row < itemCount; row++) {
    const key = keyOf(row * width)
    if (key === 0) continue
    let number = numbers.get(key)
    if (number === undefined) {
      number = items.length
      numbers.set(key, number)
      items.push(0)
      for (let k = 0; k < width; k++) counts.push(perItem[row * width + k] as number)
    }
    items[number] = (items[number] as number) + 1
    patternOf[row] = number
  }
  return { patterns: { levels, counts: Uint32Array.from(counts), items: Float64Array.from(items) }, patternOf }
}

/** A row of counts as one key; 0 for a row without ratings. A number in mixed radix where it fits exactly, else text. */
function rowKey(perItem: Uint32Array, width: number, radix: number): (start: number) => number | string {
  if (radix ** width <= Number.MAX_SAFE_INTEGER)
    return (start) => {
      let key = 0
      for (let k = 0; k < width; k++) key = key * radix + (perItem[start + k] as number)
      return key
    }
  return (start) => {
    const row = perItem.subarray(start, start + width)
    return row.every((count) => count === 0) ? 0 : row.join(' ')
  }
}
