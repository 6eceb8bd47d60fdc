import { inArray, type SQL, sql } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { responseHash } from '#app/evaluation/cases/hash.ts'
import { insertRows, pieces } from '#app/evaluation/imports/rows.ts'
import { caseConditions } from '#app/evaluation/rounds/matching.ts'
import type { ItemFilter } from '#app/evaluation/rounds/shown.ts'
import { references, responses } from '#db/schema/cases.ts'
import type { Database, Store } from '#db/store.server.ts'
import { inUseAsF } from '../in-use.ts'

type Asked = Omit<ItemFilter, 'sample'> & { rubricVersionId: string }

/**
 * `from ... where` of the references `f` in use that a round may lay before raters: of open cases `c` that pass the filter,
 * and none that was in a round under the same rubric version. Those of sealed cases would have to be opened for it.
 */
const toRate = (projectId: string, { rubricVersionId, ...filter }: Asked): SQL => sql`
  from reference_answers f join cases c on c.id = f.case_id
  where f.project_id = ${projectId} and ${inUseAsF} and not c.sealed and ${caseConditions(filter)}
    and not exists (select 1 from responses r
      join items i on i.case_id = r.case_id and i.response_id = r.id and i.reason = 'reference'
      join rounds d on d.id = i.round_id
      where r.reference_id = f.id and d.rubric_version_id = ${rubricVersionId})`

/** How many references such a round would hold. */
export async function countToRate(db: Database, projectId: string, asked: Asked): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`x.n`.mapWith(Number) })
    .from(sql`(select count(*) as n ${toRate(projectId, asked)}) x`)
  return row?.n ?? 0
}

/** Their ids. */
export async function referencesToRate(db: Database, projectId: string, asked: Asked): Promise<string[]> {
  const rows = await db
    .select({ id: sql<string>`x.id` })
    .from(sql`(select f.id ${toRate(projectId, asked)}) x`)
    .orderBy(sql`x.id`)
  return rows.map(({ id }) => id)
}

/**
 * Gives each reference the response that stands for it before raters, and returns those. One that has one keeps it: a
 * reference is never changed.
 */
export async function asResponses(
  store: Store,
  projectId: string,
  referenceIds: readonly string[],
): Promise<{ responseId: string; caseId: string }[]> {
  const made: { responseId: string; caseId: string }[] = []
  for (const ids of pieces(referenceIds)) {
    await store.write(async (tx) => {
      const known = await tx
        .select({ id: responses.referenceId })
        .from(responses)
        .where(inArray(responses.referenceId, ids))
      const there = new Set(known.map(({ id }) => id))
      const texts = await tx
        .select({ id: references.id, caseId: references.caseId, text: references.text })
        .from(references)
        .where(inArray(references.id, ids))
      const rows = texts
        .filter(({ id }) => !there.has(id))
        .map(({ id, caseId, text }) => ({
          id: newId(),
          projectId,
          caseId,
          referenceId: id,
          text,
          metadata: {},
          contentHash: responseHash(text, {}),
          createdAt: now(),
        }))
      await insertRows(tx, responses, rows)
    })
    const rows = await store.read
      .select({ responseId: responses.id, caseId: responses.caseId })
      .from(responses)
      .where(inArray(responses.referenceId, ids))
    made.push(...rows)
  }
  return made
}
