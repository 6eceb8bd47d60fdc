import type { JackknifeMoments } from './jackknife.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { quantileOfSorted } from './quantile.ts'

/** Bias correction z0 and acceleration of the BCa method. */
export function bcaPlace(
  estimate: number,
  sorted: Float64Array,
  { second, third }: JackknifeMoments,
): { readonly bias: number; readonly acceleration: number } {
  // sums in another order differ in the last bits: such draws are ties with the estimate
  const tie = 1e-12 * Math.max(1, Math.abs(estimate))
  let below = 0
  for (const draw of sorted) {
    if (draw < estimate - tie) below++
    else if (draw <= estimate + tie) below += 0.5
    else break
  }
  const share = Math.min(Math.max(below, 0.5), sorted.length - 0.5) / sorted.length
  return { bias: normalQuantile(share), acceleration: second > 0 ? third / (6 * second ** 1.5) : 0 }
}

/**
 * Bias-corrected and accelerated bootstrap interval (Efron 1987; Efron & Tibshirani 1993, chapter 14.3). The bias correction
 * counts half of the draws equal to the estimate as below it; the acceleration is that of the leave-one-item-out values.
 *
 * @param sorted draws in ascending order
 */
export function bcaInterval(
  estimate: number,
  sorted: Float64Array,
  moments: JackknifeMoments,
  confidence: number,
): readonly [low: number, high: number] {
  const { bias, acceleration } = bcaPlace(estimate, sorted, moments)
  const limit = (p: number) => {
    const shifted = bias + normalQuantile(p)
    return quantileOfSorted(sorted, normalCdf(bias + shifted / Math.max(1 - acceleration * shifted, 1e-9)))
  }
  const tail = (1 - confidence) / 2
  return [limit(tail), limit(1 - tail)]
}
