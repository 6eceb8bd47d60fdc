import type { Posterior } from './posterior.ts'

/** Expectations under a pattern's posterior of what the fit of one cell's scores needs: of E, E^2, V, m4 - V^2, m4/V^2, 1/V, E/V, E^2/V. */
export interface CellExpectation {
  mean: number
  meanSquare: number
  variance: number
  excess: number
  relativeFourth: number
  inverse: number
  meanOverVariance: number
  squareOverVariance: number
}

export function emptyExpectation(): CellExpectation {
  return {
    mean: 0,
    meanSquare: 0,
    variance: 0,
    excess: 0,
    relativeFourth: 0,
    inverse: 0,
    meanOverVariance: 0,
    squareOverVariance: 0,
  }
}

const EMPTY = emptyExpectation()

/** @param row where the cell's rows begin in the tables of means, variances and fourth moments by node */
export function expectCell(
  { weights, from, to }: Posterior,
  means: Float64Array,
  variances: Float64Array,
  fourths: Float64Array,
  row: number,
  out: CellExpectation,
): void {
  Object.assign(out, EMPTY)
  for (let q = from; q < to; q++) {
    const weight = weights[q] as number
    const mean = means[row + q] as number
    const variance = variances[row + q] as number
    const fourth = fourths[row + q] as number
    out.mean += weight * mean
    out.meanSquare += weight * mean * mean
    out.variance += weight * variance
    out.excess += weight * (fourth - variance * variance)
    out.relativeFourth += (weight * fourth) / (variance * variance)
    out.inverse += weight / variance
    out.meanOverVariance += (weight * mean) / variance
    out.squareOverVariance += (weight * mean * mean) / variance
  }
}

/** Expectation of a row of values by node. */
export function expectedValue({ weights, from, to }: Posterior, values: Float64Array, row: number): number {
  let sum = 0
  for (let q = from; q < to; q++) sum += (weights[q] as number) * (values[row + q] as number)
  return sum
}

/** Expectation and standard deviation of a row of values by node. */
export function expectedSpread(posterior: Posterior, values: Float64Array): { mean: number; sd: number } {
  const { weights, from, to } = posterior
  const mean = expectedValue(posterior, values, 0)
  let square = 0
  for (let q = from; q < to; q++) square += (weights[q] as number) * ((values[q] as number) - mean) ** 2
  return { mean, sd: Math.sqrt(square) }
}
