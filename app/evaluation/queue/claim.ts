import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { assignments, items, roundRaters } from '#db/schema/rounds.ts'
import { statement } from '#db/statement.server.ts'
import type { Database } from '#db/store.server.ts'
import type { Admission } from './admission.ts'
import { anyItem, nearbyItem } from './eligible.ts'
import { LEASE_MS } from './terms.ts'

const hasRoom = lt(items.taken, items.needed)
const oneMore = { taken: sql`${items.taken} + 1` }
/** `sealed`: its case, where that is sealed. */
const given = {
  id: items.id,
  responseId: items.responseId,
  sealed: sql<
    string | null
  >`(select sealed_case.id from cases sealed_case where sealed_case.id = ${items.caseId} and sealed_case.sealed)`,
}

/** An assignment handed over; `sealed`: its case is sealed, and what is in it has yet to be opened. */
export type Claimed = { id: string; sealed: boolean }

/** Compare and swap: takes a slot of the item only while there is one; the table's check would refuse it otherwise. */
const takeSlot = statement((db) =>
  db
    .update(items)
    .set(oneMore)
    .where(and(eq(items.id, sql.placeholder('item')), hasRoom))
    .returning(given),
)

const taking = (found: SQL) =>
  statement((db) =>
    db
      .update(items)
      .set(oneMore)
      .where(and(eq(items.id, found), hasRoom))
      .returning(given),
  )

const takeNearby = taking(nearbyItem('any'))
const takeNearbyUnsealed = taking(nearbyItem('unsealed'))

const finding = (found: SQL) =>
  statement((db) => db.select({ id: sql<string | null>`${found}` }).from(sql`(select 1) one`))

const findAny = finding(anyItem('any'))
const findAnyUnsealed = finding(anyItem('unsealed'))

const addAssignment = statement((db) =>
  db.insert(assignments).values({
    id: sql.placeholder('id'),
    itemId: sql.placeholder('item'),
    roundId: sql.placeholder('round'),
    responseId: sql.placeholder('response'),
    raterId: sql.placeholder('rater'),
    state: 'leased',
    claimedAt: sql.placeholder('at'),
    leaseExpiresAt: sql.placeholder('until'),
  }),
)

/** What was kept for the rater from the start, in the order of its ids, which is random; then what ran out, if it has room. */
const notSealed = sql`not exists (select 1 from cases c where c.id = ${items.caseId} and c.sealed)`

const waiting = (barred: boolean) =>
  statement((db) =>
    db
      .select({ id: assignments.id, itemId: assignments.itemId, state: assignments.state })
      .from(assignments)
      .innerJoin(items, eq(items.id, assignments.itemId))
      .where(
        and(
          eq(assignments.raterId, sql.placeholder('rater')),
          eq(assignments.roundId, sql.placeholder('round')),
          inArray(assignments.state, ['reserved', 'expired']),
          barred ? notSealed : undefined,
          or(eq(assignments.state, 'reserved'), hasRoom),
        ),
      )
      .orderBy(desc(assignments.state), asc(assignments.claimedAt), asc(assignments.id))
      .limit(1),
  )

const ownWaiting = waiting(false)
const ownWaitingUnsealed = waiting(true)

/** A new id: one made with the round would tell a rater that the place was kept for them. */
const handOver = statement((db) =>
  db
    .update(assignments)
    .set({
      id: sql`${sql.placeholder('newId')}`,
      state: 'leased',
      claimedAt: sql`${sql.placeholder('at')}`,
      leaseExpiresAt: sql`${sql.placeholder('until')}`,
    })
    .where(and(eq(assignments.id, sql.placeholder('id')), eq(assignments.state, 'reserved')))
    .returning({ id: assignments.id }),
)

const leaseAgain = statement((db) =>
  db
    .update(assignments)
    .set({ state: 'leased', leaseExpiresAt: sql`${sql.placeholder('until')}`, endedAt: null, skipReason: null })
    .where(eq(assignments.id, sql.placeholder('id'))),
)

const markExhausted = statement((db) =>
  db
    .update(roundRaters)
    .set({ exhaustedAt: sql`${sql.placeholder('reopened')}` })
    .where(and(eq(roundRaters.roundId, sql.placeholder('round')), eq(roundRaters.raterId, sql.placeholder('rater')))),
)

/** True while nothing has happened that could have opened an item to the rater since a search last found none. */
export const isExhausted = ({ exhaustedAt, round }: Admission): boolean => exhaustedAt === round.reopened

/**
 * Hands the rater one more item if one is found within a bounded search; returns its assignment, or null. On PostgreSQL it
 * waits for no lock, so that it can be part of a transaction which holds another item.
 */
export async function claimNearby(tx: Database, admission: Admission): Promise<Claimed | null> {
  const { raterId, round, seed, claims } = admission
  if (isExhausted(admission)) return null
  const take = admission.barred ? takeNearbyUnsealed : takeNearby
  const [item] = await take(tx).execute({ round: round.id, rater: raterId, start: startOf(seed, claims) })
  return item ? { id: await assign(tx, admission, item), sealed: item.sealed !== null } : null
}

/**
 * Hands the rater one more item: one kept for them; one whose lease they let run out, if there is still room; one nearby;
 * any. Returns null only when no item of the round is open to them, and remembers that until something is opened again.
 */
export async function claimAny(tx: Database, admission: Admission): Promise<string | null> {
  if (isExhausted(admission)) return null
  const claimed = (await takeWaiting(tx, admission)) ?? (await claimNearby(tx, admission))?.id
  if (claimed) return claimed
  const { raterId, round, seed, claims, barred } = admission
  for (;;) {
    const [found] = await (barred ? findAnyUnsealed : findAny)(tx).execute({
      round: round.id,
      rater: raterId,
      start: startOf(seed, claims),
    })
    if (!found?.id) break
    const [item] = await takeSlot(tx).execute({ item: found.id })
    // No row: another rater was quicker. Every such miss is a slot taken, so this ends.
    if (item) return assign(tx, admission, item)
  }
  await markExhausted(tx).execute({ reopened: round.reopened, round: round.id, rater: raterId })
  return null
}

async function assign(
  tx: Database,
  { raterId, round }: Admission,
  item: { id: string; responseId: string },
): Promise<string> {
  const at = now()
  const id = newId()
  await addAssignment(tx).execute({
    id,
    item: item.id,
    round: round.id,
    response: item.responseId,
    rater: raterId,
    at,
    until: at + LEASE_MS,
  })
  return id
}

async function takeWaiting(tx: Database, { raterId, round, barred }: Admission): Promise<string | null> {
  for (;;) {
    const [own] = await (barred ? ownWaitingUnsealed : ownWaiting)(tx).execute({ rater: raterId, round: round.id })
    if (!own) return null
    if (own.state === 'reserved') {
      const at = now()
      const [handed] = await handOver(tx).execute({ id: own.id, newId: newId(), at, until: at + LEASE_MS })
      if (handed) return handed.id
    } else if (await retake(tx, own)) return own.id
  }
}

/** Takes up again an assignment that was skipped or ran out, draft and all; false when others have completed its item. */
export async function retake(tx: Database, own: { id: string; itemId: string }): Promise<boolean> {
  const [item] = await takeSlot(tx).execute({ item: own.itemId })
  if (!item) return false
  await leaseAgain(tx).execute({ id: own.id, until: now() + LEASE_MS })
  return true
}

/** A place in [0, 2^31) that follows from the rater's seed and the number of their claims: their own shuffle. */
export function startOf(seed: number, claims: number): number {
  let mixed = Math.imul(seed ^ Math.imul(claims, 0x9e3779b1), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 1
}
