import { type SQL, sql } from 'drizzle-orm'
import type { CLOSENESS_MEASURES } from '#db/schema/references.ts'
import type { Database } from '#db/store.server.ts'
import { inUseAsF } from '../references/in-use.ts'

export type Measure = (typeof CLOSENESS_MEASURES)[number]

/** Responses `r` of system versions to open, active cases `c`, with the references `f` they are compared with. */
const compared = (projectId: string): SQL => sql`
  from responses r join cases c on c.id = r.case_id join reference_answers f on f.case_id = c.id
  where r.project_id = ${projectId} and r.system_version_id is not null and c.pool = 'active' and not c.sealed
    and c.archived_at is null and ${inUseAsF}`

const unscored = (projectId: string, measure: Measure): SQL => sql`${compared(projectId)} and not exists (
  select 1 from closeness_scores s
  where s.response_id = r.id and s.reference_id = f.id and s.measure = ${measure})`

/** How many pairs of a response and a reference there are, and how many of them are not scored. */
export async function countPairs(
  db: Database,
  projectId: string,
  measure: Measure,
): Promise<{ all: number; unscored: number }> {
  const [row] = await db
    .select({ all: sql<number>`x.total`.mapWith(Number), unscored: sql<number>`x.open`.mapWith(Number) })
    .from(sql`(select (select count(*) ${compared(projectId)}) as total,
      (select count(*) ${unscored(projectId, measure)}) as open) x`)
  return row ?? { all: 0, unscored: 0 }
}

export type Pair = { responseId: string; referenceId: string; response: string; reference: string }

/** The next pairs that are not scored, at most so many. */
export const nextPairs = async (db: Database, projectId: string, measure: Measure, most: number): Promise<Pair[]> =>
  await db
    .select({
      responseId: sql<string>`x.response_id`,
      referenceId: sql<string>`x.reference_id`,
      response: sql<string>`x.response`,
      reference: sql<string>`x.reference`,
    })
    .from(sql`(select r.id as response_id, f.id as reference_id, r.text as response, f.text as reference
      ${unscored(projectId, measure)} order by r.id, f.id limit ${most}) x`)
