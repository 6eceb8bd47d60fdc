import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Following, followingOf, type Pair } from '#app/stats/calibration/companions/following.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import type { Passing } from '../agreement/passing.ts'
import { CANNOT_JUDGE } from '../ratings/in-force/columns.ts'

/** How a rater scored answers that came back in a later round, as anchors and repeats do, without being told. */
export type RepeatFigures = Following & {
  rater: string
  /** Answers that came back, and scores that were given again. */
  answers: number
  scores: number
}

/** The response of every item whose response stands in several items of rounds under a rubric version. */
export async function responsesAgain(read: Database, rubricVersionId: string): Promise<Map<string, string>> {
  const under = eq(rounds.rubricVersionId, rubricVersionId)
  const again = read
    .select({ id: items.responseId })
    .from(items)
    .innerJoin(rounds, eq(rounds.id, items.roundId))
    .where(under)
    .groupBy(items.responseId)
    .having(sql`count(*) > 1`)
  const rows = await read
    .select({ item: items.id, response: items.responseId })
    .from(items)
    .innerJoin(rounds, eq(rounds.id, items.roundId))
    .where(and(under, inArray(items.responseId, again)))
  return new Map(rows.map(({ item, response }) => [item, response]))
}

/**
 * Test and retest of every rater who scored an answer more than once, each score beside the one before it. Under one rubric version,
 * so that both were given to the same words.
 */
export function repeatsIn({ columns, rows }: Passing, responseOf: ReadonlyMap<string, string>): RepeatFigures[] {
  const visits = new Map<string, Map<string, number[]>>()
  for (const row of rows) {
    const response = responseOf.get(columns.items.names[columns.item[row] as number] as string)
    if (response === undefined) continue
    const rater = columns.raters.names[columns.rater[row] as number] as string
    const own = visits.get(rater) ?? new Map<string, number[]>()
    visits.set(rater, own)
    own.set(response, [...(own.get(response) ?? []), row])
  }
  const scale = Array.from(
    { length: Math.max(0, ...columns.dimensions.map(({ levels }) => levels.length)) },
    (_, k) => k,
  )
  return [...visits]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([rater, own]): RepeatFigures[] => {
      const pairs = [...own.values()].flatMap((at, answer) => pairsOf(columns, at, answer))
      if (pairs.length === 0) return []
      const answers = new Set(pairs.map(({ item }) => item)).size
      return [{ rater, answers, scores: pairs.length, ...followingOf(pairs, scale) }]
    })
}

/** Each score of one answer by one rater, beside the one before it on the same dimension. */
function pairsOf({ submittedAt, codes }: Passing['columns'], rows: number[], answer: number): Pair[] {
  const inTime = rows.toSorted((a, b) => (submittedAt[a] as number) - (submittedAt[b] as number))
  return codes.flatMap((ofDimension) => {
    const given = inTime.map((row) => ofDimension[row] as number).filter((code) => code !== 0 && code !== CANNOT_JUDGE)
    return given.slice(1).map((code, i): Pair => ({ item: answer, first: (given[i] as number) - 1, second: code - 1 }))
  })
}
