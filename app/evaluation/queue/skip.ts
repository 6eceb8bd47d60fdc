import { and, asc, eq, lt } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { assignments, items } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { ownAssignment } from '../ratings/own-assignment.ts'
import { sealText } from '../seal/write.ts'
import { admit, demandOpen } from './admission.ts'
import { retake } from './claim.ts'
import { returnSlots } from './lease.ts'
import type { Hand } from './shown.ts'
import { heldBy, opening, showHand, takeHand } from './take.ts'
import { HAND_MOST } from './terms.ts'

/**
 * Gives an item back unrated, with the reason; it is not handed to this rater again unless they ask (`takeUpSkipped`), and
 * their draft stays. Skipping again changes nothing. Returns the next items. Throws `conflict` (`already-submitted`).
 */
export async function skipItem(
  store: Store,
  scope: Scope,
  roundId: string,
  { assignment, reason, known = [] }: { assignment: string; reason: string; known?: readonly string[] },
): Promise<Hand> {
  await store.write(async (tx) => {
    const { raterId } = await admit(tx, scope, roundId)
    const own = await ownAssignment(tx, raterId, roundId, assignment)
    if (own.state === 'submitted') {
      throw new Problem('conflict', 'This item is submitted already. Load the page again to go on.', {
        code: 'already-submitted',
      })
    }
    if (own.state === 'skipped') return
    const skipFrom = (state: 'leased' | 'expired') =>
      tx
        .update(assignments)
        .set({ state: 'skipped', skipReason: own.sealed ? '' : reason, endedAt: now() })
        .where(and(eq(assignments.id, own.id), eq(assignments.state, state)))
        .returning({ itemId: assignments.itemId, roundId: assignments.roundId })
    // Another process may just be ending the lease: only one of the two returns the slot.
    const held = await skipFrom('leased')
    if (held.length > 0) await returnSlots(tx, held)
    else await skipFrom('expired')
    if (own.sealed) await sealText(tx, { kind: 'skip', id: own.id, caseId: own.caseId, value: { reason } })
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'item.skipped',
      subject: 'item',
      subjectId: own.itemId,
      detail: { round: roundId },
    })
  })
  return takeHand(store, scope, roundId, known)
}

/**
 * Puts the items that the rater skipped, and that still have room, back into their hand, the first skipped first, as many
 * as it holds. Throws `conflict` (`nothing-skipped`, `hand-full`).
 */
export async function takeUpSkipped(store: Store, scope: Scope, roundId: string): Promise<Hand> {
  const held = await store.write(async (tx) => {
    const admission = await admit(tx, scope, roundId)
    const { raterId, round } = admission
    demandOpen(round)
    let room = HAND_MOST - (await heldBy(tx, admission)).length
    if (room <= 0) {
      throw new Problem('conflict', 'You have several items open already. Submit or skip one of them first.', {
        code: 'hand-full',
      })
    }
    const skipped = await tx
      .select({ id: assignments.id, itemId: assignments.itemId })
      .from(assignments)
      .innerJoin(items, eq(items.id, assignments.itemId))
      .where(
        and(
          eq(assignments.raterId, raterId),
          eq(assignments.roundId, roundId),
          eq(assignments.state, 'skipped'),
          lt(items.taken, items.needed),
        ),
      )
      .orderBy(asc(assignments.endedAt), asc(assignments.id))
      .limit(50)
    let taken = 0
    for (const own of skipped) {
      if (room === 0) break
      if (!(await retake(tx, own))) continue
      room -= 1
      taken += 1
    }
    if (taken === 0) {
      throw new Problem('conflict', 'Others have completed the items you skipped. There is nothing to take up again.', {
        code: 'nothing-skipped',
      })
    }
    return opening(tx, scope, { round, hand: await heldBy(tx, admission), exhausted: false }, [])
  })
  return showHand(store.read, scope.user.id, held, [])
}
