import type { NotEstimable } from '#app/stats/estimate.ts'
import type { Database } from '#db/store.server.ts'
import { type Breakdown, breakdownFrom } from './breakdown.ts'
import { type DimensionCoefficients, dimensionCoefficients } from './coefficients.ts'
import type { Settled } from './filter.ts'
import { passing } from './passing.ts'
import { scoresOn } from './scores.ts'

/** What one dimension looks like from within: all that needs to know who gave which score. */
export type Inside = { coefficients: DimensionCoefficients; breakdown: Breakdown | NotEstimable }

/**
 * Asks no permission: for `insideIn`, which does.
 *
 * @throws RangeError for a dimension of another rubric version
 */
export async function insideOf(read: Database, filter: Settled, dimensionId: string): Promise<Inside> {
  const found = await passing(read, filter)
  const d = found.columns.dimensions.findIndex(({ id }) => id === dimensionId)
  if (d < 0) throw new RangeError('the rubric version has no such dimension, and so no levels')
  const scores = scoresOn(found, d)
  return { coefficients: dimensionCoefficients(scores), breakdown: breakdownFrom(scores, found.columns) }
}
