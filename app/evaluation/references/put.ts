import { and, eq, isNull } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { referenceHash } from '#app/evaluation/cases/hash.ts'
import { queueCloseness } from '#app/evaluation/closeness/job.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { type Quality, type ReferenceState, references } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { insertReferences } from './insert.ts'
import { dropChecks } from './tasks/make.ts'
import { alreadyThere, wrongText } from './text.ts'

export type Put = {
  projectId: string
  caseId: string
  quality: Quality
  /** As `checkedText` gives it. */
  text: string
  authorId: string | null
  rubricVersionId: string | null
  /** The reference that it takes the place of; null where it stands beside those there are. */
  supersedes: string | null
}

/**
 * Inserts a reference as `written` (of a sealed case, sealed), or puts back the superseded one that says the same, with whoever wrote that; the one it
 * takes the place of is marked as superseded. Throws `invalid` at `text`, `conflict` (`stale`).
 */
export async function putReference(tx: Database, put: Put): Promise<{ id: string; state: ReferenceState }> {
  const made = await insertOrRevive(tx, put)
  if (put.supersedes !== null && put.supersedes !== made.id) await supersede(tx, put.caseId, put.supersedes)
  return made
}

async function insertOrRevive(tx: Database, put: Put): Promise<{ id: string; state: ReferenceState }> {
  const { caseId, quality, text, supersedes } = put
  const contentHash = referenceHash(text)
  const [same] = await tx
    .select()
    .from(references)
    .where(and(eq(references.caseId, caseId), eq(references.quality, quality), eq(references.contentHash, contentHash)))
  if (!same) {
    const id = newId()
    const row = {
      id,
      projectId: put.projectId,
      caseId,
      quality,
      text,
      contentHash,
      authorId: put.authorId,
      rubricVersionId: put.rubricVersionId,
      supersedesId: supersedes,
      createdAt: now(),
    }
    await insertReferences(tx, [row])
    await queueCloseness(tx, put.projectId)
    return { id, state: 'written' }
  }
  if (same.state === 'refused') {
    throw wrongText(`This very text was refused${same.checkNote ? `: “${same.checkNote}”` : ''}. Write another.`)
  }
  // A better answer that a rater offered is theirs, and now written.
  const state = same.state === 'candidate' ? 'written' : same.state
  if (same.supersededAt === null && same.state !== 'candidate') throw alreadyThere()
  await tx
    .update(references)
    .set({ supersededAt: null, state, rubricVersionId: same.rubricVersionId ?? put.rubricVersionId })
    .where(eq(references.id, same.id))
  return { id: same.id, state }
}

async function supersede(tx: Database, caseId: string, id: string): Promise<void> {
  const rows = await tx
    .update(references)
    .set({ supersededAt: now() })
    .where(and(eq(references.id, id), eq(references.caseId, caseId), isNull(references.supersededAt)))
    .returning({ id: references.id })
  if (rows.length === 0) {
    throw new Problem(
      'conflict',
      'Somebody else replaced this reference after you opened the page. Your text was not saved; look at theirs, then decide.',
      { code: 'stale' },
    )
  }
  await dropChecks(tx, id)
}
