/** What shows that columns read earlier are of this database as it is now: of one restored from a backup they may not be. */
import { count, eq, inArray, max, sql } from 'drizzle-orm'
import { ratings } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import type { Counts } from '../read.ts'
import type { Saved } from './format.ts'

/** Which ratings of a round were superseded, as far as their moments tell: how many, a sum of the moments, the last one. */
export type Superseding = { number: number; sum: number; until: number | null }

/** A prime, so that sums of moments (modulo it) stay exact numbers. */
const MODULO = 1_000_003
const AT_ONCE = 500

/** By round; with `until`, of what was superseded by then. Answered from an index. */
export async function supersedingOf(
  read: Database,
  rubricVersionId: string,
  until: number | null = null,
): Promise<Map<string, { counts: Counts; superseding: Superseding }>> {
  const at = ratings.supersededAt
  const counted = until === null ? sql`${at}` : sql`case when ${at} <= ${until} then ${at} end`
  const rows = await read
    .select({
      roundId: ratings.roundId,
      ratings: count().mapWith(Number),
      superseded: count(at).mapWith(Number),
      number: sql`count(${counted})`.mapWith(Number),
      sum: sql`coalesce(sum(${counted} % ${sql.raw(String(MODULO))}), 0)`.mapWith(Number),
      until: max(at),
    })
    .from(ratings)
    .where(
      inArray(
        ratings.roundId,
        read.select({ id: rounds.id }).from(rounds).where(eq(rounds.rubricVersionId, rubricVersionId)),
      ),
    )
    .groupBy(ratings.roundId)
  return new Map(
    rows.map(({ roundId, ratings: all, superseded, number, sum, until: last }) => [
      roundId,
      {
        counts: { ratings: all, superseded },
        superseding: { number, sum, until: last === null ? null : Number(last) },
      },
    ]),
  )
}

/**
 * Whether all that was saved is still there: no round with fewer ratings than then, the same ones superseded by then, and the last
 * ratings that were read. A database put back to an earlier day lacks at least the last, whatever was rated in it since.
 */
export async function isOf(read: Database, rubricVersionId: string, { rounds: saved }: Saved): Promise<boolean> {
  const until = Math.max(0, ...[...saved.values()].map(({ superseding }) => superseding.until ?? 0))
  const now = await supersedingOf(read, rubricVersionId, until)
  for (const [id, { counts, superseding }] of saved) {
    const found = now.get(id)
    if (!found || found.counts.ratings < counts.ratings) return false
    if (found.superseding.number !== superseding.number || found.superseding.sum !== superseding.sum) return false
  }
  return areThere(
    read,
    [...saved.values()].flatMap(({ tail }) => tail),
  )
}

async function areThere(read: Database, ids: readonly string[]): Promise<boolean> {
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE)
    const [row] = await read
      .select({ n: count().mapWith(Number) })
      .from(ratings)
      .where(inArray(ratings.id, some))
    if (row?.n !== some.length) return false
  }
  return true
}
