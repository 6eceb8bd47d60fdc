import { and, desc, eq, isNull } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { dropSealed } from '#app/evaluation/seal/write.ts'
import { cases, references } from '#db/schema/cases.ts'
import { referenceTasks } from '#db/schema/references.ts'
import type { Database, Store } from '#db/store.server.ts'
import { putReference } from '../put.ts'
import { checkedText } from '../text.ts'
import { askToCheck } from './make.ts'
import { type StoredTask, taskInHand } from './take.ts'

/**
 * Stores the reference that a writing task asked for, in the name of whoever has it in hand, and asks for a second person to
 * check it. One that was refused before is superseded by it. Throws `invalid` at `text`, `gone` (`not-in-hand`), `missing`.
 */
export async function handInReference(
  store: Store,
  scope: Scope,
  taskId: string,
  entered: string,
): Promise<{ id: string }> {
  demand(scope, 'references.take')
  const text = checkedText(entered)
  return store.write(async (tx) => {
    const task = await taskInHand(tx, scope, taskId)
    const of = {
      projectId: scope.project.id,
      caseId: task.caseId,
      quality: task.quality,
      rubricVersionId: task.rubricVersionId,
    }
    const refused = await lastRefused(tx, task)
    const { id, state } = await putReference(tx, {
      ...of,
      text,
      authorId: scope.user.id,
      supersedes: refused?.id ?? null,
    })
    await endTask(tx, task, { referenceId: id })
    if (state === 'written') await askToCheck(tx, { ...of, referenceId: id, createdBy: task.createdBy })
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'reference.written',
      subject: 'case',
      subjectId: task.caseId,
      detail: {
        name: await keyOf(tx, task.caseId),
        quality: task.quality,
        reference: id,
        supersedes: refused?.id ?? null,
      },
    })
    return { id }
  })
}

export type Refused = { id: string; text: string; note: string; at: number | null }

/** The newest text of this quality that was refused and has no successor yet; null: there is none. */
export async function lastRefused(
  db: Database,
  { caseId, quality }: Pick<StoredTask, 'caseId' | 'quality'>,
): Promise<Refused | null> {
  const [row] = await db
    .select({ id: references.id, text: references.text, note: references.checkNote, at: references.checkedAt })
    .from(references)
    .where(
      and(
        eq(references.caseId, caseId),
        eq(references.quality, quality),
        eq(references.state, 'refused'),
        // A better answer that an owner declined was never asked for.
        isNull(references.fromRatingId),
        isNull(references.supersededAt),
      ),
    )
    .orderBy(desc(references.checkedAt), desc(references.id))
    .limit(1)
  return row ?? null
}

/** Ends a task; what was typed is in its reference now. */
export async function endTask(tx: Database, task: StoredTask, over: { referenceId?: string } = {}): Promise<void> {
  await tx
    .update(referenceTasks)
    .set({ state: 'done', endedAt: now(), leaseExpiresAt: null, draft: '', ...over })
    .where(eq(referenceTasks.id, task.id))
  if (task.sealed) await dropSealed(tx, 'task', [task.id])
}

export async function keyOf(db: Database, caseId: string): Promise<string> {
  const [row] = await db.select({ key: cases.key }).from(cases).where(eq(cases.id, caseId))
  return row?.key ?? ''
}
