import { type Estimated, notEstimable } from '../estimate.ts'
import { chiSquareUpperTail } from '../inference/chi-square.ts'

/** How far raters differ beyond the error of their severities. For raters a high reliability is bad news: they differ. */
export interface Separation {
  readonly estimable: true
  /** Standard deviation of severities (divisor: raters) and root mean square error. */
  readonly sd: number
  readonly rmse: number
  readonly separation: number
  readonly reliability: number
  /** Number of statistically distinct groups: (4 separation + 1)/3. */
  readonly strata: number
  /** Test that all severities are equal. */
  readonly chiSquare: number
  readonly df: number
  readonly p: number
}

/** Separation, reliability, strata (Wright & Masters 1982) and the fixed-effect chi-square of severities with their errors. */
export function separationOf(
  severities: readonly { readonly logit: number; readonly se: number }[],
): Estimated<Separation> {
  const raters = severities.length
  if (raters < 2) return notEstimable('needs two raters with a severity')
  const mean = severities.reduce((sum, { logit }) => sum + logit, 0) / raters
  const variance = severities.reduce((sum, { logit }) => sum + (logit - mean) ** 2, 0) / raters
  const error = severities.reduce((sum, { se }) => sum + se ** 2, 0) / raters
  if (severities.some(({ se }) => !(se > 0)))
    return notEstimable('a severity without an error leaves nothing to compare with')
  const separation = Math.sqrt(Math.max(0, variance - error) / error)
  const weights = severities.map(({ se }) => 1 / se ** 2)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const weighted = severities.reduce((sum, { logit }, i) => sum + (weights[i] as number) * logit, 0)
  const squares = severities.reduce((sum, { logit }, i) => sum + (weights[i] as number) * logit ** 2, 0)
  const chiSquare = Math.max(0, squares - weighted ** 2 / total)
  return {
    estimable: true,
    sd: Math.sqrt(variance),
    rmse: Math.sqrt(error),
    separation,
    reliability: variance > error ? (variance - error) / variance : 0,
    strata: (4 * separation + 1) / 3,
    chiSquare,
    df: raters - 1,
    p: chiSquareUpperTail(chiSquare, raters - 1),
  }
}
