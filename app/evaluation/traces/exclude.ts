import { and, eq, inArray } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { traces } from '#db/schema/traces.ts'
import type { Store } from '#db/store.server.ts'
import { audited } from './assign.ts'

const MOST = 500

/** Leaves traces out of sampling, or takes them back in; those a case was made of stay. Returns how many changed. */
export async function setExcluded(
  store: Store,
  scope: Scope,
  ids: readonly string[],
  excluded: boolean,
): Promise<number> {
  demand(scope, 'cases.write')
  const [from, to] = excluded ? (['waiting', 'excluded'] as const) : (['excluded', 'waiting'] as const)
  const some = ids.slice(0, MOST)
  if (some.length === 0) return 0
  return store.write(async (tx) => {
    const rows = await tx
      .update(traces)
      .set({ state: to })
      .where(and(eq(traces.projectId, scope.project.id), inArray(traces.id, some), eq(traces.state, from)))
      .returning({ id: traces.id })
    if (rows.length > 0)
      await record(tx, audited(scope, excluded ? 'traces.excluded' : 'traces.included', { traces: rows.length }))
    return rows.length
  })
}
