import { and, eq, sql } from 'drizzle-orm'
import type { Scope } from '#app/auth/permissions.ts'
import { assignments, drafts, rounds } from '#db/schema/rounds.ts'
import { statement } from '#db/statement.server.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type Admission, admit, demandOpen, isHandingOut } from './admission.ts'
import { claimAny, claimNearby, isExhausted } from './claim.ts'
import { endOverdueLeases, renewLeases } from './lease.ts'
import { progressOf } from './progress.ts'
import { showItems } from './show.ts'
import type { Hand } from './shown.ts'
import { HAND } from './terms.ts'

const inHand = statement((db) =>
  db
    .select({ id: assignments.id, claimedAt: assignments.claimedAt, begun: drafts.assignmentId })
    .from(assignments)
    .leftJoin(drafts, eq(drafts.assignmentId, assignments.id))
    .where(
      and(
        eq(assignments.raterId, sql.placeholder('rater')),
        eq(assignments.roundId, sql.placeholder('round')),
        eq(assignments.state, 'leased'),
      ),
    ),
)

/** Assignments in hand after a transaction, in order, and whether a search has found nothing more. */
export type Held = { round: Admission['round']; order: string[]; exhausted: boolean }

/** The assignments that the rater holds in the round: what is begun first, then what was handed out first. */
export async function heldBy(tx: Database, { raterId, round }: Admission): Promise<string[]> {
  const rows = await inHand(tx).execute({ rater: raterId, round: round.id })
  const rank = (row: (typeof rows)[number]) => (row.begun === null ? 1 : 0)
  return rows
    .sort((a, b) => rank(a) - rank(b) || a.claimedAt - b.claimedAt || (a.id < b.id ? -1 : 1))
    .map((row) => row.id)
}

/**
 * Fills the hand as far as a bounded search does, for use within a transaction that does more; `full` is false where a
 * thorough search (`takeHand`) might find more.
 */
export async function fillNearby(tx: Database, admission: Admission): Promise<Held & { full: boolean }> {
  const exhausted = isExhausted(admission) || !isHandingOut(admission.round)
  const order = await heldBy(tx, admission)
  while (!exhausted && order.length < HAND) {
    const claimed = await claimNearby(tx, admission)
    if (!claimed) break
    order.push(claimed)
  }
  return { round: admission.round, order, exhausted, full: exhausted || order.length >= HAND }
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
async function fillHand(tx: Database, admission: Admission): Promise<Held> {
  let { round } = admission
  let order = await heldBy(tx, admission)
  while (order.length < HAND) {
    if (await claimAny(tx, { ...admission, round })) {
      order = await heldBy(tx, admission)
      continue
    }
    await endOverdueLeases(tx, round.id)
    const [latest] = await reopenedIn(tx).execute({ round: round.id })
    if (!latest || latest.reopened === round.reopened) return { round, order, exhausted: true }
    round = { ...round, reopened: latest.reopened }
  }
  return { round, order, exhausted: false }
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
    return fillHand(tx, admission)
  })
  return showHand(store.read, scope.user.id, held, known)
}

/** A hand with its contents and the rater's progress. */
export async function showHand(
  db: Database,
  raterId: string,
  { round, order, exhausted }: Held,
  known: readonly string[],
): Promise<Hand> {
  const unknown = order.filter((id) => !known.includes(id))
  const items = await showItems(db, unknown, round.referencesShown)
  return { order, items, progress: await progressOf(db, raterId, { ...round, exhausted }) }
}

/** No work, and the rater's progress. */
export async function emptyHand(db: Database, raterId: string, roundId: string): Promise<Hand> {
  const round = { id: roundId, secondsPerItem: 0, reopened: 0, exhausted: true }
  return { order: [], items: [], progress: await progressOf(db, raterId, round) }
}
