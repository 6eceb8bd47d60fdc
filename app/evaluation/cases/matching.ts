import { and, eq, exists, isNotNull, isNull, like, not, type SQL, sql } from 'drizzle-orm'
import { cases, type Pool, type Quality, references } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { inUse, validated } from '../references/in-use.ts'

export const REFERENCE_FILTERS = ['any', 'validated', 'both', 'missing'] as const
export const CASE_STATES = ['current', 'archived'] as const

export type CaseFilter = {
  search: string
  category: string | null
  userSegment: string | null
  /** Null: any. */
  pool: Pool | null
  /** `validated`, `both`: it has a high and a borderline reference, checked or not; `missing`: it lacks one or both. */
  references: (typeof REFERENCE_FILTERS)[number]
  state: (typeof CASE_STATES)[number]
}

/** The condition that a project's cases have to meet. Every word searched for must occur in the key or the input. */
export function caseConditions(read: Database, projectId: string, filter: CaseFilter): SQL | undefined {
  const both = hasBoth(read, inUse)
  return and(
    eq(cases.projectId, projectId),
    filter.state === 'archived' ? isNotNull(cases.archivedAt) : isNull(cases.archivedAt),
    filter.category === null ? undefined : eq(cases.category, filter.category),
    filter.userSegment === null ? undefined : eq(cases.userSegment, filter.userSegment),
    filter.pool === null ? undefined : eq(cases.pool, filter.pool),
    { any: undefined, both, missing: not(both), validated: hasBoth(read, validated) }[filter.references],
    ...wordsIn(filter.search),
  )
}

/** One condition for each word. */
export const wordsIn = (search: string): SQL[] => search.toLowerCase().split(/\s+/).filter(Boolean).map(contains)

/** Signs that LIKE reads as wildcards are letters to a person who searches. */
const contains = (word: string): SQL =>
  sql`${like(cases.searchText, `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)} escape '\\'`

const hasBoth = (read: Database, which: SQL): SQL =>
  and(hasReference(read, 'high', which), hasReference(read, 'borderline', which)) as SQL

const hasReference = (read: Database, quality: Quality, which: SQL): SQL =>
  exists(
    read
      .select({ one: sql`1` })
      .from(references)
      .where(and(eq(references.caseId, cases.id), eq(references.quality, quality), which)),
  )
