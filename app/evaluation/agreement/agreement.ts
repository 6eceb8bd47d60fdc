import { count, eq, inArray } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import type { NotEstimable } from '#app/stats/estimate.ts'
import { ratings } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type Breakdown, breakdownOf } from './breakdown.ts'
import { type AgreementChoices, agreementChoices, settle } from './choices.ts'
import { type AgreementFigures, figuresOf } from './figures.ts'
import { type AgreementFilter, NO_FILTER, type Settled } from './filter.ts'

/** Who does the computing: at once and here, or kept, or in another thread. */
export type Computing = {
  figures: (read: Database, filter: Settled) => Promise<AgreementFigures>
  breakdown: (read: Database, filter: Settled, dimensionId: string) => Promise<Breakdown | NotEstimable>
}

export const COMPUTING_HERE: Computing = { figures: figuresOf, breakdown: breakdownOf }

export type Agreed = {
  choices: AgreementChoices
  /** Null: the project has no such round or rubric version. */
  filter: Settled | null
  figures: AgreementFigures | null
}

/** The agreement of a project's effective ratings that pass the filter, always of one rubric version. */
export async function agreementIn(
  store: Pick<Store, 'read'>,
  scope: Scope,
  wanted: AgreementFilter = NO_FILTER,
  computing: Computing = COMPUTING_HERE,
): Promise<Agreed> {
  const choices = await agreementChoices(store, scope)
  const filter = settle(wanted, choices)
  return { choices, filter, figures: filter && (await computing.figures(store.read, filter)) }
}

/**
 * Where the disagreement on one of the filter's dimensions sits. The filter must be one that `agreementIn` settled.
 *
 * @throws Problem `missing` for a filter on another project's ratings
 */
export async function breakdownIn(
  store: Pick<Store, 'read'>,
  scope: Scope,
  filter: Settled,
  dimensionId: string,
  computing: Computing = COMPUTING_HERE,
): Promise<Breakdown | NotEstimable> {
  if (settle(filter, await agreementChoices(store, scope))?.rubricVersionId !== filter.rubricVersionId)
    throw new Problem('missing', 'This rubric version is not here.')
  return computing.breakdown(store.read, filter, dimensionId)
}

/**
 * Changes whenever a rating under the version is made or superseded: both counts only ever grow. Answered from an index.
 */
export async function stateOfRatings(
  read: Database,
  rubricVersionId: string,
): Promise<{ ratings: number; superseded: number }> {
  const [row] = await read
    .select({
      ratings: count().mapWith(Number),
      superseded: count(ratings.supersededAt).mapWith(Number),
    })
    .from(ratings)
    .where(
      inArray(
        ratings.roundId,
        read.select({ id: rounds.id }).from(rounds).where(eq(rounds.rubricVersionId, rubricVersionId)),
      ),
    )
  return row ?? { ratings: 0, superseded: 0 }
}

/** Throws unless the scope may see whose ratings and which cases the figures come from. */
export const demandNames = (scope: Scope): void => demand(scope, 'ratings.read')
