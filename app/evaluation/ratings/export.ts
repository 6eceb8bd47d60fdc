import { and, asc, eq, gt, inArray, isNotNull, isNull, ne, or } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { exactCsvLine } from '#app/formats/write-csv.ts'
import { cases, references, responses, systemVersions } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import { dimensions, rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database, Store } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { openWords } from '../seal/rating-words.ts'
import { COLUMNS, type ExportedDimension, type ExportedRating, type ExportRow, rowsOf } from './export-rows.ts'

const PAGE = 500

export type ExportFilter = {
  /** One round; without it every round of the project. */
  roundId?: string
  /** Superseded ratings too, after those in force. */
  all?: boolean
}

export type ExportFormat = 'csv' | 'jsonl'

/**
 * Ratings in long form, one row a dimension, piece by piece, so that any number of them can be streamed. CSV as RFC 4180
 * has it, with a header; `evidence` is JSON within its cell. Cells are written as they were entered: one that begins with
 * `=` is data, and changing it to please a spreadsheet would change a rating. Of sealed cases nothing that was said in words
 * is in it. Throws `missing` for a round that is not of
 * the project.
 */
export async function* exportRatings(
  store: Store,
  scope: Scope,
  filter: ExportFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  demand(scope, 'ratings.read')
  const db = store.read
  const chosen = await roundsOf(db, scope, filter.roundId)
  if (format === 'csv') yield exactCsvLine(COLUMNS)
  for (const roundId of chosen) {
    for (const superseded of filter.all ? [false, true] : [false]) {
      for await (const rows of pagesOf(db, roundId, superseded)) {
        yield rows.map(format === 'csv' ? asCsv : asJson).join('')
        // Others are waiting for the event loop.
        await new Promise(setImmediate)
      }
    }
  }
}

const asJson = (row: ExportRow): string => `${JSON.stringify(row)}\n`

const asCsv = (row: ExportRow): string =>
  exactCsvLine(
    COLUMNS.map((column) => {
      const value = row[column]
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
    }),
  )

async function roundsOf(db: Database, scope: Scope, roundId: string | undefined): Promise<string[]> {
  const rows = await db
    .select({ id: rounds.id })
    .from(rounds)
    .where(
      and(
        eq(rounds.projectId, scope.project.id),
        ne(rounds.state, 'making'),
        roundId === undefined ? undefined : eq(rounds.id, roundId),
      ),
    )
    .orderBy(asc(rounds.createdAt), asc(rounds.id))
  if (roundId !== undefined && rows.length === 0) {
    throw new Problem('missing', 'There is no such round in this project.', { code: 'no-round' })
  }
  return rows.map((row) => row.id)
}

/** Follows the index of ratings by round: no page costs more than another, however many came before. */
async function* pagesOf(db: Database, roundId: string, superseded: boolean): AsyncGenerator<ExportRow[]> {
  let last: { id: string; supersededAt: number | null } | undefined
  for (;;) {
    const found = await pageAfter(db, roundId, superseded, last)
    if (found.length === 0) return
    yield await withScores(db, found)
    last = found.at(-1)?.rating
  }
}

const pageAfter = async (
  db: Database,
  roundId: string,
  superseded: boolean,
  last: { id: string; supersededAt: number | null } | undefined,
): Promise<ExportedRating[]> => {
  const at = last?.supersededAt ?? 0
  const after = superseded
    ? and(
        isNotNull(ratings.supersededAt),
        or(gt(ratings.supersededAt, at), and(eq(ratings.supersededAt, at), gt(ratings.id, last?.id ?? ''))),
      )
    : and(isNull(ratings.supersededAt), gt(ratings.id, last?.id ?? ''))
  return await db
    .select({
      rating: ratings,
      round: rounds.name,
      simulated: rounds.simulated,
      reason: items.reason,
      selectionProbability: items.selectionProbability,
      caseKey: cases.key,
      sealed: cases.sealed,
      category: cases.category,
      userSegment: cases.userSegment,
      systemVersion: systemVersions.name,
      referenceQuality: references.quality,
      responseHash: responses.contentHash,
      rater: users.name,
    })
    .from(ratings)
    .innerJoin(rounds, eq(rounds.id, ratings.roundId))
    .innerJoin(items, eq(items.id, ratings.itemId))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .innerJoin(responses, eq(responses.id, items.responseId))
    .leftJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .leftJoin(references, eq(references.id, responses.referenceId))
    .innerJoin(users, eq(users.id, ratings.raterId))
    .where(and(eq(ratings.roundId, roundId), after))
    .orderBy(asc(ratings.supersededAt), asc(ratings.id))
    .limit(PAGE)
}

async function withScores(db: Database, page: readonly ExportedRating[]): Promise<ExportRow[]> {
  const ids = page.map(({ rating }) => rating.id)
  const given = await db
    .select({ score: scores, key: dimensions.key, rubric: rubrics.key, rubricVersion: rubricVersions.number })
    .from(scores)
    .innerJoin(dimensions, eq(dimensions.id, scores.dimensionId))
    .innerJoin(rubricVersions, eq(rubricVersions.id, dimensions.rubricVersionId))
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(inArray(scores.ratingId, ids))
    .orderBy(asc(dimensions.position), asc(dimensions.id))
  const words = await openWords(db, ids)
  const known = new Map<string, ExportedDimension>()
  const byRating = new Map<string, (typeof scores.$inferSelect)[]>(ids.map((id) => [id, []]))
  for (const { score, ...dimension } of given) {
    known.set(score.dimensionId, dimension)
    byRating.get(score.ratingId)?.push(score)
  }
  return page.flatMap((exported) => {
    const { id } = exported.rating
    return rowsOf(exported, byRating.get(id) ?? [], known, words.get(id))
  })
}
