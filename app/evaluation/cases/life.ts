/** The life of a case as events: what pools, seals, exposures and ratings say of it. No word of its text. */
import { asc, count, eq, max } from 'drizzle-orm'
import type { Pool } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import type { poolMoves } from '#db/schema/pools.ts'
import { ratings } from '#db/schema/ratings.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import { type ExposedFor, exposures, seals } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import type { CaseEvent } from './history.ts'

type Move = typeof poolMoves.$inferSelect

/** The moves of a case, the first apart where the case was made by it. */
export function movesIn(moves: readonly Move[]): { made: CaseEvent | null; others: CaseEvent[] } {
  const first = moves.find(({ fromPool }) => fromPool === null)
  return {
    made: first?.samplingId ? event(first.movedAt, `Drawn from the traces into the pool “${first.toPool}”`) : null,
    others: moves
      .filter(({ fromPool }) => fromPool !== null)
      .map((move, i, all) => event(move.movedAt, moved(move, i, all))),
  }
}

const event = (at: number, what: string): CaseEvent => ({ at, actor: '', what })

const WAYS: Partial<Record<`${Pool} ${Pool}`, string>> = {
  'holdout active': 'Graduated from the holdout to active',
  'active retired': 'Retired from active',
  'holdout retired': 'Retired from the holdout, its seal broken',
}

function moved({ rotationId, fromPool, toPool }: Move, i: number, all: readonly Move[]): string {
  // The second move by one rotation is the one back.
  const back = rotationId !== null && all.slice(0, i).some((earlier) => earlier.rotationId === rotationId)
  if (back) return `Back in the pool “${toPool}”: the rotation was undone`
  const way = rotationId === null ? undefined : WAYS[`${fromPool ?? 'active'} ${toPool}`]
  return way ? `${way}, by a rotation` : `Moved from the pool “${fromPool}” to “${toPool}”`
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

export async function sealEvents(read: Database, caseId: string): Promise<CaseEvent[]> {
  const [seal] = await read.select().from(seals).where(eq(seals.caseId, caseId))
  if (!seal) return []
  const sealed = event(seal.sealedAt, `Sealed until ${day(seal.sealedUntil)}`)
  return seal.endedAt === null ? [sealed] : [sealed, event(seal.endedAt, 'The seal was ended')]
}

const OPENED: Record<ExposedFor, string> = {
  rating: 'opened it to rate it',
  'own rating': 'opened it again by an own rating',
  'writing a reference': 'opened it to write a reference',
  'checking a reference': 'opened it to check a reference',
  'break-glass': 'opened it, its seal broken',
}

export async function exposureEvents(read: Database, caseId: string): Promise<CaseEvent[]> {
  const rows = await read
    .select({ at: exposures.openedAt, exposedFor: exposures.exposedFor, name: users.name })
    .from(exposures)
    .innerJoin(users, eq(users.id, exposures.userId))
    .where(eq(exposures.caseId, caseId))
    .orderBy(asc(exposures.openedAt))
  return rows.map(({ at, exposedFor, name }) => ({ at, actor: name, what: OPENED[exposedFor] }))
}

/** How often it was rated, by round, at the time of the last rating. */
export async function ratingEvents(read: Database, caseId: string): Promise<CaseEvent[]> {
  const rows = await read
    .select({ round: rounds.name, n: count(), at: max(ratings.submittedAt) })
    .from(ratings)
    .innerJoin(items, eq(items.id, ratings.itemId))
    .innerJoin(rounds, eq(rounds.id, items.roundId))
    .where(eq(items.caseId, caseId))
    .groupBy(rounds.id, rounds.name)
  return rows.map(({ round, n, at }) =>
    event(at ?? 0, `Rated ${n === 1 ? 'once' : `${n} times`} in the round “${round}”, the last time then`),
  )
}
