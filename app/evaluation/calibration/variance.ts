import type { Estimated } from '#app/stats/estimate.ts'
import { type VarianceShare, type VarianceShares, varianceShares } from '#app/stats/variance-components/shares.ts'
import type { Database } from '#db/store.server.ts'
import type { Settled } from '../agreement/filter.ts'
import { passing } from '../agreement/passing.ts'
import { percent } from '../figure.ts'
import { scoresOf } from './read-scores.ts'

/** What the scores vary by. Levels count as numbers. Asks no permission: for `varianceIn`, which does. */
export async function varianceFigures(read: Database, filter: Settled): Promise<Estimated<VarianceShares>> {
  const { scores } = scoresOf(await passing(read, filter))
  return varianceShares({
    ...scores,
    caseCount: scores.itemCount,
    dimensionCount: scores.dimensions.length,
    value: scores.level,
  })
}

type Part = VarianceShare['part']

/** A part, and what a large share of it says. */
export const PART_NAMES: Record<Part, readonly [name: string, meaning: string]> = {
  case: ['Items', 'some answers are better than others: what one wants to measure'],
  caseDimension: ['Items by dimension', 'an answer is good on one dimension and poor on another: wanted as well'],
  caseRater: ['Items by rater', 'raters take different answers for good, on all dimensions alike'],
  rater: ['Raters', 'some are more severe than others, throughout'],
  raterDimension: ['Raters by dimension', 'a dimension is read more severely by some than by others'],
  residual: ['All the rest', 'one rater on one dimension of one answer: chance, and what no repeat could tell from it'],
}

const WANTED: readonly Part[] = ['case', 'caseDimension']
const OF_RATERS: readonly Part[] = ['rater', 'raterDimension', 'caseRater']

/** What single scores vary by, in two sentences. */
export function varianceInWords({ shares }: VarianceShares): string {
  const sum = (parts: readonly Part[]) =>
    shares.reduce((total, { part, share }) => total + (parts.includes(part) ? share : 0), 0)
  const rest = shares.find(({ part }) => part === 'residual')?.share ?? 0
  const said = `Of what single scores vary by, ${percent(sum(WANTED))} is the answers, ${percent(sum(OF_RATERS))} who rated them, and ${percent(rest)} neither.`
  return rest > 0.5
    ? `${said} More raters on each item average out the last part; training and clearer anchors do not reach it.`
    : said
}
