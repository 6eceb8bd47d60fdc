import type { Forest } from '#app/charts/forest.server.ts'
import { rowPlotOf } from '#app/charts/row-plot.server.ts'
import { type DriftNames, raterNames } from '#app/evaluation/drift/context.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { between, signedPoints } from '#app/evaluation/drift/spelling.ts'
import { plural } from '#app/evaluation/figure.ts'
import type { Behind } from './behind.server.ts'

export type RaterRow = {
  id: string
  name: string
  change: string
  interval: string
  beyond: string
  p: string
  anchors: string
  alarm: boolean
  /** Too few shared anchors link the rater to the panel: what to do; null where a chart watches. */
  unwatched: string | null
  why: string | null
  link: string | null
}

export type RatersView = {
  period: string
  baseline: string
  version: number
  plot: Forest
  description: string
  /** Those that are drawn: the ones that moved furthest from the panel. */
  drawn: { id: string; name: string; figure: string; detail: string }[]
  /** All of them, by how far they moved from the panel. */
  rows: RaterRow[]
}

/** So many raters can be told apart in one drawing; the others are in the table. */
const DRAWN = 12
const MOST_TICKS = 5

/** Each rater on the anchors of the latest period that has any, against the rater's own baseline. */
export function ratersView(
  findings: DriftFindings,
  dimension: DimensionFindings,
  names: DriftNames,
  link: Behind,
): RatersView | null {
  const { periods, raters } = findings
  const called = raterNames(findings, names)
  const latest = dimension.drift.anchors
    .flatMap(({ version, found }) =>
      found.estimable ? found.periods.map((period) => ({ ...period, version, found })) : [],
    )
    .sort((a, b) => a.period - b.period)
    .at(-1)
  if (latest === undefined) return null
  const charted = new Set(latest.found.without)
  const unwatched = new Map(latest.found.unwatched.map(({ rater, shareWith }) => [rater, shareWith]))
  const known = latest.raters
    .filter(({ change }) => change.estimable)
    .sort((a, b) => Math.abs(b.beyondPanel ?? 0) - Math.abs(a.beyondPanel ?? 0))
  if (known.length === 0) return null
  const rows = known.map(({ rater, change, beyondPanel, adjustedP, alarm }) => {
    const estimate = change.estimable ? change.estimate : 0
    const interval = change.estimable && change.interval.estimable ? change.interval : null
    const id = raters[rater] ?? ''
    const shareWith = unwatched.get(rater)
    const version = dimension.versions[latest.version]
    return {
      estimate,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      row: {
        id,
        name: called[rater] ?? '',
        change: signedPoints(estimate),
        interval: interval ? between(interval.low, interval.high) : 'no interval',
        beyond: beyondPanel === null ? '' : signedPoints(beyondPanel),
        p: adjustedP === null ? '' : adjustedP < 0.001 ? '< 0.001' : adjustedP.toFixed(3),
        anchors: change.estimable ? plural(change.items, 'anchor') : '',
        alarm: alarm || charted.has(rater),
        unwatched:
          shareWith === undefined
            ? null
            : `Too few shared anchors to watch over time: give ${called[rater] ?? ''} and ${called[shareWith] ?? ''} shared anchors.`,
        why: change.estimable && !change.interval.estimable ? change.interval.reason : null,
        link: link(periods[latest.period], version?.versionId, 'anchor', id),
      },
    }
  })
  const drawn = rows.slice(0, DRAWN).sort((a, b) => a.estimate - b.estimate)
  const name = (period: number) => periods[period]?.label ?? ''
  return {
    period: name(latest.period),
    baseline: baselineName(findings, latest.found),
    version: dimension.versions[latest.version]?.number ?? 0,
    plot: sparse(
      rowPlotOf(
        drawn.map(({ estimate, low, high, row }) => ({ name: row.name, estimate, low, high })),
        { shown: [-0.3, 0.3], most: [-2, 2], bands: [], zero: 0 },
      ),
    ),
    description: `${drawn.map(({ row }) => `${row.name} ${row.change} (${row.interval})`).join('; ')}.`,
    drawn: drawn.map(({ row }) => ({ id: row.id, name: row.name, figure: row.change, detail: '' })),
    rows: rows.map(({ row }) => row),
  }
}

/** The drawing stands beside another one: every second tick has to do, that at zero among them. */
function sparse(plot: Forest): Forest {
  const zero = plot.ticks.findIndex(({ strong }) => strong)
  return plot.ticks.length <= MOST_TICKS ? plot : { ...plot, ticks: plot.ticks.filter((_, i) => (i - zero) % 2 === 0) }
}

/** "August 2026", "August 2026 to September 2026". */
export function baselineName(
  { periods }: DriftFindings,
  { baseline, baselineTo }: { baseline: number; baselineTo: number },
): string {
  const name = (period: number) => periods[period]?.label ?? ''
  return baseline === baselineTo ? name(baseline) : `${name(baseline)} to ${name(baselineTo)}`
}
