import type { Additions, Statistic } from '../inference/contributions.ts'
import { weightedRow } from './units.ts'
import type { Weights } from './weights.ts'

/** Sums that AC2 is made from, for K levels: the share of each level, summed over items, then the weighted agreement of pairs. */
export const gwetWidth = (levels: number): number => levels + 1

/** What an item with these ratings per level adds to the sums; null with fewer than two ratings. */
export function gwetAdditions(counts: ArrayLike<number>, weights: Weights): Additions | null {
  let ratings = 0
  for (let k = 0; k < counts.length; k++) ratings += counts[k] as number
  if (ratings < 2) return null
  const weighted = weightedRow(weights, counts)
  const add: [number, number][] = []
  let agreeing = 0
  for (let k = 0; k < counts.length; k++) {
    const count = counts[k] as number
    if (count === 0) continue
    add.push([k, count / ratings])
    agreeing += count * ((weighted[k] as number) - 1)
  }
  add.push([counts.length, agreeing / (ratings * (ratings - 1))])
  return add
}

/** AC1 or AC2 from these sums, all items having two ratings or more; NaN without variation. See `gwetAc`. */
export function gwetOf(weights: Weights, offset = 0): Statistic {
  const { size, matrix } = weights
  const scale = matrix.reduce((sum, weight) => sum + weight, 0) / (size * (size - 1))
  return (sums, items) => {
    let chance = 0
    let used = 0
    for (let k = 0; k < size; k++) {
      const share = (sums[offset + k] as number) / items
      if (share > 1e-12) used++
      chance += share * (1 - share)
    }
    if (used < 2) return Number.NaN
    const observed = (sums[offset + size] as number) / items
    const expected = scale * chance
    return (observed - expected) / (1 - expected)
  }
}
