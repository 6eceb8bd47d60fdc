import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { items, rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import type { Passing } from '../agreement/passing.ts'

/** By item's id the response, of those responses that are items of several rounds under the version. */
export async function repeatedResponses(read: Database, rubricVersionId: string): Promise<Map<string, string>> {
  const under = eq(rounds.rubricVersionId, rubricVersionId)
  const repeated = read
    .select({ responseId: items.responseId })
    .from(items)
    .innerJoin(rounds, eq(rounds.id, items.roundId))
    .where(under)
    .groupBy(items.responseId)
    .having(sql`count(*) > 1`)
  const rows = await read
    .select({ id: items.id, responseId: items.responseId })
    .from(items)
    .innerJoin(rounds, eq(rounds.id, items.roundId))
    .where(and(under, inArray(items.responseId, repeated)))
    .orderBy(asc(items.id))
  return new Map(rows.map(({ id, responseId }) => [id, responseId]))
}

/**
 * The rows without what a rater gave a response again (an anchor, half of a bridge): an easy answer is scored alike each time, and
 * two who meet on it in every round would agree as if they had copied.
 */
export function firstMeetings({ columns, rows }: Passing, repeated: ReadonlyMap<string, string>): Passing {
  if (repeated.size === 0) return { columns, rows }
  const oldest = new Map<string, number>()
  const keyOf = (row: number): string | null => {
    const response = repeated.get(columns.items.names[columns.item[row] as number] as string)
    return response === undefined ? null : `${columns.rater[row]} ${response}`
  }
  for (const row of rows) {
    const key = keyOf(row)
    if (key === null) continue
    const known = oldest.get(key)
    const isOlder = known === undefined || (columns.submittedAt[row] as number) < (columns.submittedAt[known] as number)
    if (isOlder) oldest.set(key, row)
  }
  return { columns, rows: rows.filter((row) => (oldest.get(keyOf(row) ?? '') ?? row) === row) }
}
