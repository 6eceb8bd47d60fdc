/** How far two levels are apart for Krippendorff's alpha. */
export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio'

export const METRICS: readonly Metric[] = ['nominal', 'ordinal', 'interval', 'ratio']

/**
 * Writes the squared differences between levels, upper triangle row by row (0-1, 0-2, ..., 1-2, ...), into `out`.
 *
 * Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section E. The ordinal one depends on how often each level
 * was used: (sum of n_g from c to k - (n_c + n_k)/2)^2; |a - b| is not ordinal. Ratio takes 0/0 as 0 and needs levels >= 0.
 *
 * @param totals pairable ratings per level, n_c
 */
export type Distances = (totals: Float64Array, out: Float64Array) => void

export function distancesOf(metric: Metric, levels: readonly number[]): Distances {
  if (metric === 'ordinal') return (totals, out) => ordinal(totals, levels.length, out)
  const between = FIXED[metric]
  const fixed: number[] = []
  levels.forEach((low, c) => {
    for (const high of levels.slice(c + 1)) fixed.push(between(low, high))
  })
  return (_totals, out) => out.set(fixed)
}

const FIXED: Record<Exclude<Metric, 'ordinal'>, (low: number, high: number) => number> = {
  nominal: () => 1,
  interval: (low, high) => (high - low) ** 2,
  ratio: (low, high) => (low + high === 0 ? 0 : ((high - low) / (low + high)) ** 2),
}

function ordinal(totals: Float64Array, width: number, out: Float64Array): void {
  let cell = 0
  for (let c = 0; c < width; c++) {
    let distance = (totals[c] as number) / 2
    for (let k = c + 1; k < width; k++) {
      const half = (totals[k] as number) / 2
      distance += half
      out[cell++] = distance * distance
      distance += half
    }
  }
}
