import { type Estimated, notEstimable } from '../estimate.ts'
import type { Patterns } from './patterns.ts'

/** Share of items, among those with two or more ratings, on which all raters agree. */
export interface AllAgree {
  readonly estimable: true
  readonly estimate: number
  readonly items: number
}

/**
 * Share of items whose highest and lowest score differ by at most `tolerance` levels. Stricter than pairwise agreement: what
 * the R package irr calls agreement.
 */
export function allAgree({ levels, counts, items }: Patterns, tolerance = 0): Estimated<AllAgree> {
  let pairable = 0
  let agreeing = 0
  items.forEach((size, p) => {
    const row = [...counts.subarray(p * levels.length, (p + 1) * levels.length)]
    if (row.reduce((sum, count) => sum + count, 0) < 2) return
    pairable += size
    const lowest = row.findIndex((count) => count > 0)
    const highest = row.findLastIndex((count) => count > 0)
    if (highest - lowest <= tolerance) agreeing += size
  })
  if (pairable === 0) return notEstimable('no item has two or more ratings')
  return { estimable: true, estimate: agreeing / pairable, items: pairable }
}
