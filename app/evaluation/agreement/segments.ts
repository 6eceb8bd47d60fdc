import { eq, inArray } from 'drizzle-orm'
import { cases } from '#db/schema/cases.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import type { Columns } from '../ratings/in-force/columns.ts'

export type Segment = { category: string; userSegment: string }

/** The segments there are, and the place among them of each item that has ratings. */
export type ItemSegments = { segments: Segment[]; placeOf: Map<string, number>; places: Map<string, number> }

/** By the columns that the items are of: neither an item's case nor a case's segment ever changes. */
const kept = new WeakMap<Columns, ItemSegments>()

/** From so many items without a segment on it is cheaper to read those of all rounds. */
const ONE_BY_ONE_TO = 500

/** The segment of every item with ratings under a rubric version. */
export async function segmentsOf(read: Database, columns: Columns, rubricVersionId: string): Promise<ItemSegments> {
  const known: ItemSegments = kept.get(columns) ?? { segments: [], placeOf: new Map(), places: new Map() }
  const unknown = columns.items.names.filter((item) => !known.placeOf.has(item))
  if (unknown.length > 0)
    for (const { item, category, userSegment } of await readSegments(read, unknown, rubricVersionId)) {
      const key = `${category}\n${userSegment}`
      const place = known.places.get(key) ?? known.segments.push({ category, userSegment }) - 1
      known.places.set(key, place)
      known.placeOf.set(item, place)
    }
  kept.set(columns, known)
  return known
}

function readSegments(read: Database, unknown: readonly string[], rubricVersionId: string) {
  return read
    .select({ item: items.id, category: cases.category, userSegment: cases.userSegment })
    .from(rounds)
    .innerJoin(items, eq(items.roundId, rounds.id))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .where(
      unknown.length > ONE_BY_ONE_TO ? eq(rounds.rubricVersionId, rubricVersionId) : inArray(items.id, [...unknown]),
    )
}
