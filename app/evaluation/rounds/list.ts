import { and, count, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { ratings } from '#db/schema/ratings.ts'
import { items, roundRaters, rounds } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import type { RoundState, RoundSummary } from './shown.ts'

const PAGE = 25

type Listed = { rounds: RoundSummary[]; all: number; pages: number }

/** The rounds of the project, the newest first, in pages of 25 (`page` from 1). */
export async function listRounds(
  db: Database,
  scope: Scope,
  { state, page = 1 }: { state?: RoundState; page?: number } = {},
): Promise<Listed> {
  demand(scope, 'rounds.read')
  const which = and(
    eq(rounds.projectId, scope.project.id),
    ne(rounds.state, 'making'),
    state === undefined ? undefined : eq(rounds.state, state),
  )
  const [counted] = await db.select({ n: count() }).from(rounds).where(which)
  const all = counted?.n ?? 0
  const ids = await db
    .select({ id: rounds.id })
    .from(rounds)
    .where(which)
    .orderBy(desc(rounds.createdAt), desc(rounds.id))
    .limit(PAGE)
    .offset((page - 1) * PAGE)
  const found = await summariesOf(
    db,
    ids.map((row) => row.id),
  )
  return { rounds: found, all, pages: Math.max(1, Math.ceil(all / PAGE)) }
}

/** The rubric version of the project's newest round; null where there is none. */
export async function newestVersion(db: Database, scope: Scope): Promise<string | null> {
  demand(scope, 'rounds.read')
  const [round] = await db
    .select({ id: rounds.rubricVersionId })
    .from(rounds)
    .where(and(eq(rounds.projectId, scope.project.id), ne(rounds.state, 'making')))
    .orderBy(desc(rounds.createdAt), desc(rounds.id))
    .limit(1)
  return round?.id ?? null
}

/** What is told of each of the rounds, in the order given. */
export async function summariesOf(db: Database, ids: readonly string[]): Promise<RoundSummary[]> {
  if (ids.length === 0) return []
  const among = [...ids]
  const rows = await db
    .select({
      id: rounds.id,
      name: rounds.name,
      state: rounds.state,
      rubric: { name: rubrics.name, version: rubricVersions.number },
      overlap: rounds.overlap,
      referencesShown: rounds.referencesShown,
      startsAt: rounds.startsAt,
      endsAt: rounds.endsAt,
      simulated: rounds.simulated,
      createdAt: rounds.createdAt,
    })
    .from(rounds)
    .innerJoin(rubricVersions, eq(rubricVersions.id, rounds.rubricVersionId))
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(inArray(rounds.id, among))
  const sizes = await db
    .select({
      id: items.roundId,
      items: count(),
      needed: sql<number>`sum(${items.needed})`.mapWith(Number),
      bridges: sql<number>`max(case when ${items.reason} = 'bridge' then 1 else 0 end)`.mapWith(Number),
    })
    .from(items)
    .where(inArray(items.roundId, among))
    .groupBy(items.roundId)
  const raters = await db
    .select({ id: roundRaters.roundId, n: count() })
    .from(roundRaters)
    .where(inArray(roundRaters.roundId, among))
    .groupBy(roundRaters.roundId)
  const rated = await db
    .select({ id: ratings.roundId, n: count() })
    .from(ratings)
    .where(and(inArray(ratings.roundId, among), isNull(ratings.supersededAt)))
    .groupBy(ratings.roundId)
  const of = <R extends { id: string }>(list: R[], id: string) => list.find((row) => row.id === id)
  return ids.flatMap((id) => {
    const row = of(rows, id)
    // A round whose items are still being drawn is asked for by nobody.
    if (!row || row.state === 'making') return []
    return {
      ...row,
      state: row.state,
      items: of(sizes, id)?.items ?? 0,
      needed: of(sizes, id)?.needed ?? 0,
      isBridge: of(sizes, id)?.bridges === 1,
      raters: of(raters, id)?.n ?? 0,
      ratings: of(rated, id)?.n ?? 0,
    }
  })
}
