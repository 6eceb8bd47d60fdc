import { and, eq, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { roundRaters, rounds } from '#db/schema/rounds.ts'
import { statement } from '#db/statement.server.ts'
import type { Database } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { isBarred } from '../seal/barred.ts'
import { AFTER_END_MS } from './terms.ts'

/** A rater in a round they were chosen for. */
export type Admission = {
  raterId: string
  round: {
    id: string
    name: string
    state: 'making' | 'draft' | 'open' | 'closed'
    rubricVersionId: string
    referencesShown: 'never' | 'after' | 'always'
    secondsPerItem: number
    startsAt: number | null
    endsAt: number | null
    simulated: string | null
    reopened: number
  }
  /** An owner or a builder of the project, who is never handed a sealed case. */
  barred: boolean
  seed: number
  /** Requests for work so far: with the seed, where in the round the next search starts. */
  claims: number
  /** `round.reopened` when a search last found nothing. */
  exhaustedAt: number | null
}

const inLine = statement((db) =>
  db
    .update(roundRaters)
    .set({ claims: sql`${roundRaters.claims} + 1` })
    .where(and(eq(roundRaters.roundId, sql.placeholder('round')), eq(roundRaters.raterId, sql.placeholder('rater'))))
    .returning({ seed: roundRaters.seed, claims: roundRaters.claims, exhaustedAt: roundRaters.exhaustedAt }),
)

const theRound = statement((db) =>
  db
    .select({
      id: rounds.id,
      name: rounds.name,
      state: rounds.state,
      rubricVersionId: rounds.rubricVersionId,
      referencesShown: rounds.referencesShown,
      secondsPerItem: rounds.secondsPerItem,
      startsAt: rounds.startsAt,
      endsAt: rounds.endsAt,
      simulated: rounds.simulated,
      reopened: rounds.reopened,
    })
    .from(rounds)
    .where(and(eq(rounds.id, sql.placeholder('round')), eq(rounds.projectId, sql.placeholder('project')))),
)

/** A round one was not chosen for does not exist, as far as a rater is told. */
export const noSuchRound = (): Problem =>
  new Problem('missing', 'There is no such round for you. Your queue lists the rounds you were chosen for.', {
    code: 'no-round',
  })

/**
 * Lets a rater into a round, and holds their place in it until the transaction ends, so that requests of the same rater
 * (two tabs, a retry) come one after the other. Throws `missing` (code `no-round`) for anyone else.
 */
export async function admit(tx: Database, scope: Scope, roundId: string): Promise<Admission> {
  demand(scope, 'items.rate')
  const [place] = await inLine(tx).execute({ round: roundId, rater: scope.user.id })
  // Read after the place is held: what was returned to the round before this, is seen by the search below.
  const [round] = await theRound(tx).execute({ round: roundId, project: scope.project.id })
  if (!place || !round || round.state === 'draft' || round.state === 'making') throw noSuchRound()
  return { raterId: scope.user.id, barred: isBarred(scope.roles), round, ...place }
}

/** Throws unless items of the round may be handed out now: codes `round-closed`, `round-not-started`, `round-ended`. */
export function demandOpen(round: Admission['round']): void {
  if (round.state !== 'open') throw roundClosed(round.name)
  if (round.startsAt !== null && now() < round.startsAt) {
    throw new Problem('conflict', `The round “${round.name}” has not started yet. Come back when it has.`, {
      code: 'round-not-started',
    })
  }
  if (round.endsAt !== null && now() > round.endsAt) throw roundEnded(round.name)
}

/** Whether the round hands out items now. */
export const isHandingOut = ({ state, startsAt, endsAt }: Pick<Admission['round'], 'state' | 'startsAt' | 'endsAt'>) =>
  state === 'open' && (startsAt === null || now() >= startsAt) && (endsAt === null || now() <= endsAt)

/** Throws unless an item already in hand may be submitted now. */
export function demandSubmittable(round: Admission['round']): void {
  if (round.state !== 'open') throw roundClosed(round.name)
  if (round.endsAt !== null && now() > round.endsAt + AFTER_END_MS) throw roundEnded(round.name)
}

const roundClosed = (name: string): Problem =>
  new Problem(
    'gone',
    `The round “${name}” has been closed. What you entered is kept as a draft in your history; ask the lead if it should still count.`,
    { code: 'round-closed' },
  )

const roundEnded = (name: string): Problem =>
  new Problem(
    'gone',
    `The round “${name}” has ended. What you entered is kept as a draft in your history; ask the lead if it should still count.`,
    { code: 'round-ended' },
  )
