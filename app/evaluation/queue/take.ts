import { and, eq, sql } from 'drizzle-orm'
import type { Scope } from '#app/auth/permissions.ts'
import { cases } from '#db/schema/cases.ts'
import { assignments, drafts, items, rounds } from '#db/schema/rounds.ts'
import { statement } from '#db/statement.server.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type Openings, recordAssignments } from '../seal/open.ts'
import { type Admission, admit, demandOpen, isHandingOut } from './admission.ts'
import { type Claimed, claimAny, claimNearby, isExhausted } from './claim.ts'
import { endOverdueLeases, renewLeases } from './lease.ts'
import { progressOf } from './progress.ts'
import { showItems } from './show.ts'
import type { Hand } from './shown.ts'
import { HAND } from './terms.ts'

const inHand = statement((db) =>
  db
    .select({
      id: assignments.id,
      claimedAt: assignments.claimedAt,
      begun: drafts.assignmentId,
      sealed: cases.sealed,
    })
    .from(assignments)
    .innerJoin(items, eq(items.id, assignments.itemId))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .leftJoin(drafts, eq(drafts.assignmentId, assignments.id))
    .where(
      and(
        eq(assignments.raterId, sql.placeholder('rater')),
        eq(assignments.roundId, sql.placeholder('round')),
        eq(assignments.state, 'leased'),
      ),
    ),
)

/** Assignments in hand, in order, and whether a search has found nothing more. */
type Hands = { round: Admission['round']; hand: Claimed[]; exhausted: boolean }

/** The same after a transaction, with the openings of those sealed cases whose contents will be shown on record. */
export type Held = { round: Admission['round']; order: string[]; exhausted: boolean; openings: Openings }

/** The assignments that the rater holds in the round: what is begun first, then what was handed out first. */
export async function heldBy(tx: Database, { raterId, round, barred }: Admission): Promise<Claimed[]> {
  const rows = await inHand(tx).execute({ rater: raterId, round: round.id })
  const rank = (row: (typeof rows)[number]) => (row.begun === null ? 1 : 0)
  return rows
    .filter(({ sealed }) => !(barred && sealed))
    .sort((a, b) => rank(a) - rank(b) || a.claimedAt - b.claimedAt || (a.id < b.id ? -1 : 1))
    .map(({ id, sealed }) => ({ id, sealed }))
}

/** Records the opening of whatever sealed in the hand the browser does not have yet: the next item's too. */
export async function opening(
  tx: Database,
  scope: Scope,
  { round, hand, exhausted }: Hands,
  known: readonly string[],
): Promise<Held> {
  const sealed = hand.filter((one) => one.sealed && !known.includes(one.id)).map(({ id }) => id)
  const openings = await recordAssignments(tx, scope, 'rating', sealed)
  return { round, order: hand.map(({ id }) => id), exhausted, openings }
}

/**
 * Fills the hand as far as a bounded search does, for use within a transaction that does more; `full` is false where a
 * thorough search (`takeHand`) might find more.
 */
export async function fillNearby(
  tx: Database,
  scope: Scope,
  admission: Admission,
  known: readonly string[],
): Promise<Held & { full: boolean }> {
  const exhausted = isExhausted(admission) || !isHandingOut(admission.round)
  const hand = await heldBy(tx, admission)
  while (!exhausted && hand.length < HAND) {
    const claimed = await claimNearby(tx, admission)
    if (!claimed) break
    hand.push(claimed)
  }
  const full = exhausted || hand.length >= HAND
  // What is not full is looked through again, and opened then.
  const held = await opening(tx, scope, { round: admission.round, hand: full ? hand : [], exhausted }, known)
  return { ...held, full }
}

const reopenedIn = statement((db) =>
  db
    .select({ reopened: rounds.reopened })
    .from(rounds)
    .where(eq(rounds.id, sql.placeholder('round'))),
)

/**
 * The same, thoroughly: what is not found is not there. Before saying so it ends the leases that have run out, and
 * searches again when anything was opened, by itself or by another process, since it began to search.
 */
async function fillHand(tx: Database, admission: Admission): Promise<Hands> {
  let { round } = admission
  let hand = await heldBy(tx, admission)
  while (hand.length < HAND) {
    if (await claimAny(tx, { ...admission, round })) {
      hand = await heldBy(tx, admission)
      continue
    }
    await endOverdueLeases(tx, round.id)
    const [latest] = await reopenedIn(tx).execute({ round: round.id })
    if (!latest || latest.reopened === round.reopened) return { round, hand, exhausted: true }
    round = { ...round, reopened: latest.reopened }
  }
  return { round, hand, exhausted: false }
}

/**
 * The rater's work in a round: what they have in hand, topped up from the queue, with the leases started anew. An empty
 * `order` means that nothing is open to them now. Throws `no-round`, `round-closed`, `round-not-started`, `round-ended`.
 * `known`: assignments whose contents the browser has.
 */
export async function takeHand(
  store: Store,
  scope: Scope,
  roundId: string,
  known: readonly string[] = [],
): Promise<Hand> {
  const held = await store.write(async (tx) => {
    const admission = await admit(tx, scope, roundId)
    demandOpen(admission.round)
    await renewLeases(tx, scope.user.id, roundId)
    return opening(tx, scope, await fillHand(tx, admission), known)
  })
  return showHand(store.read, scope.user.id, held, known)
}

/** A hand with its contents and the rater's progress. */
export async function showHand(
  db: Database,
  raterId: string,
  { round, order, exhausted, openings }: Held,
  known: readonly string[],
): Promise<Hand> {
  const unknown = order.filter((id) => !known.includes(id))
  const items = await showItems(db, unknown, round.referencesShown, openings)
  return { order, items, progress: await progressOf(db, raterId, { ...round, exhausted }) }
}

/** No work, and the rater's progress. */
export async function emptyHand(db: Database, raterId: string, roundId: string): Promise<Hand> {
  const round = { id: roundId, secondsPerItem: 0, reopened: 0, exhausted: true }
  return { order: [], items: [], progress: await progressOf(db, raterId, round) }
}
