import { type Estimated, notEstimable } from '../estimate.ts'
import { alphaOf, whyNever } from './alpha.ts'
import { type CohenKappa, cohenKappa } from './cohen.ts'
import type { Metric } from './metric.ts'
import type { PairTable } from './pair-tables.ts'
import { type Correlation, spearman, tauB } from './rank-correlation.ts'
import { additionsOf, sumsLayout } from './sums.ts'
import { weightsOf } from './weights.ts'

/** Agreement of two raters on the items both rated: a cell of the rater x rater matrix, with its number of items. */
export interface RaterPair {
  readonly first: number
  readonly second: number
  readonly items: number
  /** Share of items with equal scores, and with scores at most one level apart. */
  readonly exact: number
  readonly adjacent: number
  /** Mean of first minus second, in levels: above 0 the first scores higher. */
  readonly meanDifference: number
  readonly alpha: Estimated<Correlation>
  /** Cohen's kappa with quadratic weights. */
  readonly quadraticKappa: Estimated<CohenKappa>
  readonly spearman: Estimated<Correlation>
  readonly tauB: Estimated<Correlation>
}

/** All measures of one pair of raters from its table (see `pairTables`). */
export function raterPair(table: PairTable, levels: readonly number[], metric: Metric = 'ordinal'): RaterPair {
  const { first, second, items, counts } = table
  const width = levels.length
  let exact = 0
  let adjacent = 0
  let difference = 0
  counts.forEach((count, cell) => {
    const apart = Math.floor(cell / width) - (cell % width)
    if (apart === 0) exact += count
    if (Math.abs(apart) <= 1) adjacent += count
    difference += count * apart
  })
  return {
    first,
    second,
    items,
    exact: exact / items,
    adjacent: adjacent / items,
    meanDifference: difference / items,
    alpha: pairAlpha(table, levels, metric),
    quadraticKappa: cohenKappa(table, weightsOf('quadratic', levels)),
    spearman: spearman(table),
    tauB: tauB(table),
  }
}

function pairAlpha({ items, counts }: PairTable, levels: readonly number[], metric: Metric): Estimated<Correlation> {
  const layout = sumsLayout(levels.length)
  const sums = new Float64Array(layout.width)
  const scores = new Uint32Array(levels.length)
  counts.forEach((count, cell) => {
    if (count === 0) return
    scores.fill(0)
    for (const level of [Math.floor(cell / levels.length), cell % levels.length])
      scores[level] = (scores[level] as number) + 1
    for (const [column, value] of additionsOf(scores, layout) ?? [])
      sums[column] = (sums[column] as number) + count * value
  })
  const estimate = alphaOf(metric, levels)(sums, items)
  return Number.isNaN(estimate)
    ? notEstimable(whyNever(metric, levels) ?? 'no variation: both raters give every item the same level')
    : { estimable: true, estimate, items }
}
