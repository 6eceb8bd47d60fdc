import { asc, eq, sql } from 'drizzle-orm'
import { randomInt } from '#app/ambient.ts'
import { systemVersions } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { caseConditions, inList, matching } from './matching.ts'
import type { ItemFilter } from './shown.ts'

export type Drawn = { responseId: string; caseId: string }

const PAGE = 1_000

/** How many responses pass the filter. */
export async function countMatching(db: Database, projectId: string, filter: ItemFilter): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`x.n`.mapWith(Number) })
    .from(sql`(select count(*) as n ${matching(projectId, filter)}) x`)
  return row?.n ?? 0
}

/** How many of the given responses pass the filter. */
export async function countAmong(
  db: Database,
  projectId: string,
  filter: ItemFilter,
  responseIds: readonly string[],
): Promise<number> {
  if (responseIds.length === 0) return 0
  const [row] = await db
    .select({ n: sql<number>`x.n`.mapWith(Number) })
    .from(sql`(select count(*) as n ${matching(projectId, filter)} and r.id in ${inList(responseIds)}) x`)
  return row?.n ?? 0
}

/**
 * The responses that pass the filter and are not in `except`, page by page, each with the same chance when `sample` of the
 * `count` of them are wanted (selection sampling: Fan, Muller and Rezucha 1962; Knuth, The Art of Computer Programming
 * 3.4.2, algorithm S).
 */
export async function* drawItems(
  db: Database,
  projectId: string,
  filter: ItemFilter,
  count: number,
  except: ReadonlySet<string> = new Set(),
): AsyncGenerator<Drawn[]> {
  let unseen = count
  let wanted = Math.min(filter.sample ?? count, count)
  for await (const page of pagesOf(db, projectId, filter)) {
    const drawn: Drawn[] = []
    for (const one of page) {
      // Responses that arrived since they were counted are left out.
      if (wanted === 0 || unseen === 0) break
      if (except.has(one.responseId)) continue
      if (randomInt(unseen) < wanted) {
        drawn.push(one)
        wanted -= 1
      }
      unseen -= 1
    }
    if (drawn.length > 0) yield drawn
    if (wanted === 0 || unseen === 0) return
  }
}

/** Every response that passes, in the order of the index by system version and case: no page costs more than another. */
async function* pagesOf(db: Database, projectId: string, filter: ItemFilter): AsyncGenerator<Drawn[]> {
  const known = await db
    .select({ id: systemVersions.id })
    .from(systemVersions)
    .where(eq(systemVersions.projectId, projectId))
    .orderBy(asc(systemVersions.id))
  const chosen = known.filter(({ id }) => filter.systemVersionIds.length === 0 || filter.systemVersionIds.includes(id))
  for (const { id } of chosen) {
    let after = ''
    for (;;) {
      const page: Drawn[] = await db
        .select({ responseId: sql<string>`x.id`, caseId: sql<string>`x.case_id` })
        .from(sql`(
          select r.id, r.case_id from responses r cross join cases c
          where r.system_version_id = ${id} and r.case_id > ${after} and c.id = r.case_id and ${caseConditions(filter)}
          order by r.case_id limit ${PAGE}) x`)
        .orderBy(sql`x.case_id`)
      yield page
      const last = page.at(-1)
      if (!last || page.length < PAGE) break
      after = last.caseId
    }
  }
}
