import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { cases } from '#db/schema/cases.ts'
import type { Store } from '#db/store.server.ts'

/**
 * Takes a case out of lists and of new rounds; nothing of it is lost, and rounds under way keep it. Doing it twice changes
 * nothing.
 *
 * @throws Problem `missing` for a case that is not of this project
 */
export const archiveCase = (store: Store, scope: Scope, id: string): Promise<void> =>
  setArchived(store, scope, id, true)

/** Puts an archived case back. Doing it twice changes nothing. */
export const restoreCase = (store: Store, scope: Scope, id: string): Promise<void> =>
  setArchived(store, scope, id, false)

async function setArchived(store: Store, scope: Scope, id: string, archived: boolean): Promise<void> {
  demand(scope, 'cases.write')
  await store.write(async (tx) => {
    const mine = and(eq(cases.id, id), eq(cases.projectId, scope.project.id))
    const [found] = await tx.select({ key: cases.key }).from(cases).where(mine)
    if (!found) throw new Problem('missing', 'This case is not here.')
    const changed = await tx
      .update(cases)
      .set({ archivedAt: archived ? now() : null })
      .where(and(mine, archived ? isNull(cases.archivedAt) : isNotNull(cases.archivedAt)))
      .returning({ id: cases.id })
    if (changed.length === 0) return
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: archived ? 'case.archived' : 'case.restored',
      subject: 'case',
      subjectId: id,
      detail: { name: found.key },
    })
  })
}
