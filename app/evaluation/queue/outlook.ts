import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/store.server.ts'
import { RATED_AGAIN } from './eligible.ts'

/** What lies ahead of a rater in a round. */
export type Outlook = {
  /** Items open to them that they do not have in hand. */
  open: number
  /** The median active time of their last ratings here; null until there are a few. */
  paceMs: number | null
}

const PACE_OVER = 21
const PACE_FROM = 3

// Counting costs more the larger the round and the longer the rater's record, and every submit shows the count. A count
// therefore stands for a while: for a rater half a minute, corrected by what they are handed, or until something is opened
// again; for a round so long that counting takes a five-hundredth of the time.
const RATER_STANDS_MS = 30_000
const ROUND_STANDS_TIMES = 500
const KEEP = 10_000

type Kept<V> = { value: V; until: number }
type Asked = { id: string; had: number; reopened: number }

const openKept = new Map<string, Kept<number>>()
const outlookKept = new Map<string, Kept<Outlook & { had: number; reopened: number }>>()

function keep<V>(kept: Map<string, Kept<V>>, key: string, value: V, until: number): void {
  if (kept.size >= KEEP) kept.delete(kept.keys().next().value ?? '')
  kept.set(key, { value, until })
}

function standing<V>(kept: Map<string, Kept<V>>, key: string): V | undefined {
  const found = kept.get(key)
  return found && found.until > performance.now() ? found.value : undefined
}

/**
 * What lies ahead of the rater in each of the rounds. `had` is how many items they were ever handed there: a kept count is
 * corrected by those handed out since. `reopened` is the round's counter of that name.
 */
export async function outlooksOf(
  db: Database,
  raterId: string,
  rounds: readonly Asked[],
): Promise<Map<string, Outlook>> {
  const stale = rounds.filter(({ id, reopened }) => standing(outlookKept, `${id} ${raterId}`)?.reopened !== reopened)
  if (stale.length > 0) await count(db, raterId, stale)
  return new Map(
    rounds.map(({ id, had }) => {
      const known = outlookKept.get(`${id} ${raterId}`)?.value ?? { open: 0, paceMs: null, had }
      return [id, { open: Math.max(0, known.open - (had - known.had)), paceMs: known.paceMs }]
    }),
  )
}

async function count(db: Database, raterId: string, rounds: readonly Asked[]): Promise<void> {
  const ids = rounds.map((round) => round.id)
  const open = await openIn(db, ids)
  const closed = await closedTo(db, raterId, ids)
  const paces = await pacesIn(db, raterId, ids)
  const until = performance.now() + RATER_STANDS_MS
  for (const { id, had, reopened } of rounds) {
    const ahead = Math.max(0, (open.get(id) ?? 0) - (closed.get(id) ?? 0))
    keep(outlookKept, `${id} ${raterId}`, { open: ahead, paceMs: paces.get(id) ?? null, had, reopened }, until)
  }
}

const listed = (values: readonly string[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )

const roundAndNumber = { round: sql<string>`x.round_id`, n: sql<number>`x.n`.mapWith(Number) }

const byRound = (rows: { round: string; n: number }[]) => new Map(rows.map(({ round, n }) => [round, n]))

async function openIn(db: Database, roundIds: readonly string[]): Promise<Map<string, number>> {
  const since = performance.now()
  const stale = roundIds.filter((id) => standing(openKept, id) === undefined)
  if (stale.length > 0) {
    const counted = byRound(
      await db.select(roundAndNumber).from(sql`(
        select i.round_id, count(*) as n from items i
        where i.round_id in (${listed(stale)}) and i.tier > 0 group by i.round_id) x`),
    )
    const at = performance.now()
    for (const id of stale) keep(openKept, id, counted.get(id) ?? 0, at + ROUND_STANDS_TIMES * (at - since))
  }
  return new Map(roundIds.map((id) => [id, openKept.get(id)?.value ?? 0]))
}

/**
 * Open items that are not for this rater: had already, of a case they had a part in a reference of, or rated elsewhere. SQLite
 * takes a cross join in the order written, and no index for `round_id || ''`: from the rater's few rows to the items.
 */
async function closedTo(db: Database, raterId: string, roundIds: readonly string[]): Promise<Map<string, number>> {
  return byRound(
    await db.select(roundAndNumber).from(sql`(
      select i.round_id, count(*) as n from items i where i.tier > 0 and i.id in (
        select a.item_id from assignments a where a.rater_id = ${raterId} and a.round_id in (${listed(roundIds)})
        union
        select j.id from reference_answers r cross join items j
        where r.author_id = ${raterId} and (r.from_rating_id is null or r.state in ('written', 'validated'))
          and j.case_id = r.case_id and j.round_id || '' in (${listed(roundIds)})
        union
        select j.id from reference_tasks k cross join items j
        where k.taken_by = ${raterId} and k.state in ('leased', 'done')
          and j.case_id = k.case_id and j.round_id || '' in (${listed(roundIds)})
        union
        select j.id from assignments b cross join items j
        where b.rater_id = ${raterId} and b.state = 'submitted' and j.response_id = b.response_id
          and j.round_id in (${listed(roundIds)}) and j.id <> b.item_id and j.reason not in (${listed(RATED_AGAIN)}))
      group by i.round_id) x`),
  )
}

async function pacesIn(db: Database, raterId: string, roundIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ round: sql<string>`x.round_id`, ms: sql<number>`x.active_ms`.mapWith(Number) })
    .from(sql`(
      select t.round_id, t.active_ms, row_number() over (partition by t.round_id order by t.submitted_at desc) as back
      from ratings t where t.rater_id = ${raterId} and t.round_id in (${listed(roundIds)})
        and t.superseded_at is null and t.active_ms is not null) x`)
    .where(sql`x.back <= ${PACE_OVER}`)
  const times = new Map<string, number[]>()
  for (const { round, ms } of rows) times.set(round, [...(times.get(round) ?? []), ms])
  return new Map(
    [...times]
      .filter(([, all]) => all.length >= PACE_FROM)
      .map(([round, all]) => [round, all.sort((a, b) => a - b)[all.length >> 1] ?? 0]),
  )
}
