import { and, count, eq, inArray, lt, sql } from 'drizzle-orm'
import { assignments, items } from '#db/schema/rounds.ts'
import { statementPerCount } from '#db/statement.server.ts'
import type { Database } from '#db/store.server.ts'
import { outlooksOf } from './outlook.ts'
import type { ShownProgress } from './shown.ts'

const states = statementPerCount((db, n) =>
  db
    .select({ round: assignments.roundId, state: assignments.state, n: count() })
    .from(assignments)
    .where(
      and(
        eq(assignments.raterId, sql.placeholder('rater')),
        inArray(
          assignments.roundId,
          Array.from({ length: n }, (_, i) => sql.placeholder(`p${i}`)),
        ),
      ),
    )
    .groupBy(assignments.roundId, assignments.state),
)

/** `exhausted`: a search has found nothing more for the rater. */
type Asked = { id: string; secondsPerItem: number; reopened: number; exhausted: boolean }

/** How far the rater is in the round. */
export async function progressOf(db: Database, raterId: string, round: Asked): Promise<ShownProgress> {
  const progress = await progressIn(db, raterId, [round])
  return progress.get(round.id) ?? { done: 0, left: 0, skipped: 0, secondsLeft: 0 }
}

/** How far the rater is in each of the rounds. */
export async function progressIn(
  db: Database,
  raterId: string,
  rounds: readonly Asked[],
): Promise<Map<string, ShownProgress>> {
  if (rounds.length === 0) return new Map()
  const places = Object.fromEntries(rounds.map(({ id }, i) => [`p${i}`, id]))
  const rows = await states(db, rounds.length).execute({ rater: raterId, ...places })
  const number = (round: string, state: string) =>
    rows.find((row) => row.round === round && row.state === state)?.n ?? 0
  const ahead = await outlooksOf(
    db,
    raterId,
    rounds.map(({ id, reopened }) => ({
      id,
      reopened,
      had: rows.reduce((sum, row) => (row.round === id ? sum + row.n : sum), 0),
    })),
  )
  const skipped = rows.some((row) => row.state === 'skipped')
    ? await skippedIn(
        db,
        raterId,
        rounds.map(({ id }) => id),
      )
    : new Map<string, number>()
  return new Map(
    rounds.map(({ id, secondsPerItem, exhausted }) => {
      const { open, paceMs } = ahead.get(id) ?? { open: 0, paceMs: null }
      const left = number(id, 'leased') + number(id, 'reserved') + (exhausted ? 0 : open)
      const seconds = paceMs === null ? secondsPerItem : paceMs / 1000
      return [
        id,
        {
          done: number(id, 'submitted'),
          left,
          skipped: skipped.get(id) ?? 0,
          secondsLeft: Math.round(left * seconds),
        },
      ]
    }),
  )
}

/** Items skipped that still have room. */
async function skippedIn(db: Database, raterId: string, roundIds: string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ round: assignments.roundId, n: count() })
    .from(assignments)
    .innerJoin(items, eq(items.id, assignments.itemId))
    .where(
      and(
        eq(assignments.raterId, raterId),
        inArray(assignments.roundId, roundIds),
        eq(assignments.state, 'skipped'),
        lt(items.taken, items.needed),
      ),
    )
    .groupBy(assignments.roundId)
  return new Map(rows.map(({ round, n }) => [round, n]))
}
