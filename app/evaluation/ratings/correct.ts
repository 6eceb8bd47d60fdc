import { eq } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { ratings } from '#db/schema/ratings.ts'
import type { Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { admit } from '../queue/admission.ts'
import { rubricOf } from '../queue/rubric.ts'
import { offerBetterAnswer, takeOfferBack } from '../references/offer.ts'
import { sentBefore } from './again.ts'
import { faultsOf } from './check.ts'
import type { Content } from './content.ts'
import { documentsFor, ownAssignment, referencesFor } from './own-assignment.ts'
import { insertNewRating, ownContentOf, revisionsOf, sameContent } from './stored.ts'
import { boundedTime, changedSince, demandComplete, offered } from './submit.ts'

export type Correction = {
  assignment: string
  submissionId: string
  /** The revision that was corrected: another one in the meantime is a conflict. */
  revision: number
  content: Content
}

/**
 * Replaces a rating by a corrected one; the former stays, marked as superseded. Sending the same correction again
 * answers the same. Throws `invalid` (`incomplete`, `nothing-changed`), `gone` (`round-closed`), `conflict`
 * (`not-submitted`, `stale`, `submission-reused`).
 */
export async function correctRating(
  store: Store,
  scope: Scope,
  roundId: string,
  correction: Correction,
): Promise<{ rating: string; revision: number }> {
  try {
    return await store.write((tx) => correctIn(tx, scope, roundId, correction))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const { rating } = await sentBefore(store.read, scope.user.id, correction)
    return { rating, revision: correction.revision + 1 }
  }
}

async function correctIn(
  tx: Parameters<Parameters<Store['write']>[0]>[0],
  scope: Scope,
  roundId: string,
  { assignment, submissionId, revision, content }: Correction,
): Promise<{ rating: string; revision: number }> {
  const { raterId, round } = await admit(tx, scope, roundId)
  const own = await ownAssignment(tx, raterId, roundId, assignment)
  const [former] = own.state === 'submitted' ? await revisionsOf(tx, own.itemId, raterId) : []
  if (!former || former.supersededAt !== null) {
    throw new Problem('conflict', 'This item is not submitted: go on with it in your queue.', { code: 'not-submitted' })
  }
  if (former.submissionId === submissionId) {
    const { rating } = await sentBefore(tx, raterId, { assignment, submissionId, content })
    return { rating, revision: former.revision }
  }
  if (former.revision !== revision) {
    throw new Problem('conflict', 'You have corrected this rating in another tab. Load the page again to see it.', {
      code: 'stale',
    })
  }
  demandCorrectable(round)
  const { dimensions } = await rubricOf(tx, round.rubricVersionId)
  // Which references are looked at with a correction is what was seen when rating.
  const { asksClosest } = await referencesFor(tx, own, round.referencesShown)
  demandComplete(faultsOf(content, { dimensions, asksClosest, documents: await documentsFor(tx, own, content) }))
  if (sameContent(await ownContentOf(tx, former), content)) {
    throw new Problem('invalid', 'Nothing is different from the rating as it stands. Change something, or leave it.', {
      code: 'nothing-changed',
    })
  }
  const at = now()
  const rating = newId()
  await tx.update(ratings).set({ supersededAt: at, supersededBecause: 'correction' }).where(eq(ratings.id, former.id))
  await insertNewRating(tx, {
    id: rating,
    sealedCase: own.sealed ? own.caseId : null,
    item: own.itemId,
    round: round.id,
    rater: raterId,
    assignment: own.id,
    rubricVersion: former.rubricVersionId,
    submission: submissionId,
    content,
    activeMs: boundedTime(content.activeMs, own.claimedAt, at),
    referencesSeen: former.referencesSeen,
    changed: changedSince(own.scoresBeforeReferences, content),
    at,
  })
  await takeOfferBack(tx, former.id)
  if (content.betterAnswer !== '') await offerBetterAnswer(tx, offered(scope, round, own, rating, content))
  await record(tx, {
    projectId: scope.project.id,
    actor: scope.user,
    action: 'rating.corrected',
    subject: 'rating',
    subjectId: rating,
    detail: { round: round.id, item: own.itemId, supersedes: former.id },
  })
  return { rating, revision: revision + 1 }
}

/** Throws `gone` (code `round-closed`) where ratings of the round are not corrected any more. */
function demandCorrectable(round: { state: string; name: string }): void {
  if (round.state === 'open') return
  throw new Problem(
    'gone',
    `The round “${round.name}” has been closed; its ratings stand. Ask the lead to open it again if one must be corrected.`,
    { code: 'round-closed' },
  )
}
