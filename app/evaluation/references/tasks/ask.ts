import { and, count, eq, inArray, isNull } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { cases, type Quality, references } from '#db/schema/cases.ts'
import { referenceTasks } from '#db/schema/references.ts'
import type { Database, Store } from '#db/store.server.ts'
import { inUse } from '../in-use.ts'
import { type MissingFilter, missingRows } from '../missing.ts'
import { versionToWriteFor } from '../rubric-version.ts'
import { keyOf } from './hand-in.ts'
import { askToCheck, askToWrite } from './make.ts'

/** So many at a time, so that raters at work do not wait. */
export const ASK_MOST = 1_000

export type Asked = { write: number; check: number }

type Wanted = { caseId: string; quality: Quality }

/**
 * Asks for what cases lack: a written reference that nobody checked is to be checked, anything else to be written. What is
 * asked for already is left as it is.
 */
export async function askFor(store: Store, scope: Scope, wanted: readonly Wanted[]): Promise<Asked> {
  demand(scope, 'references.ask')
  if (wanted.length > ASK_MOST) throw new Problem('invalid', `Ask for at most ${ASK_MOST} references at a time.`)
  return store.write(async (tx) => {
    await demandOwn(tx, scope, wanted)
    const rubricVersionId = await versionToWriteFor(tx, scope.project.id)
    const asked: Asked = { write: 0, check: 0 }
    for (const { caseId, quality } of wanted) {
      const task = { projectId: scope.project.id, caseId, quality, rubricVersionId, createdBy: accountOf(scope) }
      const unchecked = await uncheckedOf(tx, scope, caseId, quality)
      if (unchecked === null) asked.write += (await askToWrite(tx, task)) ? 1 : 0
      else asked.check += (await askToCheck(tx, { ...task, referenceId: unchecked })) ? 1 : 0
    }
    const [only] = wanted
    if (asked.write + asked.check === 0 || !only) return asked
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'references.asked',
      ...(wanted.length === 1
        ? { subject: 'case', subjectId: only.caseId }
        : { subject: 'project', subjectId: scope.project.id }),
      detail: wanted.length === 1 ? { ...asked, name: await keyOf(tx, only.caseId), quality: only.quality } : asked,
    })
    return asked
  })
}

/** The same for everything that the list of what is missing shows under a filter; `left` is what did not fit in one go. */
export async function askForAll(store: Store, scope: Scope, filter: MissingFilter): Promise<Asked & { left: number }> {
  demand(scope, 'references.ask')
  const { rows, total } = await missingRows(
    store.read,
    scope,
    { ...filter, asked: 'no' },
    { limit: ASK_MOST, offset: 0 },
  )
  return { ...(await askFor(store, scope, rows)), left: total - rows.length }
}

async function demandOwn(tx: Database, scope: Scope, wanted: readonly Wanted[]): Promise<void> {
  const ids = [...new Set(wanted.map(({ caseId }) => caseId))]
  if (ids.length === 0) return
  const [found] = await tx
    .select({ n: count() })
    .from(cases)
    .where(and(inArray(cases.id, ids), eq(cases.projectId, scope.project.id), isNull(cases.archivedAt)))
  if (found?.n === ids.length) return
  throw new Problem('missing', 'One of these cases is not here any more. Load the page again.')
}

async function uncheckedOf(tx: Database, scope: Scope, caseId: string, quality: Quality): Promise<string | null> {
  const [row] = await tx
    .select({ id: references.id })
    .from(references)
    .where(
      and(
        eq(references.caseId, caseId),
        eq(references.projectId, scope.project.id),
        eq(references.quality, quality),
        eq(references.state, 'written'),
        inUse,
      ),
    )
    .limit(1)
  return row?.id ?? null
}

/** Takes back what was asked for and nobody has in hand. Throws `missing`, `conflict` (`in-hand`). */
export async function withdrawTask(store: Store, scope: Scope, taskId: string): Promise<void> {
  demand(scope, 'references.ask')
  await store.write(async (tx) => {
    const mine = and(eq(referenceTasks.id, taskId), eq(referenceTasks.projectId, scope.project.id))
    const [task] = await tx.select().from(referenceTasks).where(mine)
    if (!task) throw new Problem('missing', 'This task is not here any more.')
    if (task.state === 'dropped' || task.state === 'done') return
    const dropped = await tx
      .update(referenceTasks)
      .set({ state: 'dropped', endedAt: now() })
      .where(and(mine, eq(referenceTasks.state, 'open')))
      .returning({ id: referenceTasks.id })
    if (dropped.length === 0) {
      throw new Problem('conflict', 'Somebody is at work on it. It can be taken back once they give it back.', {
        code: 'in-hand',
      })
    }
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'reference.withdrawn',
      subject: 'case',
      subjectId: task.caseId,
      detail: { name: await keyOf(tx, task.caseId), quality: task.quality, kind: task.kind },
    })
  })
}
