import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import type { Comparison } from '#app/stats/agreement/comparison.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { AgreementPlan } from '#app/stats/planning/agreement-width.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type AgreementChoices, agreementChoices, settle } from './choices.ts'
import type { Side } from './compare.ts'
import type { AgreementFigures } from './figures.ts'
import { type AgreementFilter, NO_FILTER, type Settled } from './filter.ts'
import type { Inside } from './inside.ts'
import { COMPARISON, DIMENSION, FIGURES, PLAN, type PlanAsked } from './tasks.ts'

/** Who does the computing: at once and here, or kept, or in another thread. */
export type Computing = {
  figures: (read: Database, filter: Settled) => Promise<AgreementFigures>
  dimension: (read: Database, asked: Side) => Promise<Inside>
  comparison: (read: Database, asked: { first: Side; second: Side }) => Promise<Estimated<Comparison>>
  plan: (read: Database, asked: PlanAsked) => Promise<(AgreementPlan | null)[]>
}

export const COMPUTING_HERE: Computing = {
  figures: FIGURES.run,
  dimension: DIMENSION.run,
  comparison: COMPARISON.run,
  plan: PLAN.run,
}

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
  if (namesRaters(wanted)) demandNames(scope)
  const filter = settle(wanted, choices)
  return { choices, filter, figures: filter && (await computing.figures(store.read, filter)) }
}

/**
 * Every coefficient on one of the filter's dimensions, and where the disagreement on it sits. The filter must be one that
 * `agreementIn` settled.
 *
 * @throws Problem `missing` for a filter on another project's ratings
 */
export async function insideIn(
  store: Pick<Store, 'read'>,
  scope: Scope,
  filter: Settled,
  dimensionId: string,
  computing: Computing = COMPUTING_HERE,
): Promise<Inside> {
  demandOwn(filter, scope, await agreementChoices(store, scope))
  return computing.dimension(store.read, { filter, dimensionId })
}

/**
 * The agreement of two sides on the same responses, compared by a paired test.
 *
 * @throws Problem `missing` for a filter on another project's ratings
 */
export async function comparisonIn(
  store: Pick<Store, 'read'>,
  scope: Scope,
  sides: { first: Side; second: Side },
  computing: Computing = COMPUTING_HERE,
): Promise<Estimated<Comparison>> {
  const choices = await agreementChoices(store, scope)
  for (const { filter } of [sides.first, sides.second]) demandOwn(filter, scope, choices)
  return computing.comparison(store.read, sides)
}

/** How many items rated by how many raters a wanted width of the interval takes. */
export async function planIn(
  store: Pick<Store, 'read'>,
  scope: Scope,
  asked: PlanAsked,
  computing: Computing = COMPUTING_HERE,
): Promise<(AgreementPlan | null)[]> {
  demand(scope, 'agreement.read')
  return computing.plan(store.read, asked)
}

function demandOwn(filter: Settled, scope: Scope, choices: AgreementChoices): void {
  if (namesRaters(filter)) demandNames(scope)
  if (settle(filter, choices)?.rubricVersionId !== filter.rubricVersionId)
    throw new Problem('missing', 'This rubric version is not here.')
}

const namesRaters = ({ sharedWith, without }: AgreementFilter): boolean => sharedWith !== null || without !== null

/** Throws unless the scope may see whose ratings and which cases the figures come from. */
export const demandNames = (scope: Scope): void => demand(scope, 'ratings.read')
