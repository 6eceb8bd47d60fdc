import type { Database } from '#db/store.server.ts'
import { dimensionsOf } from '../../rubrics/read.ts'
import { append, type Columns, emptyColumns } from './columns.ts'
import { type Counts, countsOf, ratingsBehind, supersededIn } from './read.ts'

const AT_ONCE = 5_000
const MOST_VERSIONS = 4
/** Ids rise with time, but not strictly: two ratings may be stored in the other order. So the last ones are looked at again. */
const TAIL = 50

type Round = { counts: Counts; inForce: number; tail: string[] }
type Kept = { columns: Columns; rounds: Map<string, Round>; gone: number; ready: Promise<unknown> }

/** By database and rubric version, the longest unused first. */
const kept = new WeakMap<Database, Map<string, Kept>>()

/**
 * The ratings in force under a rubric version, read once and kept: what was made or superseded since is added. The columns are
 * shared and grow, so whoever takes from them does so before awaiting anything else.
 *
 * What was read is held against the database's own counts, which only ever grow since ratings are append-only; where they do not
 * fit, the round is read anew.
 */
export async function ratingsInForce(read: Database, rubricVersionId: string): Promise<Columns> {
  const versions = kept.get(read) ?? new Map<string, Kept>()
  kept.set(read, versions)
  const known = versions.get(rubricVersionId) ?? {
    columns: emptyColumns(await dimensionsOf(read, rubricVersionId)),
    rounds: new Map(),
    gone: 0,
    ready: Promise.resolve(),
  }
  versions.delete(rubricVersionId)
  versions.set(rubricVersionId, known)
  for (const oldest of versions.keys()) {
    if (versions.size <= MOST_VERSIONS) break
    versions.delete(oldest)
  }
  // one at a time: two that read the same news would add them twice
  const ready = known.ready.catch(() => undefined).then(() => refresh(read, known, rubricVersionId))
  known.ready = ready
  // what fell out half way is not to be trusted
  ready.catch(() => versions.delete(rubricVersionId))
  await ready
  return known.columns
}

async function refresh(read: Database, known: Kept, rubricVersionId: string): Promise<void> {
  const counts = await countsOf(read, rubricVersionId)
  for (const [roundId, now] of counts) await refreshRound(read, known, roundId, now)
  for (const roundId of known.rounds.keys()) if (!counts.has(roundId)) forget(known, roundId)
  if (known.gone > Math.max(AT_ONCE, known.columns.rows / 2)) {
    known.columns = emptyColumns(known.columns.dimensions)
    known.rounds.clear()
    known.gone = 0
    await refresh(read, known, rubricVersionId)
  }
}

const fits = ({ inForce }: Round, { ratings, superseded }: Counts): boolean => inForce === ratings - superseded

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

async function readBehind(read: Database, { columns }: Kept, roundId: string, round: Round): Promise<void> {
  const seen = new Set(round.tail)
  let behind = round.tail.length < TAIL ? '' : (round.tail[0] as string)
  for (;;) {
    const found = await ratingsBehind(read, roundId, columns.dimensions, behind, AT_ONCE)
    for (const rating of found) {
      if (seen.has(rating.id)) continue
      append(columns, roundId, rating)
      round.inForce++
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
  }
}

function forget(known: Kept, roundId: string): void {
  const { columns } = known
  const place = columns.rounds.numbers.get(roundId)
  for (let row = 0; row < columns.rows; row++)
    if (columns.round[row] === place && columns.gone[row] === 0) {
      columns.gone[row] = 1
      known.gone++
    }
  known.rounds.delete(roundId)
}
