import { eq } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { sealText } from '#app/evaluation/seal/write.ts'
import { referenceTasks } from '#db/schema/references.ts'
import type { Store } from '#db/store.server.ts'
import { TASK_LEASE_MS } from './open-to.ts'
import { taskInHand } from './take.ts'

const LONGEST = 100_000

/** Keeps what was typed so far, and the task in hand for another while. Throws `gone` (`not-in-hand`), `invalid`. */
export async function keepTaskDraft(
  store: Store,
  scope: Scope,
  taskId: string,
  text: string,
): Promise<{ savedAt: number }> {
  demand(scope, 'references.take')
  const draft = text.replaceAll('\r\n', '\n')
  if (draft.length > LONGEST || draft.includes('\0')) {
    throw new Problem('invalid', 'This is too long to be kept, or holds a NUL character. Shorten it.')
  }
  return store.write(async (tx) => {
    const task = await taskInHand(tx, scope, taskId)
    const at = now()
    await tx
      .update(referenceTasks)
      .set({ draft: task.sealed ? '' : draft, leaseExpiresAt: at + TASK_LEASE_MS })
      .where(eq(referenceTasks.id, task.id))
    if (task.sealed) await sealText(tx, { kind: 'task', id: task.id, caseId: task.caseId, value: { draft } })
    return { savedAt: at }
  })
}
