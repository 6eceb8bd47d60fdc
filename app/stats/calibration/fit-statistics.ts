import { type Estimated, notEstimable } from '../estimate.ts'

/** Mean squares of residuals against the model, near 1 where scores are as erratic as the model says. */
export interface FitStatistics {
  readonly estimable: true
  /** Weighted by information: sensitive to scores near the rater's or item's own level. */
  readonly infit: number
  readonly infitZ: number
  /** Unweighted: sensitive to single surprising scores. */
  readonly outfit: number
  readonly outfitZ: number
  readonly scores: number
}

/** Sums by group from which the mean squares are made. */
export interface FitSums {
  readonly scores: Float64Array
  readonly residual: Float64Array
  readonly squares: Float64Array
  readonly variance: Float64Array
  readonly standardised: Float64Array
  readonly excess: Float64Array
  readonly relativeFourth: Float64Array
}

export function fitSums(groups: number): FitSums {
  const column = () => new Float64Array(groups)
  return {
    scores: column(),
    residual: column(),
    squares: column(),
    variance: column(),
    standardised: column(),
    excess: column(),
    relativeFourth: column(),
  }
}

/** What one score adds: residual x - E, its square, V, the square over V, m4 - V^2 and m4/V^2 (expected over the item's place). */
export interface ScoreFit {
  residual: number
  square: number
  variance: number
  standardised: number
  excess: number
  relativeFourth: number
}

export function addScore(sums: FitSums, group: number, fit: ScoreFit): void {
  sums.scores[group] = (sums.scores[group] as number) + 1
  sums.residual[group] = (sums.residual[group] as number) + fit.residual
  sums.squares[group] = (sums.squares[group] as number) + fit.square
  sums.variance[group] = (sums.variance[group] as number) + fit.variance
  sums.standardised[group] = (sums.standardised[group] as number) + fit.standardised
  sums.excess[group] = (sums.excess[group] as number) + fit.excess
  sums.relativeFourth[group] = (sums.relativeFourth[group] as number) + fit.relativeFourth
}

/**
 * Infit and outfit mean squares (Wright & Masters 1982, chapter 5) with Z by the cube root of Wilson and Hilferty. Below about 30
 * scores a mean square says little: its standard deviation under the model is about sqrt(2/n).
 */
export function fitStatistics(sums: FitSums, group: number): Estimated<FitStatistics> {
  const scores = sums.scores[group] as number
  const variance = sums.variance[group] as number
  const infitVariance = (sums.excess[group] as number) / variance ** 2
  const outfitVariance = (sums.relativeFourth[group] as number) / scores ** 2 - 1 / scores
  if (scores < 2) return notEstimable('fewer than two scores that can be compared')
  if (!(infitVariance > 1e-9 && outfitVariance > 1e-9))
    return notEstimable('the model leaves these scores no room to vary')
  const infit = (sums.squares[group] as number) / variance
  const outfit = (sums.standardised[group] as number) / scores
  if (!Number.isFinite(outfit) || !Number.isFinite(outfitVariance))
    return notEstimable('the model holds one of these scores for impossible')
  return {
    estimable: true,
    infit,
    infitZ: cubeRootZ(infit, Math.sqrt(infitVariance)),
    outfit,
    outfitZ: cubeRootZ(outfit, Math.sqrt(outfitVariance)),
    scores,
  }
}

function cubeRootZ(meanSquare: number, q: number): number {
  return ((Math.cbrt(meanSquare) - 1) * 3) / q + q / 3
}
