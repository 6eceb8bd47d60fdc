import { and, count, eq, isNull } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { ratings } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'

/** How many ratings in force each rater has under a rubric version, by id; who has none is not in it. */
export async function ratersUnder(db: Database, scope: Scope, versionId: string): Promise<Map<string, number>> {
  demand(scope, 'rounds.write')
  const rows = await db
    .select({ rater: ratings.raterId, n: count() })
    .from(ratings)
    .innerJoin(rounds, and(eq(rounds.id, ratings.roundId), eq(rounds.projectId, scope.project.id)))
    .where(and(eq(ratings.rubricVersionId, versionId), isNull(ratings.supersededAt)))
    .groupBy(ratings.raterId)
  return new Map(rows.map(({ rater, n }) => [rater, n]))
}
