import type { Ratings } from './ratings.ts'

/**
 * How two raters scored the items that both rated: `counts[a * K + b]` items got level a from the first, b from the second.
 */
export interface PairTable {
  readonly first: number
  readonly second: number
  readonly items: number
  readonly counts: Uint32Array
}

/**
 * Tables of all pairs of raters that share an item, `first` < `second`, in that order. One pass over the pairs of ratings of
 * each item; pairs without a common item have no table.
 */
export function pairTables(ratings: Ratings): PairTable[] {
  const width = ratings.levels.length
  const tables = new Map<number, { items: number; counts: Uint32Array }>()
  const { order, starts } = entriesByItem(ratings)
  const { rater, level } = ratings
  for (let item = 0; item < ratings.itemCount; item++) {
    const end = starts[item + 1] as number
    for (let i = starts[item] as number; i < end; i++) {
      for (let j = i + 1; j < end; j++) {
        const [a, b] = [order[i] as number, order[j] as number]
        const swapped = (rater[a] as number) > (rater[b] as number)
        const low = swapped ? b : a
        const high = swapped ? a : b
        const key = (rater[low] as number) * ratings.raterCount + (rater[high] as number)
        let table = tables.get(key)
        if (table === undefined) {
          table = { items: 0, counts: new Uint32Array(width * width) }
          tables.set(key, table)
        }
        const cell = (level[low] as number) * width + (level[high] as number)
        table.items++
        table.counts[cell] = (table.counts[cell] as number) + 1
      }
    }
  }
  return [...tables]
    .sort(([a], [b]) => a - b)
    .map(([key, table]) => ({
      first: Math.floor(key / ratings.raterCount),
      second: key % ratings.raterCount,
      ...table,
    }))
}

/** Entries of each item: `order[starts[item]]` up to `order[starts[item + 1]]` are its entries' positions (counting sort). */
export function entriesByItem({ item, itemCount }: Ratings): {
  readonly order: Uint32Array
  readonly starts: Uint32Array
} {
  const starts = new Uint32Array(itemCount + 1)
  for (let i = 0; i < item.length; i++) {
    const next = (item[i] as number) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let i = 0; i < itemCount; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const fill = starts.slice()
  const order = new Uint32Array(item.length)
  for (let i = 0; i < item.length; i++) {
    const position = fill[item[i] as number] as number
    order[position] = i
    fill[item[i] as number] = position + 1
  }
  return { order, starts }
}
