import { and, desc, eq, ne } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { changesSinceBase } from '../rubrics/versions.ts'

export type BridgeAsked = {
  from: { id: string; number: number }
  /** `asked`: scores may move with the words; `worth having`: they may move a little. */
  how: 'asked' | 'worth having'
  /** The rounds under the newer version that were made for it, the newest first. */
  rounds: { id: string; name: string }[]
}

/** The bridge that a version asks for from the one it was drafted from, and what was made of it; null: none is asked for. */
export async function bridgeAskedBy(
  store: Pick<Store, 'read'>,
  scope: Scope,
  versionId: string,
): Promise<BridgeAsked | null> {
  demand(scope, 'rounds.read')
  const since = (await changesSinceBase(store, scope, [versionId])).get(versionId)
  if (!since?.base || since.bridge.asked.length + since.bridge.worthHaving.length === 0) return null
  const made = await store.read
    .select({ id: rounds.id, name: rounds.name })
    .from(rounds)
    .where(
      and(
        eq(rounds.projectId, scope.project.id),
        eq(rounds.rubricVersionId, versionId),
        eq(rounds.bridgesFromId, since.base.id),
        ne(rounds.state, 'making'),
      ),
    )
    .orderBy(desc(rounds.createdAt), desc(rounds.id))
  return { from: since.base, how: since.bridge.asked.length > 0 ? 'asked' : 'worth having', rounds: made }
}
