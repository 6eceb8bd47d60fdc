import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/store.server.ts'

/** Which rated responses anchors are drawn from; null: no limit. */
export type AnchorPool = {
  /** Rated under this version. */
  rubricVersionId: string
  systemVersionId: string | null
  /** Submitted at or after, and before, in ms. */
  from: number | null
  to: number | null
  /** By at least so many ratings. */
  least: number
}

export type Candidate = {
  responseId: string
  /** The mean of its levels as a place on the scale, 0 (lowest level) to 1; null where none could be judged. */
  place: number | null
}

/** Ratings `t` in force of items `i` that make a response a candidate: none that is an anchor, or was one, or is archived. */
const rated = (projectId: string, { rubricVersionId, systemVersionId, from, to }: AnchorPool): SQL => sql`
  ratings t join items i on i.id = t.item_id join responses r on r.id = i.response_id
    join cases c on c.id = i.case_id and c.archived_at is null and not c.sealed
  where t.rubric_version_id = ${rubricVersionId} and t.superseded_at is null and r.project_id = ${projectId} and r.reference_id is null
    ${systemVersionId === null ? sql`` : sql`and r.system_version_id = ${systemVersionId}`}
    ${from === null ? sql`` : sql`and t.submitted_at >= ${from}`}
    ${to === null ? sql`` : sql`and t.submitted_at < ${to}`}
    and not exists (select 1 from anchors a where a.project_id = ${projectId} and a.response_id = i.response_id)`

/** The candidates, by id. */
export async function candidatesIn(db: Database, projectId: string, pool: AnchorPool): Promise<Candidate[]> {
  return await db
    .select({ responseId: sql<string>`x.response_id`, place: sql<null>`null` })
    .from(sql`(
      select i.response_id from ${rated(projectId, pool)} group by i.response_id having count(*) >= ${pool.least}) x`)
    .orderBy(sql`x.response_id`)
}

/** The same with their places: it reads every score of the pool. */
export async function placedCandidates(db: Database, projectId: string, pool: AnchorPool): Promise<Candidate[]> {
  const scales = sql`select m.id, min(l.value) as lowest, max(l.value) as highest
    from dimensions m join levels l on l.dimension_id = m.id where m.rubric_version_id = ${pool.rubricVersionId} group by m.id`
  return await db
    .select({
      responseId: sql<string>`x.response_id`,
      place: sql<number | null>`x.place`.mapWith(Number),
    })
    .from(sql`(
      select y.response_id, avg((s.level - k.lowest) * 1.0 / (k.highest - k.lowest)) as place
      from (select t.id, i.response_id from ${rated(projectId, pool)}) y
        left join scores s on s.rating_id = y.id left join (${scales}) k on k.id = s.dimension_id
      group by y.response_id having count(distinct y.id) >= ${pool.least}) x`)
    .orderBy(sql`x.response_id`)
}
