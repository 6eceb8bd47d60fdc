import type { Frame } from './frame.ts'
import type { MarginalFit } from './marginal/marginal.ts'
import { reducedMatrix } from './reduced.ts'

/** Variance of a linear combination of the marginal method's parameters (raters, steps, log sd). */
export type VarianceOf = (combination: Float64Array) => number

/** From the full observed information: combinations must not feel a common shift of raters against steps. */
export function informationVariance({ covariance }: MarginalFit): VarianceOf {
  return (combination) => quadratic(covariance, combination)
}

/**
 * The sandwich I^-1 (sum of s s' over items) I^-1, right also where the scores of an item depend on each other beyond its one
 * place (Huber 1967; White 1982).
 */
export function robustVariance(frame: Frame, { covariance }: MarginalFit, gradientSpread: Float64Array): VarianceOf {
  const spread = reducedMatrix(gradientSpread, frame.scores.raterCount, frame.steps, 1)
  const size = Math.sqrt(covariance.length)
  return (combination) => quadratic(spread, times(covariance, combination, size))
}

function quadratic(matrix: Float64Array, v: Float64Array): number {
  return times(matrix, v, v.length).reduce((sum, value, i) => sum + value * (v[i] as number), 0)
}

function times(matrix: Float64Array, v: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    let sum = 0
    for (let j = 0; j < size; j++) sum += (matrix[i * size + j] as number) * (v[j] as number)
    return sum
  })
}

/** A rater's severity less the mean of its component, as a combination. */
export function severityCombination({ scores, components, steps }: Frame, rater: number): Float64Array {
  const combination = new Float64Array(scores.raterCount + steps.size + 1)
  const component = components.ofRater[rater]
  const others = components.ofRater.reduce((count, other) => count + (other === component ? 1 : 0), 0)
  components.ofRater.forEach((other, j) => {
    if (other === component) combination[j] = -1 / others
  })
  combination[rater] = (combination[rater] as number) + 1
  return combination
}

/** A combination of steps; `shift` is what it gains when every difficulty rises by 1, offset by the raters' mean. */
export function stepCombination(
  { scores, components, steps }: Frame,
  ofSteps: Float64Array,
  shift: number,
): Float64Array {
  const combination = new Float64Array(scores.raterCount + steps.size + 1)
  const taking = components.ofRater.reduce((count, component) => count + (component >= 0 ? 1 : 0), 0)
  components.ofRater.forEach((component, j) => {
    if (component >= 0) combination[j] = shift / taking
  })
  combination.set(ofSteps, scores.raterCount)
  return combination
}
