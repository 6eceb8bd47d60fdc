import type { NamedRatings } from '#app/stats/agreement/ratings.ts'
import { CANNOT_JUDGE } from '../ratings/in-force/columns.ts'
import type { Passing } from './passing.ts'

/**
 * The scores on a dimension, items and raters numbered in the order of their ids; those without a score are left out.
 *
 * @param d place of the dimension
 */
export function scoresOn({ columns, rows }: Passing, d: number): NamedRatings {
  const codes = columns.codes[d] as Uint8Array
  const [items, raters] = [[] as string[], [] as string[]]
  const raterNumbers = numbersOf(columns, rows, codes, raters)
  const [item, rater, level] = [new Uint32Array(rows.length), new Uint32Array(rows.length), new Uint8Array(rows.length)]
  let n = 0
  let last = -1
  for (const row of rows) {
    const code = codes[row] as number
    if (code === 0 || code === CANNOT_JUDGE) continue
    const here = columns.item[row] as number
    if (here !== last) items.push(columns.items.names[here] as string)
    last = here
    item[n] = items.length - 1
    rater[n] = raterNumbers[columns.rater[row] as number] as number
    level[n] = code - 1
    n++
  }
  return {
    levels: (columns.dimensions[d]?.levels ?? []).map(({ value }) => value),
    itemCount: items.length,
    raterCount: raters.length,
    item: item.subarray(0, n),
    rater: rater.subarray(0, n),
    level: level.subarray(0, n),
    items,
    raters,
  }
}

/** Numbers raters with a score by their ids, whose names go into `raters`. */
function numbersOf(
  { raters: all, rater }: Passing['columns'],
  rows: Uint32Array,
  codes: Uint8Array,
  raters: string[],
): Uint32Array {
  const seen = new Uint8Array(all.names.length)
  for (const row of rows) {
    const code = codes[row] as number
    if (code !== 0 && code !== CANNOT_JUDGE) seen[rater[row] as number] = 1
  }
  const present = [...seen.keys()].filter((number) => seen[number] === 1)
  present.sort((a, b) => ((all.names[a] as string) < (all.names[b] as string) ? -1 : 1))
  const numbers = new Uint32Array(all.names.length)
  for (const number of present) {
    numbers[number] = raters.length
    raters.push(all.names[number] as string)
  }
  return numbers
}

/** How often the dimension could not be judged. */
export function cannotJudgeOn({ columns, rows }: Passing, d: number): number {
  const codes = columns.codes[d] as Uint8Array
  return rows.reduce((sum, row) => sum + (codes[row] === CANNOT_JUDGE ? 1 : 0), 0)
}
