import { RATING_SOURCES } from '#db/schema/ratings.ts'
import type { Dimension } from '../../rubrics/read.ts'
import { namesOf, numberOf } from './names.ts'
import { type ItemSegments, noSegments } from './segments.ts'

/** A rating as it is read, its levels one code a dimension (see `Columns`). */
export type Read = {
  id: string
  item: string
  rater: string
  source: (typeof RATING_SOURCES)[number]
  at: number
  activeMs: number | null
  codes: readonly number[]
}

/** Names by number, and numbers by name, in order of appearance. */
export type Names = { names: string[]; numbers: Map<string, number> }

/**
 * The ratings in force under one rubric version, a row each, in columns: some 40 bytes a rating. Rows of ratings that are no longer
 * in force stay, and are marked as gone.
 */
export type Columns = {
  dimensions: readonly Dimension[]
  rounds: Names
  items: Names
  raters: Names
  segments: ItemSegments
  rows: number
  round: Uint32Array
  item: Uint32Array
  rater: Uint32Array
  /** Place in RATING_SOURCES. */
  source: Uint8Array
  submittedAt: Float64Array
  /** NaN: not measured. */
  activeMs: Float64Array
  gone: Uint8Array
  /** By dimension: 0 not asked, k the k-th level from below, `CANNOT_JUDGE` no level. */
  codes: Uint8Array[]
}

/** A rubric has at most ten levels. */
export const MOST_LEVELS = 10
export const CANNOT_JUDGE = MOST_LEVELS + 1

const FIRST_ROOM = 1_024

export const emptyColumns = (dimensions: readonly Dimension[]): Columns => ({
  dimensions,
  rounds: namesOf([]),
  items: namesOf([]),
  raters: namesOf([]),
  segments: noSegments(),
  rows: 0,
  round: new Uint32Array(FIRST_ROOM),
  item: new Uint32Array(FIRST_ROOM),
  rater: new Uint32Array(FIRST_ROOM),
  source: new Uint8Array(FIRST_ROOM),
  submittedAt: new Float64Array(FIRST_ROOM),
  activeMs: new Float64Array(FIRST_ROOM),
  gone: new Uint8Array(FIRST_ROOM),
  codes: dimensions.map(() => new Uint8Array(FIRST_ROOM)),
})

export function append(columns: Columns, roundId: string, read: Read): void {
  if (columns.rows === columns.item.length) makeRoom(columns)
  const row = columns.rows++
  columns.round[row] = numberOf(columns.rounds, roundId)
  columns.item[row] = numberOf(columns.items, read.item)
  columns.rater[row] = numberOf(columns.raters, read.rater)
  columns.source[row] = RATING_SOURCES.indexOf(read.source)
  columns.submittedAt[row] = read.at
  columns.activeMs[row] = read.activeMs ?? Number.NaN
  columns.gone[row] = 0
  columns.codes.forEach((codes, d) => {
    codes[row] = read.codes[d] ?? 0
  })
}

/** Twice the room; columns that were compacted have none to spare. */
function makeRoom(columns: Columns): void {
  const room = Math.max(FIRST_ROOM, 2 * columns.item.length)
  const wider = <T extends Uint8Array | Uint32Array | Float64Array>(to: T, from: T): T => {
    to.set(from)
    return to
  }
  columns.round = wider(new Uint32Array(room), columns.round)
  columns.item = wider(new Uint32Array(room), columns.item)
  columns.rater = wider(new Uint32Array(room), columns.rater)
  columns.source = wider(new Uint8Array(room), columns.source)
  columns.submittedAt = wider(new Float64Array(room), columns.submittedAt)
  columns.activeMs = wider(new Float64Array(room), columns.activeMs)
  columns.gone = wider(new Uint8Array(room), columns.gone)
  columns.codes = columns.codes.map((codes) => wider(new Uint8Array(room), codes))
}
