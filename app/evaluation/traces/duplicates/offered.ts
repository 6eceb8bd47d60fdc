import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { computed, computedWithin } from '#app/evaluation/computing/computed.server.ts'
import { type TraceState, traces } from '#db/schema/traces.ts'
import type { Database, Store } from '#db/store.server.ts'
import type { NearGroup } from './near.ts'

export type OfferedTrace = {
  id: string
  key: string
  beginning: string
  likeness: number
  category: string | null
  userSegment: string | null
  occurredAt: number | null
  state: TraceState
}

/** A group that waits for a word: `shown` are its first members, the one to keep first. */
export type OfferedGroup = { size: number; shown: OfferedTrace[] }

export type Offered =
  | { ready: false }
  | { ready: true; groups: OfferedGroup[]; total: number; traces: number; compared: number }

const SHOWN = 6
const BEGINNING = 160

/** A page of the groups that nobody has merged or kept apart; not ready while they are still being looked for. */
export async function offeredGroups(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { page, size, ms }: { page: number; size: number; ms: number },
): Promise<Offered> {
  demand(scope, 'cases.read')
  const found = await computedWithin(ms, read, 'nearDuplicates', { projectId: scope.project.id })
  if (!found.ready) return { ready: false }
  const { groups, compared } = found.value
  const open = await openGroups(read, scope.project.id, groups)
  const some = open.slice((page - 1) * size, page * size)
  const about = await aboutTraces(
    read,
    some.flatMap((group) => group.slice(0, SHOWN).map(({ id }) => id)),
  )
  return {
    ready: true,
    groups: some.map((group) => ({
      size: group.length,
      shown: group.slice(0, SHOWN).flatMap(({ id, likeness }) => {
        const one = about.get(id)
        return one ? [{ ...one, likeness }] : []
      }),
    })),
    total: open.length,
    traces: open.reduce((sum, group) => sum + group.length, 0),
    compared,
  }
}

/** All groups that wait for a word, whatever it takes to find them. */
export async function allOpenGroups(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  found?: readonly NearGroup[],
): Promise<NearGroup[]> {
  const groups = found ?? (await computed(read, 'nearDuplicates', { projectId: scope.project.id })).groups
  return openGroups(read, scope.project.id, groups)
}

/** Without those merged or sampled already; the one a case was made of first. A group that was kept apart has to have news. */
async function openGroups(read: Database, projectId: string, groups: readonly NearGroup[]): Promise<NearGroup[]> {
  const rows = await read
    .select({
      id: traces.id,
      duplicateOfId: traces.duplicateOfId,
      keptApartAt: traces.keptApartAt,
      state: traces.state,
    })
    .from(traces)
    .where(
      and(
        eq(traces.projectId, projectId),
        or(isNotNull(traces.duplicateOfId), isNotNull(traces.keptApartAt), eq(traces.state, 'sampled')),
      ),
    )
  const known = new Map(rows.map((row) => [row.id, row]))
  return groups.flatMap((group) => {
    const left = group.filter(({ id }) => !known.get(id)?.duplicateOfId)
    const sampled = left.filter(({ id }) => known.get(id)?.state === 'sampled')
    const free = left.filter(({ id }) => known.get(id)?.state !== 'sampled')
    const members = [...sampled.slice(0, 1), ...free]
    const hasNews = members.some(({ id }) => !known.get(id)?.keptApartAt)
    return members.length > 1 && free.length > 0 && hasNews ? [members] : []
  })
}

async function aboutTraces(
  read: Database,
  ids: readonly string[],
): Promise<Map<string, Omit<OfferedTrace, 'likeness'>>> {
  if (ids.length === 0) return new Map()
  const rows = await read
    .select({
      id: traces.id,
      key: traces.key,
      beginning: sql<string>`substr(${traces.input}, 1, ${sql.raw(String(BEGINNING))})`,
      category: traces.category,
      userSegment: traces.userSegment,
      occurredAt: traces.occurredAt,
      state: traces.state,
    })
    .from(traces)
    .where(inArray(traces.id, [...ids]))
  return new Map(rows.map((row) => [row.id, row]))
}
