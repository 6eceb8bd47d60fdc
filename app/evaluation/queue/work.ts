import { and, asc, desc, eq, inArray, type SQL } from 'drizzle-orm'
import { now, sha256 } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { roundRaters, rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import { canaryOfRound } from '../seal/canary.ts'
import { noSuchRound } from './admission.ts'
import { progressIn } from './progress.ts'
import { rendered } from './rendered.ts'
import { rubricOf } from './rubric.ts'
import type { ShownProgress, ShownRound, ShownRubric } from './shown.ts'

const MOST = 100

/** Whether one can rate in a round now. */
export type RoundStanding = 'open' | 'not started' | 'ended' | 'closed'

export type RoundOfWork = {
  round: ShownRound
  standing: RoundStanding
  startsAt: number | null
  progress: ShownProgress
}

const shownColumns = {
  id: rounds.id,
  name: rounds.name,
  state: rounds.state,
  instructions: rounds.instructions,
  referencesShown: rounds.referencesShown,
  secondsPerItem: rounds.secondsPerItem,
  startsAt: rounds.startsAt,
  endsAt: rounds.endsAt,
  simulated: rounds.simulated,
  canary: canaryOfRound,
  reopened: rounds.reopened,
  rubricVersionId: rounds.rubricVersionId,
  exhaustedAt: roundRaters.exhaustedAt,
}

type Row = {
  id: string
  name: string
  state: string
  instructions: string
  referencesShown: ShownRound['referencesShown']
  secondsPerItem: number
  startsAt: number | null
  endsAt: number | null
  simulated: string | null
  canary: string | null
}

export const shownRound = ({
  id,
  name,
  instructions,
  referencesShown,
  secondsPerItem,
  endsAt,
  simulated,
  canary,
}: Row): ShownRound => ({
  id,
  name,
  instructions: instructions === '' ? '' : rendered(`i${sha256(instructions)}`, instructions, { breaks: true }).html,
  referencesShown,
  secondsPerItem,
  endsAt,
  simulated,
  canary,
})

function standingOf({ state, startsAt, endsAt }: Row): RoundStanding {
  if (state !== 'open') return 'closed'
  if (startsAt !== null && now() < startsAt) return 'not started'
  return endsAt !== null && now() > endsAt ? 'ended' : 'open'
}

/** Rounds that the rater was chosen for, as far as they may know of them. */
const roundsFor = (db: Database, scope: Scope, which?: SQL) =>
  db
    .select(shownColumns)
    .from(roundRaters)
    .innerJoin(rounds, eq(rounds.id, roundRaters.roundId))
    .where(
      and(
        eq(roundRaters.raterId, scope.user.id),
        eq(rounds.projectId, scope.project.id),
        inArray(rounds.state, ['open', 'closed']),
        which,
      ),
    )
    // Of two rounds made together, as the halves of a bridge are, each rater's own seeds say which comes first.
    .orderBy(desc(rounds.createdAt), asc(roundRaters.seed), desc(rounds.id))
    .limit(MOST)

/** The rounds that the rater was chosen for, open and closed, the newest first, with how far they are in each. */
export async function listWork(db: Database, scope: Scope): Promise<RoundOfWork[]> {
  demand(scope, 'items.rate')
  return withProgress(db, scope, await roundsFor(db, scope))
}

/**
 * What the rating page shows besides the items: the round, its rubric, the rater's progress. Throws `missing` (code
 * `no-round`) for one who was not chosen for it.
 */
export async function showRound(
  db: Database,
  scope: Scope,
  roundId: string,
): Promise<RoundOfWork & { rubric: ShownRubric }> {
  demand(scope, 'items.rate')
  const rows = await roundsFor(db, scope, eq(rounds.id, roundId))
  const [row] = rows
  const [work] = await withProgress(db, scope, rows)
  if (!row || !work) throw noSuchRound()
  return { ...work, rubric: await rubricOf(db, row.rubricVersionId) }
}

async function withProgress(
  db: Database,
  scope: Scope,
  rows: readonly (Row & { reopened: number; exhaustedAt: number | null })[],
): Promise<RoundOfWork[]> {
  const progress = await progressIn(
    db,
    scope.user.id,
    rows.map((row) => ({ ...row, exhausted: standingOf(row) !== 'open' || row.exhaustedAt === row.reopened })),
  )
  return rows.map((row) => ({
    round: shownRound(row),
    standing: standingOf(row),
    startsAt: row.startsAt,
    progress: progress.get(row.id) ?? { done: 0, left: 0, skipped: 0, secondsLeft: 0 },
  }))
}
