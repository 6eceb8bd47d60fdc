import { and, asc, count, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { type RATING_SOURCES, ratings, scores } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import type { Dimension } from '../../rubrics/read.ts'
import { CANNOT_JUDGE, MOST_LEVELS, type Read } from './columns.ts'

/** Ratings a round has, and how many of them are superseded. Both only ever grow. */
export type Counts = { ratings: number; superseded: number }

/** By round, for the rounds of a rubric version that have ratings. Answered from an index. */
export async function countsOf(read: Database, rubricVersionId: string): Promise<Map<string, Counts>> {
  const rows = await read
    .select({
      roundId: ratings.roundId,
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
    .groupBy(ratings.roundId)
  return new Map(rows.map(({ roundId, ...counts }) => [roundId, counts]))
}

/** Codes are packed sixteen to a digit; twelve digits fit a number exactly. */
const DIGITS = 12

/**
 * Up to `most` ratings in force of a round, by id, from behind the one given.
 *
 * They come as one line of text each: reading a field costs more than splitting a line. A rating's levels are one number or two,
 * added up next to the rating, so that there is a row for a rating and not for each of its scores.
 */
export async function ratingsBehind(
  read: Database,
  roundId: string,
  dimensions: readonly Dimension[],
  behind: string,
  most: number,
): Promise<Read[]> {
  const packs: (readonly Dimension[])[] = []
  for (let d = 0; d < dimensions.length; d += DIGITS) packs.push(dimensions.slice(d, d + DIGITS))
  const fields = [
    ratings.id,
    ratings.itemId,
    ratings.raterId,
    ratings.source,
    ratings.submittedAt,
    sql`coalesce(${ratings.activeMs}, -1)`,
    ...packs.map(packed),
  ]
  const rows = await read
    .select({ line: sql<string>`${sql.join(fields, sql` || ',' || `)}` })
    .from(ratings)
    .where(and(eq(ratings.roundId, roundId), isNull(ratings.supersededAt), gt(ratings.id, behind)))
    .orderBy(asc(ratings.id))
    .limit(most)
  return rows.map(({ line }) => {
    const [id, item, rater, source, at, activeMs, ...numbers] = line.split(',') as [
      ...fields: [id: string, item: string, rater: string, source: string, at: string, activeMs: string],
      ...numbers: string[],
    ]
    return {
      id,
      item,
      rater,
      source: source as (typeof RATING_SOURCES)[number],
      at: Number(at),
      activeMs: activeMs === '-1' ? null : Number(activeMs),
      codes: numbers.flatMap((number, p) => unpacked(Number(number), packs[p]?.length ?? 0)),
    }
  })
}

/** A rating's codes on some dimensions, as digits of a number. */
function packed(dimensions: readonly Dimension[]): SQL {
  const digits = dimensions.map(({ id, levels }, d) => {
    const below = sql.raw(String((levels[0]?.value ?? 1) - 1))
    const code = sql`coalesce(${scores.level} - ${below}, ${sql.raw(String(CANNOT_JUDGE))})`
    return sql`when ${id} then cast(${code} as bigint) * ${sql.raw(String(16 ** d))}`
  })
  return sql`coalesce((
    select sum(case ${scores.dimensionId} ${sql.join(digits, sql` `)} end) from ${scores} where ${scores.ratingId} = ${ratings.id}
  ), 0)`
}

function unpacked(number: number, digits: number): number[] {
  let left = number
  return Array.from({ length: digits }, () => {
    const code = left % 16
    left = (left - code) / 16
    return code
  })
}

if (CANNOT_JUDGE > 15 || MOST_LEVELS >= CANNOT_JUDGE) throw new RangeError('a code has to fit one digit')

/** Whose rating of what is no longer in force, and when it had been submitted. */
export type Superseded = { item: string; rater: string; at: number }

export async function supersededIn(read: Database, roundId: string): Promise<Superseded[]> {
  return read
    .select({ item: ratings.itemId, rater: ratings.raterId, at: ratings.submittedAt })
    .from(ratings)
    .where(and(eq(ratings.roundId, roundId), isNotNull(ratings.supersededAt)))
}
