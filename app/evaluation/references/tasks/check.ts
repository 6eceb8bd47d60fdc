import { and, eq, isNull, ne, or } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { noteOnSealedReference } from '#app/evaluation/seal/reference-note.ts'
import { references } from '#db/schema/cases.ts'
import type { Store } from '#db/store.server.ts'
import { endTask, keyOf } from './hand-in.ts'
import { askToWrite } from './make.ts'
import { taskInHand } from './take.ts'

const LONGEST_NOTE = 4_000

export type Verdict = { verdict: 'validated' | 'refused'; note: string }

/**
 * A second person's yes or no to a reference. Refused, it goes back to be written anew, with the note. Throws `invalid` at
 * `note`, `gone` (`not-in-hand`), `forbidden` for its author.
 */
export async function answerCheck(store: Store, scope: Scope, taskId: string, answer: Verdict): Promise<void> {
  demand(scope, 'references.take')
  const note = answer.note.replaceAll('\r\n', '\n').trim()
  if (answer.verdict === 'refused' && note === '') {
    throw wrongNote('Say what is wrong with it: whoever writes it anew has only this to go by.')
  }
  if (note.length > LONGEST_NOTE || note.includes('\0'))
    throw wrongNote(`A note has at most ${LONGEST_NOTE} characters.`)
  await store.write(async (tx) => {
    const task = await taskInHand(tx, scope, taskId)
    const me = scope.user.id
    const checked = await tx
      .update(references)
      .set({ state: answer.verdict, checkedBy: me, checkedAt: now(), checkNote: task.sealed ? '' : note })
      .where(
        and(
          eq(references.id, task.referenceId ?? ''),
          eq(references.state, 'written'),
          isNull(references.supersededAt),
          or(isNull(references.authorId), ne(references.authorId, me)),
        ),
      )
      .returning({ id: references.id })
    if (checked.length === 0) throw notToBeChecked()
    if (task.sealed) await noteOnSealedReference(tx, { id: task.referenceId ?? '', caseId: task.caseId }, note)
    await endTask(tx, task)
    if (answer.verdict === 'refused') await askToWrite(tx, again(task))
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: answer.verdict === 'validated' ? 'reference.validated' : 'reference.refused',
      subject: 'case',
      subjectId: task.caseId,
      detail: { name: await keyOf(tx, task.caseId), quality: task.quality, reference: task.referenceId },
    })
  })
}

const again = ({ projectId, caseId, quality, rubricVersionId, createdBy }: Awaited<ReturnType<typeof taskInHand>>) => ({
  projectId,
  caseId,
  quality,
  rubricVersionId,
  createdBy,
})

const wrongNote = (reason: string) => new Problem('invalid', 'Nothing was stored.', { fields: { note: reason } })

const notToBeChecked = () =>
  new Problem(
    'gone',
    'This reference was replaced or checked in the meantime, or you wrote it yourself. Give the task back.',
    { code: 'not-to-be-checked' },
  )
