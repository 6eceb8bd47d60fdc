import { sql } from 'drizzle-orm'
import type { Placed } from '#app/stats/closeness/thresholds.ts'
import { CLOSEST } from '#db/schema/ratings.ts'
import type { Database } from '#db/store.server.ts'
import { inUseAsF } from '../references/in-use.ts'
import type { Measure } from './pairs.ts'

/** Experts' answers from the worst to the best, as `OUTCOMES` are ordered. */
const PLACES: readonly string[] = [...CLOSEST].reverse()

/**
 * Responses that are scored and of which experts said which reference is closest: the median of their answers (of two in the
 * middle, the lower). `group`: the case.
 */
export async function placedByExperts(
  db: Database,
  projectId: string,
  measure: Measure,
): Promise<{ placed: Placed[]; ratings: number }> {
  const answers = await db
    .select({ responseId: sql<string>`x.response_id`, closest: sql<string>`x.closest` })
    .from(sql`(select i.response_id, t.closest_reference as closest
      from ratings t join items i on i.id = t.item_id join responses r on r.id = i.response_id
      where r.project_id = ${projectId} and r.system_version_id is not null
        and t.superseded_at is null and t.closest_reference is not null) x`)
  const byResponse = new Map<string, number[]>()
  for (const { responseId, closest } of answers) {
    const given = byResponse.get(responseId) ?? []
    given.push(PLACES.indexOf(closest))
    byResponse.set(responseId, given)
  }
  const rows = await db
    .select({
      responseId: sql<string>`x.response_id`,
      group: sql<string>`x.case_id`,
      high: sql<number>`x.high`.mapWith(Number),
      borderline: sql<number>`x.borderline`.mapWith(Number),
    })
    .from(sql`(select * from (
      select s.response_id, r.case_id, max(case when f.quality = 'high' then s.value end) as high,
        max(case when f.quality = 'borderline' then s.value end) as borderline
      from closeness_scores s join responses r on r.id = s.response_id
        join cases c on c.id = r.case_id and not c.sealed
        join reference_answers f on f.id = s.reference_id and ${inUseAsF}
      where r.project_id = ${projectId} and s.measure = ${measure}
      group by s.response_id, r.case_id) y where y.high is not null and y.borderline is not null) x`)
    .orderBy(sql`x.response_id`)
  let ratings = 0
  const placed = rows.flatMap(({ responseId, ...one }): Placed[] => {
    const given = byResponse.get(responseId)
    if (!given) return []
    ratings += given.length
    const sorted = [...given].sort((a, b) => a - b)
    return [{ ...one, label: sorted[(sorted.length - 1) >> 1] as number }]
  })
  return { placed, ratings }
}
