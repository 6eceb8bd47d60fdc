import { and, count, eq, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { items, roundRaters, rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'

/** What a rater has before them in the open rounds of the project, if the work is shared out evenly. */
export type Workload = { rounds: number; items: number; seconds: number }

/** The open work of each rater of the project's open rounds, by id; who has none is not in it. */
export async function workloads(db: Database, scope: Scope): Promise<Map<string, Workload>> {
  demand(scope, 'rounds.read')
  const open = and(eq(rounds.projectId, scope.project.id), eq(rounds.state, 'open'))
  const left = await db
    .select({
      id: rounds.id,
      secondsPerItem: rounds.secondsPerItem,
      ratings: sql<number>`sum(${items.needed} - ${items.done})`.mapWith(Number),
    })
    .from(rounds)
    .innerJoin(items, eq(items.roundId, rounds.id))
    .where(open)
    .groupBy(rounds.id, rounds.secondsPerItem)
  const members = await db
    .select({ roundId: roundRaters.roundId, raterId: roundRaters.raterId })
    .from(roundRaters)
    .innerJoin(rounds, eq(rounds.id, roundRaters.roundId))
    .where(open)
  const sizes = await db
    .select({ roundId: items.roundId, items: count().mapWith(Number) })
    .from(items)
    .innerJoin(rounds, eq(rounds.id, items.roundId))
    .where(open)
    .groupBy(items.roundId)
  const found = new Map<string, Workload>()
  for (const { roundId, raterId } of members) {
    const round = left.find(({ id }) => id === roundId)
    if (!round || round.ratings === 0) continue
    const among = members.filter((member) => member.roundId === roundId).length
    const most = sizes.find((size) => size.roundId === roundId)?.items ?? 0
    const share = Math.min(most, Math.ceil(round.ratings / among))
    const known = found.get(raterId) ?? { rounds: 0, items: 0, seconds: 0 }
    found.set(raterId, {
      rounds: known.rounds + 1,
      items: known.items + share,
      seconds: known.seconds + share * round.secondsPerItem,
    })
  }
  return found
}
