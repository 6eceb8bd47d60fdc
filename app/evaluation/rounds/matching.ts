import { type SQL, sql } from 'drizzle-orm'
import type { ItemFilter } from './shown.ts'

const listed = (values: readonly string[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )

const within = (column: SQL, values: readonly string[]): SQL =>
  values.length === 0 ? sql`true` : sql`${column} in (${listed(values)})`

const contains = (word: string): SQL =>
  sql`c.search_text like ${`%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`

/** The conditions that a case `c` has to meet. */
export function caseConditions({ pool, categories, userSegments, search }: Omit<ItemFilter, 'sample'>): SQL {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const conditions = [
    sql`c.archived_at is null`,
    sql`c.pool = ${pool}`,
    within(sql`c.category`, categories),
    within(sql`c.user_segment`, userSegments),
    ...words.map(contains),
  ]
  return sql.join(conditions, sql` and `)
}

/** `from ... where` of the responses `r` to cases `c` of a project that pass a filter. */
export const matching = (projectId: string, filter: Omit<ItemFilter, 'sample'>): SQL => sql`
  from responses r join cases c on c.id = r.case_id
  where r.system_version_id in (select v.id from system_versions v
    where v.project_id = ${projectId} and ${within(sql`v.id`, filter.systemVersionIds)})
  and ${caseConditions(filter)}`

/** A list of values for `in (...)`. */
export const inList = (values: readonly string[]): SQL => sql`(${listed(values)})`
