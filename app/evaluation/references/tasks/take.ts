import { and, eq, exists, or, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { dropSealed } from '#app/evaluation/seal/write.ts'
import { cases, references } from '#db/schema/cases.ts'
import { referenceTasks } from '#db/schema/references.ts'
import type { Database, Store } from '#db/store.server.ts'
import { free, inHandOf, mayHave, TASK_LEASE_MS } from './open-to.ts'

export type StoredTask = typeof referenceTasks.$inferSelect & {
  /** Whether its case is sealed: so is all that is written of it. */
  sealed: boolean
}

/**
 * Hands a task to the person, or leaves it with them; a draft that somebody else left in it goes away unseen. From then on
 * they are not asked to rate its case. Throws `missing`, `conflict` (`taken`).
 */
export async function takeTask(store: Store, scope: Scope, taskId: string): Promise<void> {
  demand(scope, 'references.take')
  await store.write(async (tx) => {
    const at = now()
    const me = scope.user.id
    const [before] = await tx
      .select({ takenBy: referenceTasks.takenBy })
      .from(referenceTasks)
      .where(eq(referenceTasks.id, taskId))
    const may = tx
      .select({ one: sql`1` })
      .from(cases)
      .leftJoin(references, eq(references.id, referenceTasks.referenceId))
      .where(and(eq(cases.id, referenceTasks.caseId), mayHave(scope)))
    const rows = await tx
      .update(referenceTasks)
      .set({
        state: 'leased',
        takenBy: me,
        leaseExpiresAt: at + TASK_LEASE_MS,
        draft: sql`case when ${referenceTasks.takenBy} = ${me} then ${referenceTasks.draft} else '' end`,
      })
      .where(and(eq(referenceTasks.id, taskId), or(inHandOf(me), and(free(at), exists(may)))))
      .returning({ id: referenceTasks.id })
    if (rows.length === 0) throw await whyNot(tx, scope, taskId)
    if (before?.takenBy !== me) await dropSealed(tx, 'task', [taskId])
  })
}

async function whyNot(tx: Database, scope: Scope, taskId: string): Promise<Problem> {
  const [task] = await tx
    .select({ state: referenceTasks.state })
    .from(referenceTasks)
    .where(and(eq(referenceTasks.id, taskId), eq(referenceTasks.projectId, scope.project.id)))
  if (!task) return new Problem('missing', 'This task is not here. The list shows what there is to do.')
  if (task.state === 'open') {
    return new Problem(
      'conflict',
      'This task is for somebody else: you wrote the text, have the case in hand to rate, or may not see it. Take another.',
      { code: 'not-yours' },
    )
  }
  return new Problem('conflict', 'Somebody else has this task, or it is done. Take another from the list.', {
    code: 'taken',
  })
}

/** The task that the person has in hand. Throws `missing`, `gone` (`not-in-hand`). */
export async function taskInHand(db: Database, scope: Scope, taskId: string): Promise<StoredTask> {
  const [row] = await db
    .select({ task: referenceTasks, sealed: cases.sealed })
    .from(referenceTasks)
    .innerJoin(cases, eq(cases.id, referenceTasks.caseId))
    .where(and(eq(referenceTasks.id, taskId), eq(referenceTasks.projectId, scope.project.id)))
  if (!row) throw new Problem('missing', 'This task is not here. The list shows what there is to do.')
  const task = { ...row.task, sealed: row.sealed }
  if (task.state === 'leased' && task.takenBy === scope.user.id) return task
  const what =
    task.state === 'done'
      ? 'This task is done.'
      : task.state === 'dropped'
        ? 'Nobody needs this any more: it was taken back, or the reference was replaced.'
        : task.takenBy !== null && task.takenBy !== scope.user.id
          ? 'You gave no sign for an hour, and somebody else has taken this task since.'
          : 'You do not have this task in hand.'
  throw new Problem('gone', `${what} Copy what you wrote if you want to keep it, and go back to the list.`, {
    code: 'not-in-hand',
  })
}

/** Gives a task back for others to take; what was typed goes away. Giving back what is not in hand changes nothing. */
export async function giveBack(store: Store, scope: Scope, taskId: string): Promise<void> {
  demand(scope, 'references.take')
  await store.write(async (tx) => {
    const given = await tx
      .update(referenceTasks)
      .set({ state: 'open', takenBy: null, leaseExpiresAt: null, draft: '' })
      .where(
        and(eq(referenceTasks.id, taskId), eq(referenceTasks.projectId, scope.project.id), inHandOf(scope.user.id)),
      )
      .returning({ id: referenceTasks.id })
    if (given.length > 0) await dropSealed(tx, 'task', [taskId])
  })
}
