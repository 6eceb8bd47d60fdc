/** Turns figures into what the page draws. */
import { type Forest, forestOf } from '#app/charts/forest.server.ts'
import { type Heat, type HeatPair, heatOf, orderByMean } from '#app/charts/heat.server.ts'
import type { Breakdown } from '#app/evaluation/agreement/breakdown.ts'
import { byAlpha, type DimensionFigures } from '#app/evaluation/agreement/figures.ts'
import { lowerEnd } from '#app/evaluation/agreement/words.ts'
import { hundredths, percent, whole } from '#app/evaluation/figure.ts'
import { RELIABLE_FROM, roundUp, TENTATIVE_FROM } from '#app/stats/agreement/reading.ts'
import type { PairMeasure } from './query.server.ts'
import { type Spelled, spell } from './spell.server.ts'

export type { Spelled }

export type DimensionRow = {
  key: string
  name: string
  levels: number[]
  perLevel: number[]
  band: DimensionFigures['reading']['band']
  reading: string
  alpha: Spelled
  ac2: Spelled
  exact: Spelled
  adjacent: Spelled
  cannotJudge: string
  items: number
  raters: number
  ratings: number
  next: string
}

/** Rows by alpha, the highest first; what cannot be estimated last. */
export function dimensionRows(dimensions: readonly DimensionFigures[]): DimensionRow[] {
  return byAlpha(dimensions).map((one) => ({
    key: one.dimension.key,
    name: one.dimension.name,
    levels: one.dimension.levels,
    perLevel: [...one.perLevel],
    band: one.reading.band,
    reading: one.reading.sentence,
    alpha: spell(one.alpha, hundredths, lowerEnd),
    ac2: spell(one.ac2, hundredths),
    exact: spell(one.percentExact, percent),
    adjacent: spell(one.percentAdjacent, percent),
    cannotJudge: percent(one.cannotJudge / Math.max(1, one.cannotJudge + one.ratings)),
    items: one.items,
    raters: one.raters,
    ratings: one.ratings,
    next: nextOf(one),
  }))
}

function nextOf({ alpha, reading }: DimensionFigures): string {
  if (!alpha.estimable || reading.band === 'undecided') return ''
  if (reading.next === null) return 'highest band'
  return reading.next.items === null
    ? `out of reach at ${hundredths(alpha.estimate)}`
    : `about ${whole(roundUp(reading.next.items))}`
}

/** The forest plot of the rows' alphas. */
export function alphaForest(dimensions: readonly DimensionFigures[]): Forest {
  const rows = byAlpha(dimensions).map(({ dimension, alpha }) => ({
    name: dimension.name,
    estimate: alpha.estimable ? alpha.estimate : null,
    low: alpha.estimable && alpha.interval.estimable ? alpha.interval.low : null,
    high: alpha.estimable && alpha.interval.estimable ? alpha.interval.high : null,
  }))
  return forestOf(rows, [
    { from: -1, label: 'not reliable', tone: null },
    { from: TENTATIVE_FROM, label: 'tentative', tone: 'warn' },
    { from: RELIABLE_FROM, label: 'reliable', tone: 'good' },
  ])
}

/** Alpha of a pair from fewer items than this says next to nothing. */
export const FEW_ITEMS = 10
const HEAT_BOUNDS = [0.4, TENTATIVE_FROM, RELIABLE_FROM]

/** A measure rater by rater, groups that agree within standing together. Null where no two raters share an item. */
export function pairHeat({ pairs, groups, paired }: Breakdown, measure: PairMeasure): Heat | null {
  if (pairs.length === 0) return null
  const heatPairs: HeatPair[] = pairs.map(({ first, second, items, ...values }) => ({
    first,
    second,
    value: values[measure],
    n: items,
    few: items < FEW_ITEMS,
  }))
  const inBlocks = groups ? groups.raters : [paired]
  return heatOf(
    heatPairs,
    inBlocks.map((names) => orderByMean(heatPairs, names)),
    HEAT_BOUNDS,
  )
}

/** The fewest and the most items that two raters share. */
export function itemsOfPairs({ pairs }: Breakdown): { least: number; most: number } | null {
  if (pairs.length === 0) return null
  const shared = pairs.map(({ items }) => items)
  return { least: Math.min(...shared), most: Math.max(...shared) }
}

export type ShareRow = { id: string; share: number; most: boolean; extra: string }

/** The largest shares, and what is left over in one last row (`rest` null: nothing is). */
export function largest<T>(
  all: readonly T[],
  shareOf: (one: T) => number,
  count: number,
): { shown: T[]; rest: { count: number; share: number } | null } {
  const sorted = [...all].sort((a, b) => shareOf(b) - shareOf(a))
  // One row for a single one left over would be no shorter than the thing itself.
  const cut = sorted.length <= count + 1 ? sorted.length : count
  const left = sorted.slice(cut)
  return {
    shown: sorted.slice(0, cut),
    rest: left.length === 0 ? null : { count: left.length, share: left.reduce((sum, one) => sum + shareOf(one), 0) },
  }
}
