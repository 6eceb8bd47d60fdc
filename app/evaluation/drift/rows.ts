import { and, eq, gte, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { cases, responses } from '#db/schema/cases.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { anchors, items, rounds } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import type { RatingSource } from '../agreement/filter.ts'
import type { SettledDrift } from './filter.ts'
import type { DimensionScales } from './scales.ts'

/** A rating in force, with everything that says what it is of. */
export type DriftRow = {
  responseId: string
  raterId: string
  versionId: string
  roundId: string
  at: number
  reason: (typeof items.$inferSelect)['reason']
  source: RatingSource
  category: string
  userSegment: string
  systemVersionId: string
  /** By dimension, in the order of the scales; null is "cannot judge", or a dimension the version does not have. */
  levels: (number | null)[]
}

/** All ratings in force that the filter takes in, the oldest first, in one query. */
export async function readDriftRows(
  read: Database,
  filter: SettledDrift,
  scales: readonly DimensionScales[],
): Promise<DriftRow[]> {
  const { from, to, category, userSegment, source, raterId } = filter
  if (scales.length === 0) return []
  const columns = scales.map(({ versions }, d) => {
    const ids = sql.join(
      versions.map(({ dimensionId }) => sql`${dimensionId}`),
      sql`, `,
    )
    const level = sql<number | null>`max(case when ${scores.dimensionId} in (${ids}) then ${scores.level} end)`
    return [`d${d}`, level.as(`d${d}`)] as const
  })
  const versions = read
    .select({ id: rubricVersions.id })
    .from(rubricVersions)
    .where(eq(rubricVersions.rubricId, filter.rubricId))
  const rows = await read
    .select({
      responseId: items.responseId,
      raterId: ratings.raterId,
      versionId: ratings.rubricVersionId,
      roundId: ratings.roundId,
      at: ratings.submittedAt,
      reason: items.reason,
      source: ratings.source,
      category: cases.category,
      userSegment: cases.userSegment,
      systemVersionId: responses.systemVersionId,
      ratingId: ratings.id,
      ...(Object.fromEntries(columns) as Record<string, SQL.Aliased<number | null>>),
    })
    .from(ratings)
    .innerJoin(items, eq(items.id, ratings.itemId))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .innerJoin(responses, eq(responses.id, items.responseId))
    .innerJoin(scores, eq(scores.ratingId, ratings.id))
    .where(
      and(
        inArray(ratings.rubricVersionId, versions),
        isNull(ratings.supersededAt),
        isNull(responses.referenceId),
        from === null ? undefined : gte(ratings.submittedAt, from),
        to === null ? undefined : lt(ratings.submittedAt, to),
        source === null ? undefined : eq(ratings.source, source),
        raterId === null ? undefined : eq(ratings.raterId, raterId),
        category === null ? undefined : eq(cases.category, category),
        userSegment === null ? undefined : eq(cases.userSegment, userSegment),
      ),
    )
    .groupBy(ratings.id, items.id, cases.id, responses.id)
  const inOrder = rows as (Omit<DriftRow, 'levels'> & { ratingId: string } & Record<string, unknown>)[]
  inOrder.sort((a, b) => a.at - b.at || (a.ratingId < b.ratingId ? -1 : 1))
  return inOrder.map((row) => ({
    responseId: row.responseId,
    raterId: row.raterId,
    versionId: row.versionId,
    roundId: row.roundId,
    at: row.at,
    reason: row.reason,
    source: row.source,
    category: row.category,
    userSegment: row.userSegment,
    systemVersionId: row.systemVersionId,
    levels: scales.map((_, d) => row[`d${d}`] as number | null),
  }))
}

export type DriftAnchor = { drawn: 'picked' | 'random' | 'screened'; addedAt: number }
export type DriftRound = { name: string; bridgesFromId: string | null }

/** The anchors of the rubric's project by response, retired ones too, and its rounds by id. */
export async function readDesign(
  read: Database,
  rubricId: string,
): Promise<{ anchors: Map<string, DriftAnchor>; rounds: Map<string, DriftRound> }> {
  const project = read.select({ id: rubrics.projectId }).from(rubrics).where(eq(rubrics.id, rubricId))
  const anchorRows = await read
    .select({ responseId: anchors.responseId, drawn: anchors.drawn, addedAt: anchors.addedAt })
    .from(anchors)
    .where(inArray(anchors.projectId, project))
  const roundRows = await read
    .select({ id: rounds.id, name: rounds.name, bridgesFromId: rounds.bridgesFromId })
    .from(rounds)
    .where(inArray(rounds.projectId, project))
  return {
    anchors: new Map(anchorRows.map(({ responseId, ...anchor }) => [responseId, anchor])),
    rounds: new Map(roundRows.map(({ id, ...round }) => [id, round])),
  }
}
