import { sql } from 'drizzle-orm'
import type { Database } from '#db/store.server.ts'

// `> ''` and not `is not null`: both engines find it in the index, so that it costs what there are of them.
const fromThem = sql`from responses rr join items ri on ri.case_id = rr.case_id and ri.response_id = rr.id`
const areReferences = sql`rr.reference_id > ''`

/**
 * Ids of the items that lay a reference before raters as if it were a response, as a subquery. Their ratings say where the
 * references stand, and nothing of the product: figures of responses leave them out.
 */
export const referenceItems = sql`(select ri.id ${fromThem} where ${areReferences})`

/** The same, of rounds under one rubric version, as a set. */
export async function referenceItemsUnder(db: Database, rubricVersionId: string): Promise<ReadonlySet<string>> {
  const rows = await db.select({ id: sql<string>`x.id` }).from(sql`(select ri.id ${fromThem}
    join rounds d on d.id = ri.round_id where ${areReferences} and d.rubric_version_id = ${rubricVersionId}) x`)
  return new Set(rows.map(({ id }) => id))
}
