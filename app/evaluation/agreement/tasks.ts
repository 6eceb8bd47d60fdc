import { count, eq, inArray } from 'drizzle-orm'
import type { Comparison } from '#app/stats/agreement/comparison.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import { type AgreementPlan, type ExpectedAgreement, itemsForWidth } from '#app/stats/planning/agreement-width.ts'
import { ratings } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import type { Task } from '../computing/task.ts'
import { comparisonOf, type Side } from './compare.ts'
import { type AgreementFigures, figuresOf } from './figures.ts'
import type { Settled } from './filter.ts'
import { type Inside, insideOf } from './inside.ts'

const IN_THREAD_FROM = 4_000

export const FIGURES: Task<Settled, AgreementFigures> = {
  run: figuresOf,
  state: (read, { rubricVersionId }) => stateOfRatings(read, rubricVersionId),
  inThreadFrom: IN_THREAD_FROM,
  takes: 'milliseconds',
}

export const DIMENSION: Task<Side, Inside> = {
  run: (read, { filter, dimensionId }) => insideOf(read, filter, dimensionId),
  state: (read, { filter }) => stateOfRatings(read, filter.rubricVersionId),
  inThreadFrom: IN_THREAD_FROM,
  takes: 'milliseconds',
}

export const COMPARISON: Task<{ first: Side; second: Side }, Estimated<Comparison>> = {
  run: comparisonOf,
  state: async (read, { first, second }) => {
    const one = await stateOfRatings(read, first.filter.rubricVersionId)
    const other = await stateOfRatings(read, second.filter.rubricVersionId)
    return { ratings: one.ratings + other.ratings, each: [one, other] }
  },
  inThreadFrom: IN_THREAD_FROM,
  takes: 'milliseconds',
}

/** Nothing is read: what it is asked decides it. */
export const PLAN: Task<PlanAsked, (AgreementPlan | null)[]> = {
  run: async (_read, { expected, width, raters }) => itemsForWidth(expected, width, raters),
  state: async () => ({ ratings: 0 }),
  inThreadFrom: 0,
  takes: 'milliseconds',
}

export type PlanAsked = { expected: ExpectedAgreement; width: number; raters: readonly number[] }

/** Changes whenever a rating under the version is made or superseded: both counts only ever grow. Answered from an index. */
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
