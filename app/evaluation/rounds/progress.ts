import { and, count, countDistinct, desc, eq, isNull, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { users } from '#db/schema/people.ts'
import { flags, ratings } from '#db/schema/ratings.ts'
import { assignments, items, roundRaters } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import { bridgeOf } from '../bridges/twin.ts'
import { Problem } from '../problem.ts'
import { summariesOf } from './list.ts'
import type { RaterProgress, RoundProgress } from './shown.ts'
import { ownRound } from './state.ts'

const DAY_MS = 86_400_000

const sum = (condition: ReturnType<typeof sql>) =>
  sql<number>`sum(case when ${condition} then 1 else 0 end)`.mapWith(Number)

/** How far a round is: in all, by segment, by rater and by day. Throws `missing` where the project has no such round. */
export async function roundProgress(db: Database, scope: Scope, roundId: string): Promise<RoundProgress> {
  demand(scope, 'rounds.read')
  const stored = await ownRound(db, scope, roundId)
  const [summary] = await summariesOf(db, [roundId])
  if (!summary) throw new Problem('missing', 'There is no such round in this project.', { code: 'no-round' })
  const { instructions, secondsPerItem, rubricVersionId, createdBy, anchorShare } = stored
  const tally = await tallyOf(db, roundId)
  const total = (of: 'items' | 'finished' | 'untouched') => tally.reduce((all, row) => all + row[of], 0)
  const [all, finished] = [total('items'), total('finished')]
  const untouched = total('untouched') + (await onlyReserved(db, roundId, tally))
  const [open] = await db
    .select({ n: count() })
    .from(flags)
    .innerJoin(items, eq(items.id, flags.itemId))
    .where(and(eq(items.roundId, roundId), isNull(flags.resolvedAt)))
  return {
    round: {
      ...summary,
      instructions,
      secondsPerItem,
      rubricVersionId,
      createdBy: createdBy === null ? null : await nameOf(db, createdBy),
      anchorShare,
      bridge: tally.some(({ reason }) => reason === 'bridge') ? await bridgeOf(db, stored) : null,
    },
    items: { all, finished, untouched, begun: all - finished - untouched },
    reasons: tally.map(({ untouched: _untouched, ...row }) => row),
    segments: await segmentsOf(db, roundId),
    raters: await ratersOf(db, roundId),
    days: await daysOf(db, roundId),
    flagsOpen: open?.n ?? 0,
  }
}

/** What the round holds, by reason, the most frequent first. */
const tallyOf = async (db: Database, roundId: string) =>
  await db
    .select({
      reason: items.reason,
      items: count(),
      finished: sum(sql`${items.done} >= ${items.needed}`),
      untouched: sum(sql`${items.taken} = 0`),
      ratings: sql<number>`sum(${items.done})`.mapWith(Number),
      needed: sql<number>`sum(${items.needed})`.mapWith(Number),
    })
    .from(items)
    .where(eq(items.roundId, roundId))
    .groupBy(items.reason)
    .orderBy(desc(count()), items.reason)

/** Items of a bridge whose places are all kept for raters who have not had them yet. */
async function onlyReserved(db: Database, roundId: string, tally: { reason: string }[]): Promise<number> {
  if (!tally.some(({ reason }) => reason === 'bridge')) return 0
  const [row] = await db.select({ n: sql<number>`x.n`.mapWith(Number) }).from(sql`(
      select count(*) as n from items i where i.round_id = ${roundId} and i.taken > 0 and not exists (
        select 1 from assignments a where a.item_id = i.id and a.state in ('leased', 'submitted'))) x`)
  return row?.n ?? 0
}

async function nameOf(db: Database, userId: string): Promise<string | null> {
  const [user] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId))
  return user?.name ?? null
}

const segmentsOf = async (db: Database, roundId: string) =>
  await db
    .select({
      category: sql<string>`x.category`,
      userSegment: sql<string>`x.user_segment`,
      items: sql<number>`x.n`.mapWith(Number),
      finished: sql<number>`x.finished`.mapWith(Number),
    })
    .from(sql`(
      select c.category, c.user_segment, count(*) as n, sum(case when i.done >= i.needed then 1 else 0 end) as finished
      from items i join cases c on c.id = i.case_id where i.round_id = ${roundId} group by c.category, c.user_segment) x`)
    .orderBy(sql`x.category`, sql`x.user_segment`)

async function ratersOf(db: Database, roundId: string): Promise<RaterProgress[]> {
  const chosen = await db
    .select({ id: users.id, name: users.name })
    .from(roundRaters)
    .innerJoin(users, eq(users.id, roundRaters.raterId))
    .where(eq(roundRaters.roundId, roundId))
    .orderBy(users.name, users.id)
  const states = await db
    .select({ rater: assignments.raterId, state: assignments.state, n: count() })
    .from(assignments)
    .where(eq(assignments.roundId, roundId))
    .groupBy(assignments.raterId, assignments.state)
  const given = await db
    .select({ rater: ratings.raterId, n: count(), last: sql<number>`max(${ratings.submittedAt})`.mapWith(Number) })
    .from(ratings)
    .where(and(eq(ratings.roundId, roundId), isNull(ratings.supersededAt)))
    .groupBy(ratings.raterId)
  const raised = await db
    .select({ rater: flags.raterId, n: countDistinct(flags.id) })
    .from(flags)
    .innerJoin(items, eq(items.id, flags.itemId))
    .where(eq(items.roundId, roundId))
    .groupBy(flags.raterId)
  const medians = await mediansIn(db, roundId)
  return chosen.map(({ id, name }) => {
    const number = (state: string) => states.find((row) => row.rater === id && row.state === state)?.n ?? 0
    const own = given.find((row) => row.rater === id)
    return {
      id,
      name,
      submitted: own?.n ?? 0,
      inHand: number('leased'),
      kept: number('reserved'),
      skipped: number('skipped'),
      expired: number('expired'),
      flags: raised.find((row) => row.rater === id)?.n ?? 0,
      medianActiveMs: medians.get(id) ?? null,
      lastSubmittedAt: own?.last ?? null,
    }
  })
}

/** The median active time of each rater (the mean of the two in the middle, where there are two). */
async function mediansIn(db: Database, roundId: string): Promise<Map<string, number>> {
  const rows = await db.select({ rater: sql<string>`y.rater_id`, ms: sql<number>`y.ms`.mapWith(Number) }).from(sql`(
      select x.rater_id, avg(x.active_ms) as ms from (
        select t.rater_id, t.active_ms,
          row_number() over (partition by t.rater_id order by t.active_ms) as place,
          count(*) over (partition by t.rater_id) as n
        from ratings t where t.round_id = ${roundId} and t.superseded_at is null and t.active_ms is not null) x
      where 2 * x.place between x.n and x.n + 2 group by x.rater_id) y`)
  return new Map(rows.map(({ rater, ms }) => [rater, ms]))
}

const daysOf = async (db: Database, roundId: string) =>
  await db
    .select({ day: sql<number>`x.day`.mapWith(Number), ratings: sql<number>`x.n`.mapWith(Number) })
    .from(sql`(
      select t.submitted_at - t.submitted_at % ${sql.raw(String(DAY_MS))} as day, count(*) as n
      from ratings t where t.round_id = ${roundId} and t.superseded_at is null
      group by t.submitted_at - t.submitted_at % ${sql.raw(String(DAY_MS))}) x`)
    .orderBy(sql`x.day`)
