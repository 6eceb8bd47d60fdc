import { analyticInterval, type Estimate, type Estimated, notEstimable } from '../../estimate.ts'
import { meanOf, varianceOf } from '../../inference/moments.ts'
import { studentQuantile } from '../../inference/student.ts'

/** Anchors drawn within each earlier level, in columns. */
export interface StratifiedAnchors {
  /** Share of each stratum (level at the time of drawing) among all items, not among the anchors; sums to 1. */
  readonly shares: readonly number[]
  /** Stratum of each anchor, its mean score now, and the mean score it is compared with. */
  readonly stratum: ArrayLike<number>
  readonly after: ArrayLike<number>
  /**
   * Best a blind rescore made at the time of drawing: anchors drawn for their score regress towards the mean, and only a rescore
   * takes that out. With the drawing score itself regression is taken for drift.
   */
  readonly before: ArrayLike<number>
}

/**
 * Mean change of anchors drawn by their earlier level, weighted back to the items they stand for (product-multinomial rescore
 * design; Donoghue, McClellan & Hess 2022, doi 10.1002/ets2.12360): D = sum share_k mean(after - before | k), variance sum share_k^2
 * s_k^2 / n_k, Satterthwaite df.
 */
export function stratifiedChange({ shares, stratum, after, before }: StratifiedAnchors): Estimated<Estimate> {
  const differences: number[][] = shares.map(() => [])
  for (let i = 0; i < stratum.length; i++)
    differences[stratum[i] as number]?.push((after[i] as number) - (before[i] as number))
  const thin = shares.flatMap((share, k) => (share > 0 && (differences[k] as number[]).length < 2 ? [k + 1] : []))
  if (thin.length > 0)
    return notEstimable(`stratum ${thin.join(', ')} has fewer than two anchors, so it cannot be weighted back`)
  let estimate = 0
  let variance = 0
  let denominator = 0
  shares.forEach((share, k) => {
    const here = differences[k] as number[]
    if (share === 0) return
    const part = (share ** 2 * varianceOf(here)) / here.length
    estimate += share * meanOf(here)
    variance += part
    denominator += part ** 2 / (here.length - 1)
  })
  const items = differences.reduce((sum, here) => sum + here.length, 0)
  if (variance === 0)
    return {
      estimable: true,
      estimate,
      items,
      interval: notEstimable('the anchors of each stratum changed by the same amount, so their spread is not known'),
    }
  const reach = studentQuantile(0.975, variance ** 2 / denominator) * Math.sqrt(variance)
  return {
    estimable: true,
    estimate,
    items,
    interval: analyticInterval(estimate - reach, estimate + reach, 'student-t'),
  }
}
