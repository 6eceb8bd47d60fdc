import { refuseDuplicates } from './duplicates.ts'
import { Interner } from './interner.ts'

/** A row without a score: the rater could not judge. */
export const NO_SCORE = -0x80000000

/** The rows of a file in columns, names as numbers (see the interners). */
export interface RatingRows {
  readonly count: number
  readonly item: Uint32Array
  readonly rater: Uint32Array
  readonly dimension: Uint32Array
  readonly version: Uint32Array
  /** Value of the column to group by; all 0 without one. */
  readonly group: Uint32Array
  /** The score as written, or NO_SCORE. */
  readonly score: Int32Array
  readonly items: Interner
  readonly raters: Interner
  readonly dimensions: Interner
  readonly versions: Interner
  readonly groups: Interner
}

/** One row as numbers. */
export interface Row {
  readonly item: number
  readonly rater: number
  readonly dimension: number
  readonly version: number
  readonly group: number
  readonly score: number
}

/** Row numbers sorted by the value of a column: those of value v stand from `ends[v]` up to `ends[v + 1]` (counting sort). */
export function sortedBy(
  column: Uint32Array,
  names: number,
  rows: Uint32Array,
): { readonly sorted: Uint32Array; readonly ends: Uint32Array } {
  const ends = new Uint32Array(names + 1)
  for (let i = 0; i < rows.length; i++) {
    const next = (column[rows[i] as number] as number) + 1
    ends[next] = (ends[next] as number) + 1
  }
  for (let name = 0; name < names; name++) ends[name + 1] = (ends[name + 1] as number) + (ends[name] as number)
  const starts = ends.slice()
  const sorted = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const name = column[rows[i] as number] as number
    const position = starts[name] as number
    sorted[position] = rows[i] as number
    starts[name] = position + 1
  }
  return { sorted, ends }
}

/** Row numbers by the value of a column of few values. */
export function rowsBy(column: Uint32Array, names: number, rows: Uint32Array): Uint32Array[] {
  const { sorted, ends } = sortedBy(column, names, rows)
  return Array.from({ length: names }, (_, name) => sorted.subarray(ends[name], ends[name + 1]))
}

/** The numbers of all rows. */
export function allRows(count: number): Uint32Array {
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row++) rows[row] = row
  return rows
}

/** Gathers rows as they are read. */
export class RowBuilder {
  readonly items = new Interner()
  readonly raters = new Interner()
  readonly dimensions = new Interner()
  readonly versions = new Interner()
  readonly groups = new Interner()
  #count = 0
  #item = new Uint32Array(1 << 10)
  #rater = new Uint32Array(1 << 10)
  #dimension = new Uint32Array(1 << 10)
  #version = new Uint32Array(1 << 10)
  #group = new Uint32Array(1 << 10)
  #score = new Int32Array(1 << 10)
  #line = new Uint32Array(1 << 10)

  add(row: Row, line: number): void {
    if (this.#count === this.#item.length) this.#grow()
    const at = this.#count++
    this.#item[at] = row.item
    this.#rater[at] = row.rater
    this.#dimension[at] = row.dimension
    this.#version[at] = row.version
    this.#group[at] = row.group
    this.#score[at] = row.score
    this.#line[at] = line
  }

  /** @throws BadFile when an item was rated twice by the same rater in the same dimension and rubric version */
  rows(): RatingRows {
    const { items, raters, dimensions, versions, groups } = this
    const rows = {
      count: this.#count,
      item: this.#item.subarray(0, this.#count),
      rater: this.#rater.subarray(0, this.#count),
      dimension: this.#dimension.subarray(0, this.#count),
      version: this.#version.subarray(0, this.#count),
      group: this.#group.subarray(0, this.#count),
      score: this.#score.subarray(0, this.#count),
      items,
      raters,
      dimensions,
      versions,
      groups,
    }
    refuseDuplicates(rows, this.#line)
    return rows
  }

  #grow(): void {
    const size = this.#item.length * 2
    this.#item = grown(this.#item, new Uint32Array(size))
    this.#rater = grown(this.#rater, new Uint32Array(size))
    this.#dimension = grown(this.#dimension, new Uint32Array(size))
    this.#version = grown(this.#version, new Uint32Array(size))
    this.#group = grown(this.#group, new Uint32Array(size))
    this.#score = grown(this.#score, new Int32Array(size))
    this.#line = grown(this.#line, new Uint32Array(size))
  }
}

function grown<T extends Uint32Array | Int32Array>(old: Uint32Array | Int32Array, larger: T): T {
  larger.set(old)
  return larger
}
