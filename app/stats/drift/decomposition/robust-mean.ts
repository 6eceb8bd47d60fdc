import { meanOf } from '../../inference/moments.ts'
import { biweight } from './biweight.ts'

/** Biweight location of values with known error variances, and what errors of the values it takes over. */
export interface RobustMean {
  readonly mean: number
  /** Its variance is the sum of these times the variances of the values' errors, or of a part of them. */
  readonly shares: readonly number[]
}

/** Variance of a biweight location of normal values over that of their mean: from 1.2 for four values to 1.25 for many. */
const OVER_MEAN = 1.25

/**
 * What most values say. Values that lie farther apart than their errors let expect say less: its variance is as much wider as the
 * square of the biweight's scale.
 *
 * @param values at least one
 * @param variances of their errors, all positive
 */
export function robustMean(values: readonly number[], variances: readonly number[]): RobustMean {
  const weights = variances.map((variance) => 1 / variance)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const expected = Math.sqrt(meanOf(variances))
  const { location, scale } = biweight(values, weights, expected)
  const inflation = OVER_MEAN * (scale / expected) ** 2
  return { mean: location, shares: weights.map((weight) => inflation * (weight / total) ** 2) }
}
