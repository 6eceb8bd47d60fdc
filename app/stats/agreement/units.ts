import type { Patterns } from './patterns.ts'
import type { Weights } from './weights.ts'

/**
 * What Gwet's family of coefficients is made from, per pattern and over all items (Gwet 2014, chapters 2 and 3; r_ik ratings of
 * item i at level k). All items of a pattern have the same values.
 */
export interface Units {
  readonly levels: number
  /** Items with a rating (n), and with two or more (n'). */
  readonly items: number
  readonly pairableItems: number
  /** Ratings over all items. */
  readonly ratings: number
  /** Mean weighted agreement of pairs, pa. */
  readonly observed: number
  /** Mean share of each level over all items with a rating, pi_k. */
  readonly shares: Float64Array
  readonly patterns: readonly UnitPattern[]
}

export interface UnitPattern {
  /** Items of this pattern. */
  readonly size: number
  /** Ratings at each level, and altogether. */
  readonly counts: Uint32Array
  readonly ratings: number
  /** Weighted agreement of the pairs of ratings; null with a single rating. */
  readonly agreement: number | null
}

export function unitsOf(patterns: Patterns, weights: Weights): Units {
  const levels = patterns.levels.length
  const shares = new Float64Array(levels)
  let items = 0
  let pairableItems = 0
  let ratings = 0
  let agreement = 0
  const units = Array.from(patterns.items, (size, p) => {
    const unit = unitPattern(patterns.counts.subarray(p * levels, (p + 1) * levels), size, weights)
    items += size
    ratings += size * unit.ratings
    unit.counts.forEach((count, k) => {
      shares[k] = (shares[k] as number) + (size * count) / unit.ratings
    })
    if (unit.agreement !== null) {
      pairableItems += size
      agreement += size * unit.agreement
    }
    return unit
  })
  return {
    levels,
    items,
    pairableItems,
    ratings,
    observed: agreement / pairableItems,
    shares: shares.map((share) => share / items),
    patterns: units,
  }
}

function unitPattern(counts: Uint32Array, size: number, weights: Weights): UnitPattern {
  const ratings = counts.reduce((sum, count) => sum + count, 0)
  if (ratings < 2) return { size, counts, ratings, agreement: null }
  const weighted = weightedRow(weights, counts)
  const agreeing = counts.reduce((sum, count, k) => sum + count * ((weighted[k] as number) - 1), 0)
  return { size, counts, ratings, agreement: agreeing / (ratings * (ratings - 1)) }
}

/** Weights times a vector over levels: sum_l w_kl v_l for each k. */
export function weightedRow(weights: Weights, values: ArrayLike<number>): Float64Array {
  const { size, matrix } = weights
  const out = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    let sum = 0
    for (let l = 0; l < size; l++) sum += (matrix[k * size + l] as number) * (values[l] as number)
    out[k] = sum
  }
  return out
}
