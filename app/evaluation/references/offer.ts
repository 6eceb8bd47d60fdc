import { and, eq, isNull } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { referenceHash } from '#app/evaluation/cases/hash.ts'
import { references } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { insertReferences } from './insert.ts'

export type BetterAnswer = {
  projectId: string
  caseId: string
  raterId: string
  ratingId: string
  rubricVersionId: string
  text: string
}

/**
 * Keeps a rater's better answer as a candidate, in the transaction that stores the rating. Until an owner takes it up its
 * quality is only a guess. A text that the case has already, or an owner declined, is not offered again.
 */
export async function offerBetterAnswer(tx: Database, offered: BetterAnswer): Promise<void> {
  const text = offered.text.replaceAll('\r\n', '\n').trim()
  if (text === '') return
  const contentHash = referenceHash(text)
  const [same] = await tx
    .select({ id: references.id, state: references.state, supersededAt: references.supersededAt })
    .from(references)
    .where(and(eq(references.caseId, offered.caseId), eq(references.contentHash, contentHash)))
    .limit(1)
  if (same?.state === 'candidate' && same.supersededAt !== null) {
    await tx
      .update(references)
      .set({ supersededAt: null, fromRatingId: offered.ratingId, authorId: offered.raterId })
      .where(eq(references.id, same.id))
  }
  if (same) return
  const row = {
    id: newId(),
    projectId: offered.projectId,
    caseId: offered.caseId,
    quality: 'high' as const,
    text,
    contentHash,
    authorId: offered.raterId,
    rubricVersionId: offered.rubricVersionId,
    state: 'candidate' as const,
    fromRatingId: offered.ratingId,
    createdAt: now(),
  }
  await insertReferences(tx, [row])
}

/** Takes back what a rating offered that is undone or corrected, unless an owner took it up already. */
export async function takeOfferBack(tx: Database, ratingId: string): Promise<void> {
  await tx
    .update(references)
    .set({ supersededAt: now() })
    .where(
      and(eq(references.fromRatingId, ratingId), eq(references.state, 'candidate'), isNull(references.supersededAt)),
    )
}
