import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { type NamedRatings, ratingsFrom } from '#app/stats/agreement/ratings.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { levels } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { ratingPasses, type Settled } from './filter.ts'

/** The levels of a dimension, lowest first. */
export async function levelsOf(read: Database, dimensionId: string): Promise<number[]> {
  const rows = await read
    .select({ value: levels.value })
    .from(levels)
    .where(eq(levels.dimensionId, dimensionId))
    .orderBy(asc(levels.value))
  return rows.map(({ value }) => value)
}

/** The scores on one dimension of the ratings that pass the filter, under the ids of items and raters. */
export async function scoresOn(read: Database, filter: Settled, dimensionId: string): Promise<NamedRatings> {
  const triples = await read
    .select({ item: ratings.itemId, rater: ratings.raterId, score: scores.level })
    .from(ratings)
    .innerJoin(scores, and(eq(scores.ratingId, ratings.id), eq(scores.dimensionId, dimensionId)))
    .where(and(ratingPasses(read, filter), isNotNull(scores.level)))
    .orderBy(asc(ratings.itemId), asc(ratings.raterId))
  return ratingsFrom(triples, await levelsOf(read, dimensionId))
}
