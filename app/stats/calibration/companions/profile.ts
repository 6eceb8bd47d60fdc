import { type Estimated, notEstimable } from '../../estimate.ts'
import type { Scores } from '../scores.ts'
import type { Others } from './others.ts'

/** Whether a rater tells the dimensions of an item apart. */
export interface Profile {
  /** Mean correlation over items, between dimensions, of differences from the others' mean: high is one impression for all. */
  readonly halo: Estimated<Halo>
  /** Share of items with the same level on every dimension, among items scored on two dimensions or more. */
  readonly straightLined: Estimated<StraightLined>
}

export interface Halo {
  readonly estimable: true
  readonly correlation: number
  /** Pairs of dimensions it is the mean of. */
  readonly pairs: number
  readonly items: number
}

export interface StraightLined {
  readonly estimable: true
  readonly share: number
  /** Mean within-item standard deviation over dimensions, in levels. */
  readonly withinSd: number
  readonly items: number
}

/** A correlation over fewer items is left out. */
const FEWEST_ITEMS = 10

/**
 * @param entries of one rater
 */
export function profileOf(scores: Scores, others: Others, entries: Uint32Array): Profile {
  const rows = rowsByItem(scores, others, entries)
  return { halo: haloOf(rows, scores.levels.length), straightLined: straightLinedOf(rows) }
}

interface Row {
  /** Level index by dimension, and its difference from the others' mean; NaN where there is none. */
  readonly level: Float64Array
  readonly difference: Float64Array
}

function rowsByItem({ item, dimension, level, levels }: Scores, others: Others, entries: Uint32Array): Row[] {
  const rows = new Map<number, Row>()
  for (const entry of entries) {
    let row = rows.get(item[entry] as number)
    if (row === undefined) {
      const missing = () => new Float64Array(levels.length).fill(Number.NaN)
      row = { level: missing(), difference: missing() }
      rows.set(item[entry] as number, row)
    }
    const d = dimension[entry] as number
    row.level[d] = level[entry] as number
    row.difference[d] = (level[entry] as number) - (others.mean[entry] as number)
  }
  return [...rows.values()]
}

function haloOf(rows: readonly Row[], dimensions: number): Estimated<Halo> {
  let sum = 0
  let pairs = 0
  for (let a = 0; a < dimensions; a++)
    for (let b = a + 1; b < dimensions; b++) {
      const r = correlation(rows, a, b)
      if (r === null) continue
      sum += r
      pairs++
    }
  if (pairs === 0)
    return notEstimable(`needs two dimensions with ${FEWEST_ITEMS} items that others scored too, and scores that vary`)
  const items = rows.filter(({ difference }) => difference.some((value) => !Number.isNaN(value))).length
  return { estimable: true, correlation: sum / pairs, pairs, items }
}

function correlation(rows: readonly Row[], a: number, b: number): number | null {
  let [n, sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0]
  for (const { difference } of rows) {
    const [x, y] = [difference[a] as number, difference[b] as number]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    n++
    sumA += x
    sumB += y
    squaresA += x * x
    squaresB += y * y
    products += x * y
  }
  if (n < FEWEST_ITEMS) return null
  const spread = (squaresA - sumA ** 2 / n) * (squaresB - sumB ** 2 / n)
  return spread > 1e-9 ? (products - (sumA * sumB) / n) / Math.sqrt(spread) : null
}

function straightLinedOf(rows: readonly Row[]): Estimated<StraightLined> {
  let items = 0
  let straight = 0
  let spread = 0
  for (const { level } of rows) {
    const seen = level.filter((value) => !Number.isNaN(value))
    if (seen.length < 2) continue
    items++
    const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length
    const variance = seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seen.length - 1)
    spread += Math.sqrt(variance)
    if (variance === 0) straight++
  }
  if (items === 0) return notEstimable('no item is scored on two dimensions')
  return { estimable: true, share: straight / items, withinSd: spread / items, items }
}
