import { and, count, desc, eq, isNull, max } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { ratings } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { NO_FILTER } from '../agreement/filter.ts'
import { COMPUTING_HERE, type Computing } from './calibration.ts'
import { type OwnFigures, ownFigures } from './own-figures.ts'

/** A closed round in which one rated, and what one may be told of it. */
export type OwnRound = {
  id: string
  name: string
  /** When one's last rating in it was submitted. */
  lastAt: number
  ratings: number
  /** The round's ratings were drawn by a model. */
  simulated: boolean
} & ({ standing: 'told'; figures: OwnFigures } | { standing: 'withheld'; why: string } | { standing: 'computing' })

export type OwnCalibration = {
  /** The newest first. */
  rounds: OwnRound[]
  /** Rounds still open in which one rated: told once they are closed. */
  stillOpen: number
}

const MOST_ROUNDS = 12

/**
 * How the acting rater compares with the others, from closed rounds alone, each computed by itself. What could give away a
 * colleague's score is withheld: see `ownFigures`.
 */
export async function ownCalibration(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  computing: Computing = COMPUTING_HERE,
): Promise<OwnCalibration> {
  demand(scope, 'calibration.own')
  const own = await roundsOf(read, scope)
  const closed = own.filter(({ state }) => state === 'closed').slice(0, MOST_ROUNDS)
  // all at once: each is waited for only so long
  const found = closed.map(async ({ state: _, rubricVersionId, simulated, ...round }): Promise<OwnRound> => {
    const made = await computing.figures(read, { ...NO_FILTER, roundId: round.id, rubricVersionId })
    const about = { ...round, simulated: simulated !== null }
    if (!made.ready) return { ...about, standing: 'computing' }
    const told = ownFigures(made.value, scope.user.id)
    return 'why' in told
      ? { ...about, standing: 'withheld', why: told.why }
      : { ...about, standing: 'told', figures: told }
  })
  return { rounds: await Promise.all(found), stillOpen: own.filter(({ state }) => state === 'open').length }
}

function roundsOf(read: Database, scope: Scope) {
  const lastAt = max(ratings.submittedAt)
  return read
    .select({
      id: rounds.id,
      name: rounds.name,
      state: rounds.state,
      rubricVersionId: rounds.rubricVersionId,
      simulated: rounds.simulated,
      lastAt: lastAt.mapWith(Number),
      ratings: count().mapWith(Number),
    })
    .from(ratings)
    .innerJoin(rounds, and(eq(rounds.id, ratings.roundId), eq(rounds.projectId, scope.project.id)))
    .where(and(eq(ratings.raterId, scope.user.id), isNull(ratings.supersededAt)))
    .groupBy(rounds.id)
    .orderBy(desc(lastAt), desc(rounds.id))
}
