import { BadFile } from './bad-file.ts'
import { allRows, type RatingRows, sortedBy } from './rating-rows.ts'

/** Up to this many rows of an item, comparing each with each is faster than sorting. */
const FEW = 16

/**
 * Refuses a second rating of an item by the same rater in the same dimension and rubric version. Goes item by item, so that a
 * file sorted by items is gone through in order.
 *
 * @param lines the line of each row
 * @throws BadFile at the first second rating, naming both lines
 */
export function refuseDuplicates(rows: RatingRows, lines: Uint32Array): void {
  let first = -1
  let second = rows.count
  const { sorted, ends } = sortedBy(rows.item, rows.items.size, allRows(rows.count))
  for (let item = 0; item < rows.items.size; item++) {
    const start = ends[item] as number
    const end = ends[item + 1] as number
    const found = end - start > FEW ? bySorting(rows, sorted.slice(start, end)) : byComparing(rows, sorted, start, end)
    if (found === null || found[1] >= second) continue
    ;[first, second] = found
  }
  if (first < 0) return
  const what = `${rows.raters.name(rows.rater[second] as number)} already rated ${rows.items.name(rows.item[second] as number)}`
  const dimension = rows.dimensions.name(rows.dimension[second] as number)
  throw BadFile.at(lines[second] as number, `${what} (${dimension}) on line ${lines[first]}`)
}

type Pair = readonly [before: number, after: number]

/** The pair of equal rows whose second row comes first; rows are in the order of the file. */
function byComparing(rows: RatingRows, sorted: Uint32Array, start: number, end: number): Pair | null {
  for (let j = start + 1; j < end; j++)
    for (let i = start; i < j; i++)
      if (order(rows, sorted[i] as number, sorted[j] as number) === 0) return [sorted[i] as number, sorted[j] as number]
  return null
}

function bySorting(rows: RatingRows, ofItem: Uint32Array): Pair | null {
  ofItem.sort((a, b) => order(rows, a, b) || a - b)
  let found: Pair | null = null
  for (let i = 1; i < ofItem.length; i++) {
    const before = ofItem[i - 1] as number
    const after = ofItem[i] as number
    if ((found === null || after < found[1]) && order(rows, before, after) === 0) found = [before, after]
  }
  return found
}

function order({ rater, dimension, version }: RatingRows, a: number, b: number): number {
  return (
    (rater[a] as number) - (rater[b] as number) ||
    (dimension[a] as number) - (dimension[b] as number) ||
    (version[a] as number) - (version[b] as number)
  )
}
