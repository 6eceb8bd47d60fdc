import { and, eq, inArray } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { dropSealed } from '#app/evaluation/seal/write.ts'
import type { Quality } from '#db/schema/cases.ts'
import { referenceTasks } from '#db/schema/references.ts'
import type { Database } from '#db/store.server.ts'

export const UNDER_WAY = ['open', 'leased'] as const

export type NewTask = {
  projectId: string
  caseId: string
  quality: Quality
  rubricVersionId: string | null
  createdBy: string | null
}

const underWay = inArray(referenceTasks.state, [...UNDER_WAY])

/** Asks for a reference to be written, unless one of this quality is asked for already; true where a task was made. */
export async function askToWrite(tx: Database, task: NewTask): Promise<boolean> {
  const [there] = await tx
    .select({ id: referenceTasks.id })
    .from(referenceTasks)
    .where(
      and(
        eq(referenceTasks.caseId, task.caseId),
        eq(referenceTasks.kind, 'write'),
        eq(referenceTasks.quality, task.quality),
        underWay,
      ),
    )
    .limit(1)
  if (there) return false
  await tx.insert(referenceTasks).values({ ...task, id: newId(), kind: 'write', state: 'open', createdAt: now() })
  return true
}

/** Asks for a reference to be checked by a second person, unless that is asked for already; true where a task was made. */
export async function askToCheck(tx: Database, task: NewTask & { referenceId: string }): Promise<boolean> {
  const [there] = await tx
    .select({ id: referenceTasks.id })
    .from(referenceTasks)
    .where(
      and(
        eq(referenceTasks.caseId, task.caseId),
        eq(referenceTasks.kind, 'check'),
        eq(referenceTasks.referenceId, task.referenceId),
        underWay,
      ),
    )
    .limit(1)
  if (there) return false
  await tx.insert(referenceTasks).values({ ...task, id: newId(), kind: 'check', state: 'open', createdAt: now() })
  return true
}

/** Nobody needs to check a reference any more that something else took the place of. */
export async function dropChecks(tx: Database, referenceId: string): Promise<void> {
  const dropped = await tx
    .update(referenceTasks)
    .set({ state: 'dropped', endedAt: now(), draft: '' })
    .where(and(eq(referenceTasks.referenceId, referenceId), eq(referenceTasks.kind, 'check'), underWay))
    .returning({ id: referenceTasks.id })
  const ids = dropped.map(({ id }) => id)
  await dropSealed(tx, 'task', ids)
}
