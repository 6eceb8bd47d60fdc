import { and, count, desc, eq, isNull, ne } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { ratings } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'

export type RoundOfVersion = { id: string; name: string; state: string; simulated: string | null; ratings: number }

/** The rounds that are rated under a rubric version, the newest first, with their effective ratings. */
export async function roundsUnder(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  versionId: string,
): Promise<RoundOfVersion[]> {
  demand(scope, 'rounds.read')
  return read
    .select({
      id: rounds.id,
      name: rounds.name,
      state: rounds.state,
      simulated: rounds.simulated,
      ratings: count(ratings.id).mapWith(Number),
    })
    .from(rounds)
    .leftJoin(ratings, and(eq(ratings.roundId, rounds.id), isNull(ratings.supersededAt)))
    .where(
      and(eq(rounds.rubricVersionId, versionId), eq(rounds.projectId, scope.project.id), ne(rounds.state, 'making')),
    )
    .groupBy(rounds.id, rounds.name, rounds.state, rounds.simulated, rounds.createdAt)
    .orderBy(desc(rounds.createdAt), desc(rounds.id))
}
