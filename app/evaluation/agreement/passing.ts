import { and, eq } from 'drizzle-orm'
import { RATING_SOURCES } from '#db/schema/ratings.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import type { Columns } from '../ratings/in-force/columns.ts'
import { ratingsInForce } from '../ratings/in-force/kept.ts'
import { placesOf } from '../ratings/in-force/names.ts'
import { referenceItemsUnder } from '../references/placement/items.ts'
import { itemPasses, type Settled } from './filter.ts'

/** Rows of the columns that pass a filter, by the id of the item and then of the rater. */
export type Passing = { columns: Columns; rows: Uint32Array }

/**
 * The ratings in force of responses (and not of references) that pass the filter, from columns that are kept. They are shared and grow: take from them what is needed
 * before awaiting anything else.
 */
export async function passing(read: Database, filter: Settled): Promise<Passing> {
  const [wanted, left] = [await itemsOf(read, filter), await referenceItemsUnder(read, filter.rubricVersionId)]
  const columns = await ratingsInForce(read, filter.rubricVersionId)
  return { columns, rows: inOrder(columns, chosen(columns, filter, { wanted, left })) }
}

/** Ids of the items of a segment and a system; null: all. */
async function itemsOf(read: Database, filter: Settled): Promise<Set<string> | null> {
  const condition = itemPasses(read, filter)
  if (!condition) return null
  const rows = await read
    .select({ id: items.id })
    .from(items)
    .innerJoin(rounds, eq(rounds.id, items.roundId))
    .where(
      and(
        eq(rounds.rubricVersionId, filter.rubricVersionId),
        filter.roundId === null ? undefined : eq(rounds.id, filter.roundId),
        condition,
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

/** Which items count: those of a segment and a system where such are asked for, and never the references among them. */
type Items = { wanted: ReadonlySet<string> | null; left: ReadonlySet<string> }

function chosen(columns: Columns, filter: Settled, { wanted, left }: Items): Uint32Array {
  const { roundId, from, to, source, without, sharedWith } = filter
  const placeIn = ({ numbers }: Columns['rounds'], name: string | null) =>
    name === null ? null : (numbers.get(name) ?? -1)
  const [round, other, shared] = [
    placeIn(columns.rounds, roundId),
    placeIn(columns.raters, without),
    placeIn(columns.raters, sharedWith),
  ]
  const origin = source === null ? null : RATING_SOURCES.indexOf(source)
  const item = (name: string) => ((wanted === null || wanted.has(name)) && !left.has(name) ? 1 : 0)
  const passes = Uint8Array.from(columns.items.names, item)
  if (shared !== null) leaveOnly(passes, columns, shared)
  const rows = new Uint32Array(columns.rows)
  let n = 0
  for (let row = 0; row < columns.rows; row++) {
    if (columns.gone[row] === 1 || passes[columns.item[row] as number] === 0) continue
    if (round !== null && columns.round[row] !== round) continue
    if (other !== null && columns.rater[row] === other) continue
    if (origin !== null && columns.source[row] !== origin) continue
    const at = columns.submittedAt[row] as number
    if ((from !== null && at < from) || (to !== null && at >= to)) continue
    rows[n++] = row
  }
  return rows.subarray(0, n)
}

/** Items that the rater rated. */
function leaveOnly(passes: Uint8Array, { rows, gone, rater, item }: Columns, who: number): void {
  const rated = new Uint8Array(passes.length)
  for (let row = 0; row < rows; row++) if (rater[row] === who && gone[row] === 0) rated[item[row] as number] = 1
  for (let i = 0; i < passes.length; i++) if (rated[i] === 0) passes[i] = 0
}

/** By place of the rater, then, that order kept, by place of the item: two counting sorts. */
function inOrder({ items: itemNames, raters, item, rater }: Columns, rows: Uint32Array): Uint32Array {
  const byRater = sorted(rows, rater, placesOf(raters))
  return sorted(byRater, item, placesOf(itemNames))
}

function sorted(rows: Uint32Array, key: Uint32Array, places: Uint32Array): Uint32Array {
  const next = new Uint32Array(places.length + 1)
  const placeOf = (row: number) => places[key[row] as number] as number
  for (const row of rows) next[placeOf(row) + 1] = (next[placeOf(row) + 1] as number) + 1
  for (let place = 1; place < next.length; place++) next[place] = (next[place] as number) + (next[place - 1] as number)
  const into = new Uint32Array(rows.length)
  for (const row of rows) {
    const place = placeOf(row)
    into[next[place] as number] = row
    next[place] = (next[place] as number) + 1
  }
  return into
}
