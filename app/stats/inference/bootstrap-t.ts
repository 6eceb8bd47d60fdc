import type { Contributions, Statistic } from './contributions.ts'
import { jackknifeMoments, leaveOneOut } from './jackknife.ts'
import { quantileOfSorted } from './quantile.ts'

/** A coefficient this near 1 has no finite -ln(1 - x). */
const NEAR_ONE = 1e-9

/** Jackknife standard error of a statistic over items. */
export function jackknifeError(
  contributions: Contributions,
  sizes: Float64Array,
  sums: Float64Array,
  items: number,
  statistic: Statistic,
): number {
  const values = leaveOneOut(contributions, sizes, sums, items, statistic)
  return Math.sqrt(((items - 1) / items) * jackknifeMoments(values, sizes).second)
}

/** Where a draw's deviation cannot be studentised (no spread, or a perfect coefficient) there is no deviation: NaN. */
export function studentised(draw: number, error: number, estimate: number): number {
  if (!(draw < 1 - NEAR_ONE) || !(error > NEAR_ONE)) return Number.NaN
  return (Math.log(1 - estimate) - Math.log(1 - draw)) / (error / (1 - draw))
}

/**
 * Bootstrap-t interval on -ln(1 - x) (Efron & Tibshirani 1993, chapter 12.5), with jackknife errors carried over by the delta
 * method. Wide but honest with 10 to 19 items. The upper end stays below 1; the lower is cut at -1.
 *
 * @param estimate below 1
 * @param error jackknife standard error of the estimate
 * @param deviations sorted studentised deviations of the draws, without NaN
 */
export function bootstrapTInterval(
  estimate: number,
  error: number,
  deviations: Float64Array,
  confidence: number,
): readonly [low: number, high: number] {
  const centre = -Math.log(1 - estimate)
  const scale = error / (1 - estimate)
  const end = (p: number) => 1 - Math.exp(scale * quantileOfSorted(deviations, p) - centre)
  const tail = (1 - confidence) / 2
  return [Math.max(-1, end(1 - tail)), end(tail)]
}
