import type { NotEstimable } from '#app/stats/estimate.ts'
import type { Database } from '#db/store.server.ts'
import { type Breakdown, breakdownFrom, segmentsOf } from './breakdown.ts'
import { type DimensionCoefficients, dimensionCoefficients } from './coefficients.ts'
import type { Settled } from './filter.ts'
import { scoresOn } from './scores.ts'

/** What one dimension looks like from within: all that needs to know who gave which score. */
export type Inside = { coefficients: DimensionCoefficients; breakdown: Breakdown | NotEstimable }

/** Reads the scores once for both. Asks no permission: for `insideIn`, which does. */
export async function insideOf(read: Database, filter: Settled, dimensionId: string): Promise<Inside> {
  const scores = await scoresOn(read, filter, dimensionId)
  return {
    coefficients: dimensionCoefficients(scores),
    breakdown: breakdownFrom(scores, await segmentsOf(read, filter)),
  }
}
