import { addGroup, type Contributions, type Statistic } from './contributions.ts'

/** A statistic with one item left out, for an item of each group; NaN where it does not exist without that item. */
export function leaveOneOut(
  contributions: Contributions,
  sizes: Float64Array,
  sums: Float64Array,
  items: number,
  statistic: Statistic,
  out = new Float64Array(sizes.length),
): Float64Array {
  const without = new Float64Array(sums.length)
  for (let g = 0; g < sizes.length; g++) {
    if (sizes[g] === 0) continue
    without.set(sums)
    addGroup(without, contributions, g, -1)
    out[g] = statistic(without, items - 1)
  }
  return out
}

/** Sum over items of powers of the jackknife deviations (mean of the left-out values minus each of them). */
export interface JackknifeMoments {
  readonly second: number
  readonly third: number
}

/** Moments of leave-one-out values that exist; a group weighs as many times as it holds items. */
export function jackknifeMoments(values: Float64Array, sizes: Float64Array): JackknifeMoments {
  let weight = 0
  let total = 0
  for (let g = 0; g < sizes.length; g++) {
    const size = sizes[g] as number
    const value = values[g] as number
    if (size === 0 || Number.isNaN(value)) continue
    weight += size
    total += size * value
  }
  const mean = total / weight
  let second = 0
  let third = 0
  for (let g = 0; g < sizes.length; g++) {
    const size = sizes[g] as number
    const value = values[g] as number
    if (size === 0 || Number.isNaN(value)) continue
    const deviation = mean - value
    second += size * deviation ** 2
    third += size * deviation ** 3
  }
  return { second, third }
}
