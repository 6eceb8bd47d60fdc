import { type ShareRows, shareRowsOf } from '#app/charts/share-rows.server.ts'
import type { Pools } from '#app/evaluation/pools/count.ts'
import { percentOf } from '#app/http/numbers.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const n = (count: number): string => count.toLocaleString('en')

export type PoolsView = {
  chart: ShareRows
  rows: { name: string; figure: string; detail: string }[]
  description: string
  /** The categories under their floor, in a sentence. */
  floorSaid: string
}

/** The eval set by category as a chart, with what it says. */
export function poolsView({ all, floor, categories }: Pools): PoolsView {
  const set = all.active + all.holdout
  const of = (count: number) => (set === 0 ? 0 : count / set)
  return {
    chart: shareRowsOf(
      categories.map(({ category, active, holdout }) => ({ name: category, bars: [[of(active), of(holdout)]] })),
      floor.share > 0 ? { share: floor.share, text: `floor ${percentOf(floor.share)} %` } : null,
    ),
    rows: categories.map(({ category, share, active, holdout }) => ({
      name: category,
      figure: percent(share),
      detail: `${n(active)} + ${n(holdout)}`,
    })),
    description: categories
      .map(
        ({ category, share, active, holdout }) =>
          `${category}: ${percent(share)}, ${n(active)} active and ${n(holdout)} held out`,
      )
      .join('; '),
    floorSaid: floorSaid({ floor, categories }),
  }
}

function floorSaid({ floor, categories }: Pick<Pools, 'floor' | 'categories'>): string {
  const held = floor.equal
    ? `${categories.length} categories share the set equally, ${percentOf(floor.share)} % each at least.`
    : `Every category is to be at least ${percentOf(floor.share)} % of the set.`
  const under = categories.filter(({ short }) => short > 0)
  if (under.length === 0) return `${held} All of them are.`
  const list = under.map(({ category, short }) => `${category} (${n(short)} more)`).join(', ')
  return `${held} Under it, and what would bring each there by itself: ${list}.`
}
