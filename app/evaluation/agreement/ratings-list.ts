import { and, asc, count, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type RatingSource, ratedBy, ratingPasses, type Settled } from './filter.ts'
import { type ListedKind, ratingIs } from './listed-kind.ts'
import { caseLabel, caseName } from './names.ts'

/** Which of the ratings behind the figures are listed. */
export type ListFilter = {
  itemId: string | null
  raterId: string | null
  /** With `raterId`: only what these two gave to items that both rated. */
  withRaterId: string | null
  /** Only items that were given both of these levels on this dimension. */
  levels: { dimensionId: string; low: number; high: number } | null
  /** Only items whose levels on this dimension lie at least so far apart. */
  apart: { dimensionId: string; levels: number } | null
  /** Only what stands for this where drift is measured. */
  kind?: ListedKind | null
  page: number
}

export type ListedRating = {
  id: string
  itemId: string
  caseId: string
  question: string
  systemVersion: string
  round: string
  rater: string
  raterId: string
  source: RatingSource
  submittedAt: number
  revision: number
  /** By dimension id; null is "cannot judge". */
  levels: Record<string, number | null>
}

export const RATINGS_PER_PAGE = 60

/**
 * The ratings in force that the filter takes in, item by item, one page at a time. The filter must be one that `agreementIn`
 * settled for the same scope.
 */
export async function listRatings(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  filter: Settled,
  { itemId, raterId, withRaterId, levels, apart, kind = null, page }: ListFilter,
): Promise<{ total: number; ratings: ListedRating[] }> {
  demand(scope, 'ratings.read')
  const passes = and(
    ratingPasses(read, filter),
    itemId === null ? undefined : eq(ratings.itemId, itemId),
    raterId === null ? undefined : inArray(ratings.raterId, withRaterId === null ? [raterId] : [raterId, withRaterId]),
    ...(raterId !== null && withRaterId !== null
      ? [inArray(ratings.itemId, ratedBy(read, raterId)), inArray(ratings.itemId, ratedBy(read, withRaterId))]
      : []),
    ...(levels === null
      ? []
      : [levels.low, levels.high].map((level) =>
          inArray(ratings.itemId, itemsGiven(read, filter, levels.dimensionId, level)),
        )),
    apart === null ? undefined : inArray(ratings.itemId, itemsApart(read, filter, apart)),
    kind === null ? undefined : ratingIs(read, kind, scope.project.id),
  )
  const [counted] = await read
    .select({ total: count().mapWith(Number) })
    .from(ratings)
    .where(passes)
  const rows = await read
    .select({
      id: ratings.id,
      itemId: ratings.itemId,
      caseId: items.caseId,
      ...caseName,
      systemVersion: systemVersions.name,
      round: rounds.name,
      rater: users.name,
      raterId: ratings.raterId,
      source: ratings.source,
      submittedAt: ratings.submittedAt,
      revision: ratings.revision,
    })
    .from(ratings)
    .innerJoin(items, eq(items.id, ratings.itemId))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .innerJoin(responses, eq(responses.id, items.responseId))
    .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .innerJoin(rounds, eq(rounds.id, ratings.roundId))
    .innerJoin(users, eq(users.id, ratings.raterId))
    .where(and(passes, eq(rounds.projectId, scope.project.id)))
    .orderBy(asc(ratings.itemId), desc(ratings.submittedAt), asc(ratings.id))
    .limit(RATINGS_PER_PAGE)
    .offset((page - 1) * RATINGS_PER_PAGE)
  const given = await levelsOf(
    read,
    rows.map(({ id }) => id),
  )
  return {
    total: counted?.total ?? 0,
    ratings: rows.map(({ key, input, sealed, ...row }) => ({
      ...row,
      question: caseLabel({ key, input, sealed }),
      levels: given.get(row.id) ?? {},
    })),
  }
}

async function levelsOf(
  read: Database,
  ratingIds: readonly string[],
): Promise<Map<string, Record<string, number | null>>> {
  const found = new Map<string, Record<string, number | null>>()
  if (ratingIds.length === 0) return found
  const rows = await read
    .select({ ratingId: scores.ratingId, dimensionId: scores.dimensionId, level: scores.level })
    .from(scores)
    .where(inArray(scores.ratingId, [...ratingIds]))
  for (const { ratingId, dimensionId, level } of rows) {
    const levels = found.get(ratingId) ?? {}
    levels[dimensionId] = level
    found.set(ratingId, levels)
  }
  return found
}

/** Ids of items that somebody gave this level on a dimension. */
function itemsGiven(read: Database, filter: Settled, dimensionId: string, level: number) {
  return read
    .select({ id: ratings.itemId })
    .from(ratings)
    .innerJoin(scores, and(eq(scores.ratingId, ratings.id), eq(scores.dimensionId, dimensionId)))
    .where(and(ratingPasses(read, filter), eq(scores.level, level)))
}

const spread = (): SQL<number> => sql<number>`max(${scores.level}) - min(${scores.level})`

/** Ids of items whose levels on a dimension lie at least so far apart. */
function itemsApart(read: Database, filter: Settled, { dimensionId, levels }: { dimensionId: string; levels: number }) {
  return read
    .select({ id: ratings.itemId })
    .from(ratings)
    .innerJoin(scores, and(eq(scores.ratingId, ratings.id), eq(scores.dimensionId, dimensionId)))
    .where(and(ratingPasses(read, filter), isNotNull(scores.level)))
    .groupBy(ratings.itemId)
    .having(sql`${spread()} >= ${levels}`)
}
