import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { percent } from '#app/evaluation/figure.ts'
import { baselineName } from './raters.server.ts'

/** Levels before (rows) and after (columns), each row's shares in the order of the levels. */
export type TransitionsView = {
  levels: number[]
  rows: {
    level: number
    count: string
    /** `band` 1 to 4 by the share; null: none. */
    cells: { level: number; share: string; count: string; band: number | null; same: boolean }[]
  }[]
  /** What the diagonal comes to. */
  kept: string
}

const BANDS = [0.05, 0.2, 0.4, 0.6]

/** A table of pairs of levels; counts need not be whole, where an anchor spreads its weight over its pairs of ratings. */
export function transitionsView(
  table: readonly (readonly number[])[],
  levels: readonly number[],
): TransitionsView | null {
  const total = table.flat().reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const kept = table.reduce((sum, row, k) => sum + (row[k] as number), 0)
  return {
    levels: [...levels],
    rows: table.map((row, from) => {
      const all = row.reduce((sum, count) => sum + count, 0)
      return {
        level: levels[from] as number,
        count: spelled(all),
        cells: row.map((count, to) => ({
          level: levels[to] as number,
          share: all === 0 ? '' : percent(count / all),
          count: spelled(count),
          band: all === 0 ? null : bandOf(count / all),
          same: from === to,
        })),
      }
    }),
    kept: percent(kept / total),
  }
}

const spelled = (count: number): string => (Number.isInteger(count) ? String(count) : count.toFixed(1))

function bandOf(share: number): number | null {
  const band = BANDS.findLastIndex((from) => share >= from)
  return band === -1 ? null : band + 1
}

export type AnchorTransitions = { from: string; to: string; table: TransitionsView; moved: string }

/** How levels moved on the anchors: the baseline against the latest period that has any. */
export function anchorTransitions(
  findings: DriftFindings,
  { drift, levels }: DimensionFindings,
): AnchorTransitions | null {
  const latest = drift.anchors
    .flatMap(({ found }) => (found.estimable ? found.periods.map((period) => ({ ...period, found })) : []))
    .sort((a, b) => a.period - b.period)
    .at(-1)
  if (latest === undefined) return null
  const table = transitionsView(latest.panel.transitions, levels)
  if (table === null) return null
  const { up, down, items } = latest.panel.moved
  return {
    from: baselineName(findings, latest.found),
    to: findings.periods[latest.period]?.label ?? '',
    table,
    moved: `Of ${items} anchors rated both times, the median of ${up} rose by a level or more and that of ${down} fell. Some of that is chance, which moves as many up as down.`,
  }
}
