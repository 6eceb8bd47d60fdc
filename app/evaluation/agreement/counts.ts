import { and, count, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { PatternRow } from '#app/stats/agreement/patterns.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { dimensions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { type RatingSource, ratingPasses, type Settled } from './filter.ts'

/** Level counts of items, how many items have each, and how often the dimension could not be judged. */
export type DimensionCounts = { patterns: PatternRow[]; cannotJudge: number }

/**
 * Counts levels per item and dimension, then equal counts: what agreement is computed from, in one pass of the database.
 *
 * @param levels every level of any dimension of the version, lowest first; `counts` of a row are in this order
 * @returns by dimension id
 */
export async function countPatterns(
  read: Database,
  filter: Settled,
  levels: readonly number[],
): Promise<Map<string, DimensionCounts>> {
  const names = levels.map((_, k) => `n${k}`)
  const timesGiven = levels.map((level, k) => {
    const value = sql.raw(String(level))
    return [`n${k}`, sql<number>`sum(case when ${scores.level} = ${value} then 1 else 0 end)`.as(`n${k}`)]
  })
  const perItem = read
    .select({
      dimensionId: scores.dimensionId,
      missing: sql<number>`sum(case when ${scores.level} is null then 1 else 0 end)`.as('missing'),
      ...(Object.fromEntries(timesGiven) as Record<string, SQL.Aliased<number>>),
    })
    .from(ratings)
    .innerJoin(scores, eq(scores.ratingId, ratings.id))
    .where(ratingPasses(read, filter))
    .groupBy(ratings.itemId, scores.dimensionId)
    .as('per_item')
  const columns = names.map((name) => sql.raw(`per_item.${name}`) as SQL<number>)
  const rows = await read
    .select({
      dimensionId: perItem.dimensionId,
      items: count().mapWith(Number),
      missing: sql<number>`sum(${perItem.missing})`.mapWith(Number),
      ...Object.fromEntries(columns.map((column, k) => [`n${k}`, column.mapWith(Number)])),
    })
    .from(perItem)
    .groupBy(perItem.dimensionId, ...columns)
  const found = new Map<string, DimensionCounts>()
  for (const { dimensionId, items, missing, ...row } of rows) {
    const known = found.get(dimensionId) ?? { patterns: [], cannotJudge: 0 }
    const given = row as Record<string, number>
    known.patterns.push({ items, counts: names.map((name) => given[name] as number) })
    known.cannotJudge += missing
    found.set(dimensionId, known)
  }
  return found
}

/** What the figures rest on, whatever the dimension. */
export type Basis = {
  items: number
  raters: number
  ratings: number
  /** Ratings by where they were made. */
  sources: Record<RatingSource, number>
  /** When the first and the last were submitted; null without any. */
  first: number | null
  last: number | null
}

export async function countBasis(read: Database, filter: Settled): Promise<Basis> {
  const rows = await read
    .select({
      raterId: ratings.raterId,
      source: ratings.source,
      ratings: count().mapWith(Number),
      first: sql<number>`min(${ratings.submittedAt})`.mapWith(Number),
      last: sql<number>`max(${ratings.submittedAt})`.mapWith(Number),
    })
    .from(ratings)
    .where(ratingPasses(read, filter))
    .groupBy(ratings.raterId, ratings.source)
  const [distinct] = await read
    .select({ items: sql<number>`count(distinct ${ratings.itemId})`.mapWith(Number) })
    .from(ratings)
    .where(ratingPasses(read, filter))
  const sources = { app: 0, import: 0, simulated: 0 }
  for (const row of rows) sources[row.source] += row.ratings
  return {
    items: distinct?.items ?? 0,
    raters: new Set(rows.map(({ raterId }) => raterId)).size,
    ratings: rows.reduce((sum, row) => sum + row.ratings, 0),
    sources,
    first: rows.length === 0 ? null : Math.min(...rows.map((row) => row.first)),
    last: rows.length === 0 ? null : Math.max(...rows.map((row) => row.last)),
  }
}

/** How many raters scored each dimension, by dimension id. Stops at a rater's first score, so it stays cheap. */
export async function countRaters(read: Database, filter: Settled): Promise<Map<string, number>> {
  const raters = read
    .selectDistinct({ raterId: ratings.raterId })
    .from(ratings)
    .where(ratingPasses(read, filter))
    .as('raters')
  const score = read
    .select({ one: sql`1` })
    .from(ratings)
    .innerJoin(scores, eq(scores.ratingId, ratings.id))
    .where(
      and(
        eq(ratings.raterId, raters.raterId),
        ratingPasses(read, filter),
        eq(scores.dimensionId, dimensions.id),
        isNotNull(scores.level),
      ),
    )
  const rows = await read
    .select({ dimensionId: dimensions.id, raters: count().mapWith(Number) })
    .from(dimensions)
    .crossJoin(raters)
    .where(and(eq(dimensions.rubricVersionId, filter.rubricVersionId), sql`exists ${score}`))
    .groupBy(dimensions.id)
  return new Map(rows.map(({ dimensionId, raters: n }) => [dimensionId, n]))
}
