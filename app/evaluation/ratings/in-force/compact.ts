import { type Columns, emptyColumns } from './columns.ts'
import { namesOf } from './names.ts'
import type { ItemSegments } from './segments.ts'

/** The same ratings without the rows that are gone and the names that only those had; names in order. */
export function compact(columns: Columns): Columns {
  const rows = rowsInForce(columns)
  const [round, item, rater] = [
    renumbered(rows, columns.round, columns.rounds.names),
    renumbered(rows, columns.item, columns.items.names),
    renumbered(rows, columns.rater, columns.raters.names),
  ]
  return {
    ...emptyColumns(columns.dimensions),
    rounds: namesOf(round.names),
    items: namesOf(item.names),
    raters: namesOf(rater.names),
    segments: segmentsFor(columns, item.names),
    rows: rows.length,
    round: round.column,
    item: item.column,
    rater: rater.column,
    source: taken(new Uint8Array(rows.length), columns.source, rows),
    submittedAt: taken(new Float64Array(rows.length), columns.submittedAt, rows),
    activeMs: taken(new Float64Array(rows.length), columns.activeMs, rows),
    gone: new Uint8Array(rows.length),
    codes: columns.codes.map((codes) => taken(new Uint8Array(rows.length), codes, rows)),
  }
}

function rowsInForce({ rows, gone }: Columns): Uint32Array {
  const found = new Uint32Array(rows)
  let n = 0
  for (let row = 0; row < rows; row++) if (gone[row] === 0) found[n++] = row
  return found.subarray(0, n)
}

function renumbered(rows: Uint32Array, column: Uint32Array, all: readonly string[]) {
  const seen = new Uint8Array(all.length)
  for (const row of rows) seen[column[row] as number] = 1
  const present = [...seen.keys()].filter((number) => seen[number] === 1)
  present.sort((a, b) => ((all[a] as string) < (all[b] as string) ? -1 : 1))
  const numbers = new Uint32Array(all.length)
  present.forEach((former, number) => {
    numbers[former] = number
  })
  return {
    names: present.map((number) => all[number] as string),
    column: taken(new Uint32Array(rows.length), column, rows).map((former) => numbers[former] as number),
  }
}

function taken<T extends Uint8Array | Uint32Array | Float64Array>(into: T, from: T, rows: Uint32Array): T {
  for (let n = 0; n < rows.length; n++) into[n] = from[rows[n] as number] as number
  return into
}

const segmentsFor = ({ items, segments }: Columns, names: readonly string[]): ItemSegments => ({
  all: [...segments.all],
  of: names.map((name) => segments.of[items.numbers.get(name) ?? -1] ?? -1),
})
