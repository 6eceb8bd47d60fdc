import { and, eq } from 'drizzle-orm'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { cases, type Quality } from '#db/schema/cases.ts'
import type { Store } from '#db/store.server.ts'
import { putReference } from './put.ts'
import { versionToWriteFor } from './rubric-version.ts'
import { askToCheck } from './tasks/make.ts'
import { alreadyThere, checkedText } from './text.ts'

export type NewReference = {
  caseId: string
  quality: Quality
  text: string
  /** The reference that this one takes the place of; null where it stands beside those there are. */
  supersedes: string | null
}

/**
 * Writes a reference, in the name of whoever acts, and asks for a second person to check it. A reference is never edited:
 * the one it takes the place of stays, marked as superseded. A text that the case had before is put back instead of being
 * stored twice.
 *
 * @throws Problem `invalid` for a text that is empty, too long or there already, `missing` for a case that is not of this
 * project, `conflict` where the reference to be superseded has been superseded since, or the case is sealed
 */
export async function writeReference(store: Store, scope: Scope, written: NewReference): Promise<{ id: string }> {
  demand(scope, 'references.write')
  const text = checkedText(written.text)
  return store
    .write(async (tx) => {
      const [found] = await tx
        .select({ key: cases.key, sealed: cases.sealed })
        .from(cases)
        .where(and(eq(cases.id, written.caseId), eq(cases.projectId, scope.project.id)))
      if (!found) throw new Problem('missing', 'This case is not here.')
      if (found.sealed) throw sealedCase()
      const task = {
        projectId: scope.project.id,
        caseId: written.caseId,
        quality: written.quality,
        rubricVersionId: await versionToWriteFor(tx, scope.project.id),
      }
      const { id, state } = await putReference(tx, {
        ...task,
        text,
        authorId: accountOf(scope),
        supersedes: written.supersedes,
      })
      if (state === 'written') await askToCheck(tx, { ...task, referenceId: id, createdBy: accountOf(scope) })
      await record(tx, {
        projectId: scope.project.id,
        actor: scope.user,
        action: 'reference.written',
        subject: 'case',
        subjectId: written.caseId,
        detail: { name: found.key, quality: written.quality, reference: id, supersedes: written.supersedes },
      })
      return { id }
    })
    .catch((error: unknown) => {
      if (isUniqueViolation(error)) throw alreadyThere()
      throw error
    })
}

const sealedCase = () =>
  new Problem(
    'conflict',
    'This case is sealed: its references are written by raters alone. Ask for one, and it appears in their queue.',
    { code: 'sealed' },
  )
