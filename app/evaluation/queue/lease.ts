import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { assignments, items, rounds } from '#db/schema/rounds.ts'
import { statement } from '#db/statement.server.ts'
import type { Database, Store } from '#db/store.server.ts'
import { admit } from './admission.ts'
import { LEASE_MS } from './terms.ts'

const SWEEP = 200

const extend = statement((db) =>
  db
    .update(assignments)
    .set({ leaseExpiresAt: sql`${sql.placeholder('until')}` })
    .where(
      and(
        eq(assignments.raterId, sql.placeholder('rater')),
        eq(assignments.roundId, sql.placeholder('round')),
        eq(assignments.state, 'leased'),
      ),
    )
    .returning({ id: assignments.id }),
)

/** Starts the leases of everything the rater has in hand in the round anew; returns the ids of those assignments. */
export async function renewLeases(tx: Database, raterId: string, roundId: string): Promise<string[]> {
  const renewed = await extend(tx).execute({ until: now() + LEASE_MS, rater: raterId, round: roundId })
  return renewed.map((row) => row.id)
}

/**
 * The heartbeat of an open rating page. Returns the assignments still held, by id, and until when; one that is missing
 * has gone back to the queue (it may still be submitted while there is room).
 */
export async function extendLeases(
  store: Store,
  scope: Scope,
  roundId: string,
): Promise<{ leases: Record<string, number> }> {
  return store.write(async (tx) => {
    const { raterId, round } = await admit(tx, scope, roundId)
    const until = now() + LEASE_MS
    const held = round.state === 'open' ? await renewLeases(tx, raterId, roundId) : []
    return { leases: Object.fromEntries(held.map((id) => [id, until])) }
  })
}

/** Gives back one slot of each item, as often as it is named, and says in its round that there is work again. */
export async function returnSlots(tx: Database, slots: readonly { itemId: string; roundId: string }[]): Promise<void> {
  const times = new Map<string, number>()
  for (const { itemId } of slots) times.set(itemId, (times.get(itemId) ?? 0) + 1)
  for (const count of new Set(times.values())) {
    const ids = [...times].filter(([, n]) => n === count).map(([id]) => id)
    await tx
      .update(items)
      .set({ taken: sql`${items.taken} - ${count}` })
      .where(inArray(items.id, ids))
  }
  const roundIds = [...new Set(slots.map((slot) => slot.roundId))]
  await tx
    .update(rounds)
    .set({ reopened: sql`${rounds.reopened} + 1` })
    .where(inArray(rounds.id, roundIds))
}

/** Ends the leases that have run out (in one round, or in all), at most some at a time; returns how many. */
export async function endOverdueLeases(tx: Database, roundId?: string): Promise<number> {
  const overdue = tx
    .select({ id: assignments.id })
    .from(assignments)
    .where(
      and(
        // As a literal, so that the index of leases alone is seen to fit.
        sql`${assignments.state} = 'leased'`,
        lt(assignments.leaseExpiresAt, now()),
        roundId === undefined ? undefined : eq(assignments.roundId, roundId),
      ),
    )
    .orderBy(asc(assignments.leaseExpiresAt))
    .limit(SWEEP)
  const ended = await tx
    .update(assignments)
    .set({ state: 'expired', endedAt: now() })
    .where(and(inArray(assignments.id, overdue), eq(assignments.state, 'leased')))
    .returning({ itemId: assignments.itemId, roundId: assignments.roundId })
  if (ended.length > 0) await returnSlots(tx, ended)
  return ended.length
}

/** Gives items whose raters have gone silent back to the queue; their drafts stay theirs. Returns how many. */
export async function returnExpiredLeases(store: Store): Promise<number> {
  let all = 0
  for (;;) {
    const ended = await store.write((tx) => endOverdueLeases(tx))
    all += ended
    if (ended < SWEEP) return all
  }
}
