import type { Statistic } from '../inference/contributions.ts'
import { distancesOf, type Metric } from './metric.ts'
import { sumsLayout } from './sums.ts'

/** Why there is no alpha whatever the scores are; null: that depends on them. */
export const whyNever = (metric: Metric, levels: readonly number[]): string | null =>
  metric === 'ratio' && (levels[0] as number) < 0 ? 'the ratio metric has no meaning for negative levels' : null

/**
 * Krippendorff's alpha = 1 - Do/De as a function of the sums of `sumsLayout` (Krippendorff 2011, "Computing Krippendorff's
 * Alpha-Reliability", section D and E). The ordinal distances are recomputed from the sums each time. NaN without variation, and
 * where `whyNever` says so.
 */
export function alphaOf(metric: Metric, levels: readonly number[]): Statistic {
  if (whyNever(metric, levels) !== null) return () => Number.NaN
  const width = levels.length
  const { coincidences } = sumsLayout(width)
  const distances = distancesOf(metric, levels)
  const squared = new Float64Array((width * (width - 1)) / 2)
  return (sums) => {
    distances(sums, squared)
    let ratings = 0
    let observed = 0
    let expected = 0
    let cell = 0
    for (let c = 0; c < width; c++) {
      const here = sums[c] as number
      ratings += here
      for (let k = c + 1; k < width; k++) {
        const distance = squared[cell] as number
        observed += distance * (sums[coincidences + cell] as number)
        expected += distance * here * (sums[k] as number)
        cell++
      }
    }
    return expected === 0 ? Number.NaN : 1 - ((ratings - 1) * observed) / expected
  }
}

/** Share of pairs of ratings of an item that are equal, mean over items (each item weighs 1). */
export function exactShareOf(levels: readonly number[]): Statistic {
  const { exact } = sumsLayout(levels.length)
  return (sums, items) => (sums[exact] as number) / items
}

/** Share of pairs of ratings of an item that are equal or one level apart, mean over items (each item weighs 1). */
export function adjacentShareOf(levels: readonly number[]): Statistic {
  const { adjacent } = sumsLayout(levels.length)
  return (sums, items) => (sums[adjacent] as number) / items
}
