/** How much of an agreement two levels are, 1 on the diagonal. */
export type WeightsName = 'identity' | 'linear' | 'quadratic' | 'ordinal' | 'radical' | 'ratio' | 'circular' | 'bipolar'

export const WEIGHTS: readonly WeightsName[] = [
  'identity',
  'linear',
  'quadratic',
  'ordinal',
  'radical',
  'ratio',
  'circular',
  'bipolar',
]

/** A symmetric matrix of agreement weights for K levels, row by row. */
export interface Weights {
  readonly size: number
  readonly matrix: Float64Array
}

/**
 * Agreement weights over the rubric's levels, used or not (Gwet 2014, Handbook of Inter-Rater Reliability, chapter 3.5; the
 * values of the R package irrCAC). Ordinal weights are not Krippendorff's ordinal distance.
 *
 * @throws RangeError for ratio weights with negative levels, which have no meaning
 */
export function weightsOf(name: WeightsName, levels: readonly number[]): Weights {
  const lowest = levels[0] as number
  const highest = levels[levels.length - 1] as number
  if (name === 'ratio' && lowest < 0) throw new RangeError('ratio weights have no meaning for negative levels')
  return weightsFromDisagreement(levels.map((x) => levels.map((y) => DISAGREEMENT[name](x, y, lowest, highest))))
}

/**
 * Agreement weights 1 - v / max v from how bad each disagreement is (Cohen 1968).
 *
 * @param disagreement symmetric, 0 on the diagonal
 */
export function weightsFromDisagreement(disagreement: readonly (readonly number[])[]): Weights {
  const flat = disagreement.flat()
  const largest = Math.max(...flat) || 1 // a single level has no disagreement
  return { size: disagreement.length, matrix: Float64Array.from(flat, (value) => 1 - value / largest) }
}

type Disagreement = (x: number, y: number, lowest: number, highest: number) => number

/** Up to a constant factor: the largest becomes 1. */
const DISAGREEMENT: Record<WeightsName, Disagreement> = {
  identity: (x, y) => (x === y ? 0 : 1),
  linear: (x, y) => Math.abs(x - y),
  quadratic: (x, y) => (x - y) ** 2,
  ordinal: (x, y) => (Math.abs(x - y) * (Math.abs(x - y) + 1)) / 2,
  radical: (x, y) => Math.sqrt(Math.abs(x - y)),
  ratio: (x, y) => (x === y ? 0 : ((x - y) / (x + y)) ** 2),
  circular: (x, y, lowest, highest) => Math.sin((Math.PI * (x - y)) / (highest - lowest + 1)) ** 2,
  bipolar: (x, y, lowest, highest) => (x === y ? 0 : (x - y) ** 2 / ((x + y - 2 * lowest) * (2 * highest - x - y))),
}
