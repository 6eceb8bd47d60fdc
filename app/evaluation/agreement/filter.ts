import { and, eq, gte, inArray, isNull, lt, ne, notInArray, type SQL } from 'drizzle-orm'
import { cases, responses } from '#db/schema/cases.ts'
import { type RATING_SOURCES, ratings } from '#db/schema/ratings.ts'
import { items } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import { referenceItems } from '../references/placement/items.ts'

export type RatingSource = (typeof RATING_SOURCES)[number]

/** Which ratings of a project are looked at; null: no limit. */
export type AgreementFilter = {
  roundId: string | null
  /** Null: the version of the newest ratings. Never several: ratings are not pooled across versions. */
  rubricVersionId: string | null
  /** Submitted at or after, and before, in milliseconds. */
  from: number | null
  to: number | null
  category: string | null
  userSegment: string | null
  systemVersionId: string | null
  source: RatingSource | null
  /** Only items that this rater rated, whoever else did. */
  sharedWith: string | null
  /** All ratings but this rater's. */
  without: string | null
}

export const NO_FILTER: AgreementFilter = {
  roundId: null,
  rubricVersionId: null,
  from: null,
  to: null,
  category: null,
  userSegment: null,
  systemVersionId: null,
  source: null,
  sharedWith: null,
  without: null,
}

/** A filter whose rubric version is settled, and known to be of the project. */
export type Settled = AgreementFilter & { rubricVersionId: string }

/** The condition that a rating is in force (not superseded), of a response and no reference, and passes the filter. */
export function ratingPasses(read: Database, filter: Settled): SQL | undefined {
  const { roundId, rubricVersionId, from, to, source, sharedWith, without } = filter
  return and(
    eq(ratings.rubricVersionId, rubricVersionId),
    notInArray(ratings.itemId, referenceItems),
    isNull(ratings.supersededAt),
    roundId === null ? undefined : eq(ratings.roundId, roundId),
    from === null ? undefined : gte(ratings.submittedAt, from),
    to === null ? undefined : lt(ratings.submittedAt, to),
    source === null ? undefined : eq(ratings.source, source),
    without === null ? undefined : ne(ratings.raterId, without),
    sharedWith === null ? undefined : inArray(ratings.itemId, ratedBy(read, sharedWith)),
    itemOf(read, filter),
  )
}

/** Ids of the items that a rater has a rating in force of. */
export const ratedBy = (read: Database, raterId: string) =>
  read
    .select({ id: ratings.itemId })
    .from(ratings)
    .where(and(eq(ratings.raterId, raterId), isNull(ratings.supersededAt)))

function itemOf(read: Database, filter: Settled): SQL | undefined {
  const condition = itemPasses(read, filter)
  return condition && inArray(ratings.itemId, read.select({ id: items.id }).from(items).where(condition))
}

/** The condition that an item is of the filter's segment and system; undefined: any is. */
export function itemPasses(read: Database, { category, userSegment, systemVersionId }: Settled): SQL | undefined {
  const ofCase =
    category === null && userSegment === null
      ? undefined
      : inArray(
          items.caseId,
          read
            .select({ id: cases.id })
            .from(cases)
            .where(
              and(
                category === null ? undefined : eq(cases.category, category),
                userSegment === null ? undefined : eq(cases.userSegment, userSegment),
              ),
            ),
        )
  const ofSystem =
    systemVersionId === null
      ? undefined
      : inArray(
          items.responseId,
          read.select({ id: responses.id }).from(responses).where(eq(responses.systemVersionId, systemVersionId)),
        )
  return and(ofCase, ofSystem)
}
