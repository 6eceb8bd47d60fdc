import type { Comparison } from '#app/stats/agreement/comparison.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import { type AgreementPlan, type ExpectedAgreement, itemsForWidth } from '#app/stats/planning/agreement-width.ts'
import type { Task } from '../computing/task.ts'
import { comparisonOf, type Side } from './compare.ts'
import { type AgreementFigures, figuresOf } from './figures.ts'
import type { Settled } from './filter.ts'
import { type Inside, insideOf } from './inside.ts'
import { stateOfRatings } from './state.ts'

const ELSEWHERE_FROM = 4_000

export const FIGURES: Task<Settled, AgreementFigures> = {
  run: figuresOf,
  state: (read, { rubricVersionId }) => stateOfRatings(read, rubricVersionId),
  elsewhereFrom: ELSEWHERE_FROM,
  takes: 'milliseconds',
}

export const DIMENSION: Task<Side, Inside> = {
  run: (read, { filter, dimensionId }) => insideOf(read, filter, dimensionId),
  state: (read, { filter }) => stateOfRatings(read, filter.rubricVersionId),
  elsewhereFrom: ELSEWHERE_FROM,
  takes: 'milliseconds',
}

export const COMPARISON: Task<{ first: Side; second: Side }, Estimated<Comparison>> = {
  run: comparisonOf,
  state: async (read, { first, second }) => {
    const one = await stateOfRatings(read, first.filter.rubricVersionId)
    const other = await stateOfRatings(read, second.filter.rubricVersionId)
    return { ratings: one.ratings + other.ratings, each: [one, other] }
  },
  elsewhereFrom: ELSEWHERE_FROM,
  takes: 'milliseconds',
}

/** Nothing is read: what it is asked decides it. */
export const PLAN: Task<PlanAsked, (AgreementPlan | null)[]> = {
  run: async (_read, { expected, width, raters }) => itemsForWidth(expected, width, raters),
  state: async () => ({ ratings: 0 }),
  elsewhereFrom: 0,
  takes: 'milliseconds',
}

export type PlanAsked = { expected: ExpectedAgreement; width: number; raters: readonly number[] }
