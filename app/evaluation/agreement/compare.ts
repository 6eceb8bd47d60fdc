import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { type Comparison, compareAgreement } from '#app/stats/agreement/comparison.ts'
import { type NamedRatings, ratingsFrom } from '#app/stats/agreement/ratings.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { items } from '#db/schema/rounds.ts'
import { levels } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { ratingPasses, type Settled } from './filter.ts'

/** A dimension under a filter: one of the two that are compared. */
export type Side = { filter: Settled; dimensionId: string }

/**
 * Compares the agreement of two sides on the responses that both rated: two dimensions, or one before and after, in two rounds or
 * under two rubric versions. Asks no permission: for `comparisonIn`, which does.
 */
export async function comparisonOf(
  read: Database,
  { first, second }: { first: Side; second: Side },
): Promise<Estimated<Comparison>> {
  return compareAgreement(await scoresByResponse(read, first), await scoresByResponse(read, second))
}

/**
 * Scores with responses for items, since an item belongs to one round. A rater who rated a response in two rounds of one side counts
 * twice.
 */
async function scoresByResponse(read: Database, { filter, dimensionId }: Side): Promise<NamedRatings> {
  const rows = await read
    .select({ item: items.responseId, itemId: items.id, rater: ratings.raterId, score: scores.level })
    .from(ratings)
    .innerJoin(items, eq(items.id, ratings.itemId))
    .innerJoin(scores, and(eq(scores.ratingId, ratings.id), eq(scores.dimensionId, dimensionId)))
    .where(and(ratingPasses(read, filter), isNotNull(scores.level)))
    .orderBy(asc(ratings.itemId), asc(ratings.raterId))
  return ratingsFrom(
    rows.flatMap(({ item, itemId, rater, score }) =>
      item === null ? [] : [{ item, rater: `${rater} ${itemId}`, score }],
    ),
    await levelsOf(read, dimensionId),
  )
}

/** The levels of a dimension, lowest first. */
async function levelsOf(read: Database, dimensionId: string): Promise<number[]> {
  const rows = await read
    .select({ value: levels.value })
    .from(levels)
    .where(eq(levels.dimensionId, dimensionId))
    .orderBy(asc(levels.value))
  return rows.map(({ value }) => value)
}
