import { eq, inArray, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { ratings } from '#db/schema/ratings.ts'
import { assignments, items, rounds } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { admit, demandSubmittable } from '../queue/admission.ts'
import type { Hand } from '../queue/shown.ts'
import { heldBy, opening, showHand } from '../queue/take.ts'
import { HAND_MOST, LEASE_MS, UNDO_MS } from '../queue/terms.ts'
import { takeOfferBack } from '../references/offer.ts'
import { ownAssignment } from './own-assignment.ts'
import { keepDraft, ownContentOf, revisionsOf } from './stored.ts'

/** The request was on its way while the last seconds ran out. */
const GRACE_MS = 5_000

/**
 * Takes a submit back: the rating is marked as superseded, the item is in hand again with the draft as it was. Throws
 * `gone` (code `undo-too-late`), `conflict` (`nothing-to-undo`, `hand-full`), and what `submitRating` throws of rounds.
 */
export async function undoSubmit(
  store: Store,
  scope: Scope,
  roundId: string,
  { assignment, known = [] }: { assignment: string; known?: readonly string[] },
): Promise<Hand> {
  const held = await store.write(async (tx) => {
    const admission = await admit(tx, scope, roundId)
    const { raterId, round } = admission
    demandSubmittable(round)
    const own = await ownAssignment(tx, raterId, roundId, assignment)
    const [rating, former] = own.state === 'submitted' ? await revisionsOf(tx, own.itemId, raterId) : []
    if (!rating || rating.supersededAt !== null || former?.supersededBecause === 'correction') {
      throw new Problem(
        'conflict',
        'There is no submit to take back here. To change a rating, correct it from your history.',
        {
          code: 'nothing-to-undo',
        },
      )
    }
    const at = now()
    if (at > rating.submittedAt + UNDO_MS + GRACE_MS) {
      throw new Problem(
        'gone',
        'A submit can be taken back for 30 seconds. Correct the rating from your history instead.',
        {
          code: 'undo-too-late',
        },
      )
    }
    if ((await heldBy(tx, admission)).length >= HAND_MOST) {
      throw new Problem('conflict', 'You have several items open already. Submit or skip one of them first.', {
        code: 'hand-full',
      })
    }
    await tx
      .update(assignments)
      .set({ state: 'leased', endedAt: null, leaseExpiresAt: at + LEASE_MS })
      .where(eq(assignments.id, own.id))
    await tx
      .update(items)
      .set({ done: sql`${items.done} - 1` })
      .where(eq(items.id, own.itemId))
    await tx.update(ratings).set({ supersededAt: at, supersededBecause: 'undo' }).where(eq(ratings.id, rating.id))
    await takeOfferBack(tx, rating.id)
    await keepDraft(tx, own, await ownContentOf(tx, rating))
    // Having rated a response bars a rater from other items with it: that bar is gone in every round that has one.
    const sameCase = tx.select({ id: items.roundId }).from(items).where(eq(items.caseId, own.caseId))
    await tx
      .update(rounds)
      .set({ reopened: sql`${rounds.reopened} + 1` })
      .where(inArray(rounds.id, sameCase))
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'rating.undone',
      subject: 'rating',
      subjectId: rating.id,
      detail: { round: roundId, item: own.itemId },
    })
    return opening(tx, scope, { round, hand: await heldBy(tx, admission), exhausted: false }, known)
  })
  return showHand(store.read, scope.user.id, held, known)
}
