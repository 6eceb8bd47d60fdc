import { and, count, eq, inArray, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { assignments, items, roundRaters, rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { raterCandidates } from '../rounds/raters.ts'
import { ownRound } from '../rounds/state.ts'
import { allot } from './allot.ts'
import { authorsOf, ratedUnder } from './plan.ts'
import { bridgeOf } from './twin.ts'

/** Ids of one condition: a statement has room for so many values. */
const AT_ONCE = 500

export type HandedOver = {
  /** Responses that others rate now in this rater's place, under both versions. */
  moved: number
  /** Kept for the rater still: nobody else of the round may rate them. */
  left: number
}

/**
 * Gives the places that a bridge keeps for a rater to the other raters of the round, evenly, as when somebody falls ill. Only
 * responses that the rater has begun under neither version: half a pair is no pair, and by another rater it is none either.
 * Whoever takes a place is one who rates the response in no other place, had no part in its references and, where ratings
 * given before count as the older half, has given one. Throws `missing`, `conflict` for a round that is no bridge or is closed.
 */
export async function handOverPlaces(
  store: Store,
  scope: Scope,
  roundId: string,
  raterId: string,
): Promise<HandedOver> {
  demand(scope, 'rounds.write')
  return store.write(async (tx) => {
    const round = await ownRound(tx, scope, roundId)
    const bridge = await bridgeOf(tx, round)
    if (bridge === null) throw new Problem('conflict', 'This round is no bridge: it keeps no places for anybody.')
    if (round.state === 'closed') throw new Problem('conflict', 'This round is closed. Open it again first.')
    const halves = bridge.twin === null ? [roundId] : [roundId, bridge.twin.id]
    const kept = await untouchedPlaces(tx, halves, raterId)
    const raters = await raterLoads(tx, scope, halves, raterId)
    const there = await ratersOn(tx, halves)
    const authors = await authorsOf(tx, scope, [...raters.keys()])
    const before = bridge.twin === null ? await ratersBefore(tx, bridge.from.id, [...raters.keys()]) : null
    const allowed = kept.map(({ responseId, caseId }) =>
      [...raters.keys()].filter(
        (id) =>
          !there.get(responseId)?.has(id) &&
          !authors.get(caseId)?.has(id) &&
          (before === null || before.get(responseId)?.has(id) === true),
      ),
    )
    const chosen = allot(allowed, 1, raters)
    const byTaker = new Map<string, string[]>()
    kept.forEach(({ responseId }, i) => {
      const [taker] = chosen[i] ?? []
      if (taker !== undefined) byTaker.set(taker, [...(byTaker.get(taker) ?? []), responseId])
    })
    for (const [taker, responseIds] of byTaker) await give(tx, halves, raterId, taker, responseIds)
    const moved = chosen.filter((takers) => takers.length > 0).length
    if (moved > 0) {
      await tx
        .update(rounds)
        .set({ reopened: sql`${rounds.reopened} + 1` })
        .where(inArray(rounds.id, halves))
      await record(tx, {
        projectId: scope.project.id,
        actor: scope.user,
        action: 'bridge.places-handed-over',
        subject: 'round',
        subjectId: roundId,
        detail: { rater: raterId, responses: moved },
      })
    }
    return { moved, left: kept.length - moved }
  })
}

type Place = { responseId: string; caseId: string }

/** What is kept for the rater in every half, and begun in none. */
async function untouchedPlaces(db: Database, halves: readonly string[], raterId: string): Promise<Place[]> {
  return db
    .select({ responseId: assignments.responseId, caseId: items.caseId })
    .from(assignments)
    .innerJoin(items, eq(items.id, assignments.itemId))
    .where(
      and(
        inArray(assignments.roundId, [...halves]),
        eq(assignments.raterId, raterId),
        eq(assignments.state, 'reserved'),
        eq(items.reason, 'bridge'),
      ),
    )
    .groupBy(assignments.responseId, items.caseId)
    .having(eq(count(), halves.length))
}

/** The other raters of every half who rate in the project still, each with the places kept for them and in their hands. */
async function raterLoads(
  db: Database,
  scope: Scope,
  halves: readonly string[],
  but: string,
): Promise<Map<string, number>> {
  const candidates = new Set((await raterCandidates(db, scope)).map(({ id }) => id))
  const chosen = await db
    .select({ id: roundRaters.raterId })
    .from(roundRaters)
    .where(inArray(roundRaters.roundId, [...halves]))
    .groupBy(roundRaters.raterId)
    .having(eq(count(), halves.length))
  const ahead = await db
    .select({ id: assignments.raterId, n: count() })
    .from(assignments)
    .where(and(inArray(assignments.roundId, [...halves]), inArray(assignments.state, ['reserved', 'leased'])))
    .groupBy(assignments.raterId)
  const loads = new Map(ahead.map(({ id, n }) => [id, Number(n)]))
  return new Map(chosen.filter(({ id }) => id !== but && candidates.has(id)).map(({ id }) => [id, loads.get(id) ?? 0]))
}

/** Who was given a response in either half, whatever became of it. */
async function ratersOn(db: Database, halves: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await db
    .select({ responseId: assignments.responseId, raterId: assignments.raterId })
    .from(assignments)
    .where(inArray(assignments.roundId, [...halves]))
  const found = new Map<string, Set<string>>()
  for (const { responseId, raterId } of rows) {
    found.set(responseId, (found.get(responseId) ?? new Set()).add(raterId))
  }
  return found
}

async function ratersBefore(db: Database, fromId: string, raterIds: string[]): Promise<Map<string, Set<string>>> {
  const rated = await ratedUnder(db, { fromId, since: null, raterIds })
  return new Map(rated.map(({ responseId, raters }) => [responseId, new Set(raters)]))
}

async function give(
  tx: Database,
  halves: readonly string[],
  from: string,
  to: string,
  responseIds: readonly string[],
): Promise<void> {
  for (let start = 0; start < responseIds.length; start += AT_ONCE) {
    await tx
      .update(assignments)
      .set({ raterId: to })
      .where(
        and(
          inArray(assignments.roundId, [...halves]),
          eq(assignments.raterId, from),
          eq(assignments.state, 'reserved'),
          inArray(assignments.responseId, responseIds.slice(start, start + AT_ONCE)),
        ),
      )
  }
}
