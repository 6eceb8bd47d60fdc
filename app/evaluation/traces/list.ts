import { asc, count, desc, eq, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { type TraceState, traces } from '#db/schema/traces.ts'
import type { Store } from '#db/store.server.ts'
import { type TraceFilter, traceConditions } from './matching.ts'

export const TRACE_ORDERS = ['newest', 'latest', 'key'] as const

export type TraceQuery = TraceFilter & { order: (typeof TRACE_ORDERS)[number]; page: number; size: number }

export type ListedTrace = {
  id: string
  key: string
  /** A sealed case was made of it. */
  sealed: boolean
  /** How the input begins; nothing where it is sealed. */
  beginning: string
  answered: boolean
  category: string | null
  userSegment: string | null
  system: string | null
  occurredAt: number | null
  state: TraceState
  duplicate: boolean
}

const BEGINNING = 200

/** A page of the project's traces that pass a filter. `page` counts from 1. */
export async function listTraces(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { order, page, size, ...filter }: TraceQuery,
): Promise<{ traces: ListedTrace[]; total: number }> {
  demand(scope, 'cases.read')
  const conditions = traceConditions(scope.project.id, filter)
  const [counted] = await read.select({ n: count() }).from(traces).where(conditions)
  const rows = await read
    .select({
      id: traces.id,
      key: traces.key,
      beginning: sql<string>`substr(${traces.input}, 1, ${sql.raw(String(BEGINNING))})`,
      unanswered: sql<number>`case when ${traces.response} = '' then 1 else 0 end`.mapWith(Number),
      category: traces.category,
      userSegment: traces.userSegment,
      system: traces.systemVersion,
      occurredAt: traces.occurredAt,
      state: traces.state,
      duplicateOfId: traces.duplicateOfId,
    })
    .from(traces)
    .where(conditions)
    .orderBy(...orderOf(order))
    .limit(size)
    .offset((page - 1) * size)
  return {
    traces: rows.map(({ unanswered, duplicateOfId, ...row }) => ({
      ...row,
      sealed: row.beginning === '',
      answered: unanswered === 0,
      duplicate: duplicateOfId !== null,
    })),
    total: counted?.n ?? 0,
  }
}

function orderOf(order: TraceQuery['order']) {
  if (order === 'key') return [asc(traces.key)]
  // NULLs sort first on one engine and last on the other.
  if (order === 'latest') return [desc(sql`coalesce(${traces.occurredAt}, 0)`), desc(traces.id)]
  return [desc(traces.createdAt), desc(traces.id)]
}

/** The system versions that traces name. */
export async function traceSystems({ read }: Pick<Store, 'read'>, scope: Scope): Promise<string[]> {
  demand(scope, 'cases.read')
  const rows = await read
    .selectDistinct({ system: traces.systemVersion })
    .from(traces)
    .where(eq(traces.projectId, scope.project.id))
    .orderBy(asc(traces.systemVersion))
  return rows.flatMap(({ system }) => (system === null ? [] : [system]))
}
