import { count, eq, inArray } from 'drizzle-orm'
import { ratings } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'

export type RatingsState = { ratings: number; superseded: number }

/** Changes whenever a rating under the version is made or superseded: both counts only ever grow. Answered from an index. */
export async function stateOfRatings(read: Database, rubricVersionId: string): Promise<RatingsState> {
  const [row] = await read
    .select({
      ratings: count().mapWith(Number),
      superseded: count(ratings.supersededAt).mapWith(Number),
    })
    .from(ratings)
    .where(
      inArray(
        ratings.roundId,
        read.select({ id: rounds.id }).from(rounds).where(eq(rounds.rubricVersionId, rubricVersionId)),
      ),
    )
  return row ?? { ratings: 0, superseded: 0 }
}
