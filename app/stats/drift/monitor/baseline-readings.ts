import { type NotEstimable, notEstimable } from '../../estimate.ts'
import { absorbedDesign, normalEquations, residualSquares } from '../additive/absorbed.ts'
import { independence, solveKept } from '../additive/independent.ts'
import { readingCovariance } from './reading-covariance.ts'

/** Ratings of the baseline period in columns, live items and anchors together. */
export interface BaselineRatings {
  readonly itemCount: number
  readonly raterCount: number
  readonly item: Uint32Array
  readonly rater: Uint32Array
  readonly score: Float64Array
}

/** How each rater read in the baseline, in score points about the panel's mean (positive = gives more), to be frozen. */
export interface BaselineReadings {
  readonly estimable: true
  readonly reading: Float64Array
  /** Standard error; for a rater whom nothing links to the panel the reading is 0 and this the spread of the panel. */
  readonly error: Float64Array
  /** Covariance of two raters' readings: in a chain of raters the errors of neighbours go together. */
  covariance(one: number, other: number): number
  /** Variance of a score about item and rater. */
  readonly noise: number
  /** Degrees of freedom that it rests on. */
  readonly degrees: number
}

/**
 * Least squares y = item + rater over items with two or more ratings. The plain stand-in for severities of the many-facet model
 * where there is no calibration.
 */
export function baselineReadings(ratings: BaselineRatings): BaselineReadings | NotEstimable {
  const { itemCount, raterCount, item, rater, score } = ratings
  const design = absorbedDesign({
    itemCount,
    columns: raterCount,
    item,
    score,
    first: (entry) => rater[entry] as number,
    second: () => -1,
  })
  const equations = normalEquations(design, null)
  const { kept, undetermined } = independence(equations)
  const solution = solveKept(equations, kept)
  const { squares, df } = residualSquares(design, solution, kept.length)
  if (df < 1) return notEstimable('the baseline has too few items with two ratings to tell raters from noise')
  const noise = squares / df
  if (noise < 1e-12)
    return notEstimable('in the baseline all raters agree exactly, so there is no noise to measure against')
  const panel = linkedRaters(raterCount, undetermined)
  const centre = panel.reduce((sum, r) => sum + (solution[r] as number), 0) / panel.length
  const spread = Math.sqrt(panel.reduce((sum, r) => sum + ((solution[r] as number) - centre) ** 2, 0) / panel.length)
  const reading = new Float64Array(raterCount)
  for (const r of panel) reading[r] = (solution[r] as number) - centre
  const covariance = readingCovariance(equations, kept, panel, { noise, unlinked: spread ** 2 })
  const error = Float64Array.from(reading, (_, r) => Math.sqrt(covariance(r, r)))
  return { estimable: true, reading, error, covariance, noise, degrees: df }
}

/** The largest group of raters that shared items link: those who move together along every undetermined direction. */
function linkedRaters(raterCount: number, undetermined: readonly Float64Array[]): number[] {
  const groups = new Map<string, number[]>()
  for (let r = 0; r < raterCount; r++) {
    const key = undetermined.map((direction) => (direction[r] as number).toFixed(6)).join(' ')
    groups.set(key, [...(groups.get(key) ?? []), r])
  }
  return [...groups.values()].reduce((most, group) => (group.length > most.length ? group : most), [])
}
