import type { NormalEquations } from '../additive/absorbed.ts'
import { solverOf } from '../additive/independent.ts'

/** Variances, squared points: of a score about item and rater, and of a rater whom nothing links to the panel. */
export interface ReadingVariances {
  readonly noise: number
  readonly unlinked: number
}

/**
 * Covariance of least-squares readings about the panel's mean: noise times the pseudo-inverse of the normal equations with the items
 * taken out. A rater's own number of ratings does not do for it: in a chain, each link adds its error to those before it. A panel of
 * one has no error, being its own mean; raters whom nothing links to the panel have errors of their own.
 *
 * @param kept unknowns that the equations determine once the others are held at 0
 * @param panel linked raters, one of whom is held at 0
 */
export function readingCovariance(
  equations: NormalEquations,
  kept: readonly number[],
  panel: readonly number[],
  { noise, unlinked }: ReadingVariances,
): (one: number, other: number) => number {
  const n = panel.length
  const place = new Int32Array(equations.columns).fill(-1)
  panel.forEach((rater, index) => {
    place[rater] = index
  })
  const matrix = centredInverse(equations, kept, panel)
  return (one, other) => {
    const [row, column] = [place[one] as number, place[other] as number]
    if (row >= 0 && column >= 0)
      return Math.max(one === other ? 0 : Number.NEGATIVE_INFINITY, noise * (matrix[row * n + column] as number))
    return one === other ? unlinked : 0
  }
}

/** With one rater held at 0 the equations have an inverse; read about the mean of the panel it does not matter whom. */
function centredInverse(equations: NormalEquations, kept: readonly number[], panel: readonly number[]): Float64Array {
  const n = panel.length
  const among = new Set(panel)
  const solver = solverOf(
    equations,
    kept.filter((rater) => among.has(rater)),
  )
  const matrix = new Float64Array(n * n)
  const unit = new Float64Array(equations.columns)
  const solution = new Float64Array(equations.columns)
  panel.forEach((rater, row) => {
    unit.fill(-1 / n)
    unit[rater] = 1 - 1 / n
    solver(unit, solution)
    let mean = 0
    for (const other of panel) mean += (solution[other] as number) / n
    panel.forEach((other, column) => {
      matrix[row * n + column] = (solution[other] as number) - mean
    })
  })
  return matrix
}
