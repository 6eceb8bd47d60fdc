import { eq, inArray } from 'drizzle-orm'
import { cases } from '#db/schema/cases.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import type { Columns } from './columns.ts'

export type Segment = { category: string; userSegment: string }

/** The segments there are, and the place among them of each item with ratings, by its number; -1: it has none. */
export type ItemSegments = { all: Segment[]; of: number[] }

export const noSegments = (): ItemSegments => ({ all: [], of: [] })

/** From so many items without a segment on it is cheaper to read those of all rounds. */
const ONE_BY_ONE_TO = 500

/** Adds the segment of every item that came in since. Neither an item's case nor a case's segment ever changes. */
export async function readSegments(read: Database, columns: Columns, rubricVersionId: string): Promise<void> {
  const { items: known, segments } = columns
  const unknown = known.names.slice(segments.of.length)
  if (unknown.length === 0) return
  const rows = await segmentsIn(read, unknown, rubricVersionId)
  for (let item = segments.of.length; item < known.names.length; item++) segments.of.push(-1)
  const places = new Map(segments.all.map((segment, place) => [keyOf(segment), place]))
  for (const { item, ...segment } of rows) {
    const number = known.numbers.get(item)
    if (number === undefined) continue
    const key = keyOf(segment)
    const place = places.get(key) ?? segments.all.push(segment) - 1
    places.set(key, place)
    segments.of[number] = place
  }
}

const keyOf = ({ category, userSegment }: Segment): string => `${category}\n${userSegment}`

function segmentsIn(read: Database, unknown: readonly string[], rubricVersionId: string) {
  return read
    .select({ item: items.id, category: cases.category, userSegment: cases.userSegment })
    .from(rounds)
    .innerJoin(items, eq(items.roundId, rounds.id))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .where(
      unknown.length > ONE_BY_ONE_TO ? eq(rounds.rubricVersionId, rubricVersionId) : inArray(items.id, [...unknown]),
    )
}
