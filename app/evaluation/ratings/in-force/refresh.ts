import type { Database } from '#db/store.server.ts'
import { append, type Columns, emptyColumns } from './columns.ts'
import { compact } from './compact.ts'
import { type Counts, countsOf, ratingsBehind, supersededIn } from './read.ts'
import { readSegments } from './segments.ts'

const AT_ONCE = 5_000
/** Ids rise with time, but not strictly: two ratings may be stored in the other order. So the last ones are looked at again. */
export const TAIL = 50

/** What was read of a round: the counts it was held against, how many are in force, and the last ids. */
export type Round = { counts: Counts; inForce: number; tail: string[] }

/** `news`: rows added or gone since the columns were written to a file, or read from one. */
export type Kept = { columns: Columns; rounds: Map<string, Round>; gone: number; news: number }

export const nothingKept = (dimensions: Columns['dimensions']): Kept => ({
  columns: emptyColumns(dimensions),
  rounds: new Map(),
  gone: 0,
  news: 0,
})

export const fits = ({ inForce }: Round, { ratings, superseded }: Counts): boolean => inForce === ratings - superseded

/**
 * Adds what was made since and marks what was superseded. What was read is held against the database's own counts, which only
 * ever grow since ratings are append-only; where they do not fit, the round is read anew.
 */
export async function refresh(read: Database, known: Kept, rubricVersionId: string): Promise<void> {
  const counts = await countsOf(read, rubricVersionId)
  for (const [roundId, now] of counts) await refreshRound(read, known, roundId, now)
  for (const roundId of known.rounds.keys()) if (!counts.has(roundId)) forget(known, roundId)
  if (known.gone > Math.max(AT_ONCE, known.columns.rows / 2)) {
    known.columns = compact(known.columns)
    known.gone = 0
  }
  await readSegments(read, known.columns, rubricVersionId)
}

async function refreshRound(read: Database, known: Kept, roundId: string, now: Counts): Promise<void> {
  const round = known.rounds.get(roundId)
  if (round && round.counts.ratings === now.ratings && round.counts.superseded === now.superseded) return
  if (round) {
    if (round.counts.superseded !== now.superseded) await markSuperseded(read, known, roundId, round)
    await readBehind(read, known, roundId, round)
    round.counts = now
    if (fits(round, now)) return
    forget(known, roundId)
  }
  const anew: Round = { counts: now, inForce: 0, tail: [] }
  known.rounds.set(roundId, anew)
  await readBehind(read, known, roundId, anew)
}

async function readBehind(read: Database, known: Kept, roundId: string, round: Round): Promise<void> {
  const { columns } = known
  const seen = new Set(round.tail)
  let behind = round.tail.length < TAIL ? '' : (round.tail[0] as string)
  for (;;) {
    const found = await ratingsBehind(read, roundId, columns.dimensions, behind, AT_ONCE)
    for (const rating of found) {
      if (seen.has(rating.id)) continue
      append(columns, roundId, rating)
      round.inForce++
      known.news++
      round.tail.push(rating.id)
    }
    round.tail = round.tail.sort().slice(-TAIL)
    behind = found.at(-1)?.id ?? behind
    if (found.length < AT_ONCE) return
  }
}

async function markSuperseded(read: Database, known: Kept, roundId: string, round: Round): Promise<void> {
  const { columns } = known
  const place = columns.rounds.numbers.get(roundId)
  const found = new Map<number, Set<number>>()
  for (const { item, rater, at } of await supersededIn(read, roundId)) {
    const [i, j] = [columns.items.numbers.get(item), columns.raters.numbers.get(rater)]
    if (i === undefined || j === undefined) continue
    const key = i * columns.raters.names.length + j
    found.set(key, (found.get(key) ?? new Set()).add(at))
  }
  for (let row = 0; row < columns.rows; row++) {
    if (columns.round[row] !== place || columns.gone[row] === 1) continue
    const key = (columns.item[row] as number) * columns.raters.names.length + (columns.rater[row] as number)
    if (!found.get(key)?.has(columns.submittedAt[row] as number)) continue
    columns.gone[row] = 1
    round.inForce--
    known.gone++
    known.news++
  }
}

function forget(known: Kept, roundId: string): void {
  const { columns } = known
  const place = columns.rounds.numbers.get(roundId)
  for (let row = 0; row < columns.rows; row++)
    if (columns.round[row] === place && columns.gone[row] === 0) {
      columns.gone[row] = 1
      known.gone++
      known.news++
    }
  known.rounds.delete(roundId)
}
