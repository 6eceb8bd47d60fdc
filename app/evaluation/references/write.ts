import { and, eq, isNull } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { referenceHash } from '#app/evaluation/cases/hash.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { cases, type Quality, references } from '#db/schema/cases.ts'
import type { Database, Store } from '#db/store.server.ts'

export type NewReference = {
  caseId: string
  quality: Quality
  text: string
  /** The reference that this one takes the place of; null where it stands beside those there are. */
  supersedes: string | null
}

const LONGEST = 100_000

const SEALED = 'This case is sealed: its references are written by those who are handed a task for it.'

/**
 * Writes a reference, in the name of whoever acts. A reference is never edited: the one it takes the place of stays, marked
 * as superseded. A text that the case had before is put back instead of being stored twice.
 *
 * @throws Problem `invalid` for a text that is empty, too long or there already, `missing` for a case that is not of this
 * project, `conflict` where the reference to be superseded has been superseded since
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
      if (found.sealed) throw new Problem('forbidden', SEALED, { code: 'sealed' })
      const id = await putReference(tx, scope, { ...written, text })
      if (written.supersedes !== null && written.supersedes !== id) await supersede(tx, written)
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

function checkedText(entered: string): string {
  const text = entered.replaceAll('\r\n', '\n').trim()
  if (text === '') throw wrongText('Write the reference: the answer itself, as it would be given.')
  if (text.length > LONGEST) throw wrongText(`A reference has at most ${LONGEST.toLocaleString('en')} characters.`)
  if (text.includes('\0')) throw wrongText('The text holds a NUL character, which cannot be stored.')
  return text
}

const wrongText = (reason: string) =>
  new Problem('invalid', 'The reference was not saved.', { fields: { text: reason } })

const alreadyThere = () => wrongText('The case has a reference of this quality with the very same text.')

/** Inserts the reference, or puts back the superseded one that says the same. */
async function putReference(tx: Database, scope: Scope, { caseId, quality, text }: NewReference): Promise<string> {
  const contentHash = referenceHash(text)
  const [same] = await tx
    .select({ id: references.id, supersededAt: references.supersededAt })
    .from(references)
    .where(and(eq(references.caseId, caseId), eq(references.quality, quality), eq(references.contentHash, contentHash)))
  if (same) {
    if (same.supersededAt === null) throw alreadyThere()
    await tx.update(references).set({ supersededAt: null }).where(eq(references.id, same.id))
    return same.id
  }
  const id = newId()
  await tx.insert(references).values({
    id,
    projectId: scope.project.id,
    caseId,
    quality,
    text,
    contentHash,
    authorId: accountOf(scope),
    createdAt: now(),
  })
  return id
}

async function supersede(tx: Database, { caseId, supersedes }: NewReference): Promise<void> {
  const rows = await tx
    .update(references)
    .set({ supersededAt: now() })
    .where(and(eq(references.id, supersedes ?? ''), eq(references.caseId, caseId), isNull(references.supersededAt)))
    .returning({ id: references.id })
  if (rows.length > 0) return
  throw new Problem(
    'conflict',
    'Somebody else replaced this reference after you opened the page. Your text was not saved; look at theirs, then decide.',
    { code: 'stale' },
  )
}
