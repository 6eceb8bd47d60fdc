import { and, eq, inArray, isNotNull, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import { traces } from '#db/schema/traces.ts'
import { UNASSIGNED } from './unassigned.ts'

/** `open`: may be sampled, once assigned. `duplicate`: merged into another. */
export const TRACE_SETS = ['open', 'unassigned', 'sampled', 'excluded', 'duplicate', 'all'] as const
export type TraceSet = (typeof TRACE_SETS)[number]

export type TraceFilter = {
  search: string
  category: string | null
  userSegment: string | null
  system: string | null
  set: TraceSet
}

const isOpen = and(eq(traces.state, 'waiting'), isNull(traces.duplicateOfId))

const SETS: Record<TraceSet, SQL | undefined> = {
  open: isOpen,
  unassigned: and(isOpen, or(isNull(traces.category), isNull(traces.userSegment))),
  sampled: eq(traces.state, 'sampled'),
  excluded: and(eq(traces.state, 'excluded'), isNull(traces.duplicateOfId)),
  duplicate: isNotNull(traces.duplicateOfId),
  all: undefined,
}

/** The condition that a project's traces have to meet. Every word searched for must occur in the key or early in the input. */
export function traceConditions(projectId: string, filter: TraceFilter): SQL | undefined {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  return and(
    eq(traces.projectId, projectId),
    SETS[filter.set],
    assigned(traces.category, filter.category),
    assigned(traces.userSegment, filter.userSegment),
    filter.system === null ? undefined : eq(traces.systemVersion, filter.system),
    ...words.map(contains),
  )
}

const assigned = (column: typeof traces.category | typeof traces.userSegment, value: string | null) => {
  if (value === null) return undefined
  return value === UNASSIGNED ? isNull(column) : eq(column, value)
}

/** Signs that LIKE reads as wildcards are letters to a person who searches. */
const contains = (word: string): SQL =>
  sql`${like(traces.searchText, `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)} escape '\\'`

/** Those of a project's traces by id whose assignment may still change: a case made of one has its own. */
export const changeable = (projectId: string, ids: readonly string[]) =>
  and(eq(traces.projectId, projectId), inArray(traces.id, [...ids]), inArray(traces.state, ['waiting', 'excluded']))
