import { type PeriodsChart, periodsChartOf } from '#app/charts/periods.server.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { between, signedPoints } from '#app/evaluation/drift/spelling.ts'
import { percent, whole } from '#app/evaluation/figure.ts'
import type { PathPoint } from '#app/stats/drift/report/chart-paths.ts'
import type { Behind } from './behind.server.ts'
import { versionMarks } from './marks.server.ts'
import { baselineName } from './raters.server.ts'

const Z95 = 1.96

export type AnchorRow = {
  key: string
  period: string
  version: string
  difference: string
  interval: string
  p: string
  residual: string
  limits: string
  ewma: string
  cusum: string
  moved: string
  ratings: string
  alarm: string
  link: string | null
}

export type AnchorsView = {
  /** Null: no version's anchors can be watched. */
  charts: { means: PeriodsChart; ewma: PeriodsChart; cusum: PeriodsChart } | null
  description: string
  rows: AnchorRow[]
  baselines: string[]
  /** Why a version's anchors, or their chart, say nothing. */
  why: string[]
  limitedBy: string
}

/** The panel on the anchors, period by period against the baseline, each rubric version by itself. */
export function anchorsView(findings: DriftFindings, dimension: DimensionFindings, link: Behind): AnchorsView {
  const { periods } = findings
  const { drift, versions, paths } = dimension
  const many = versions.length > 1
  const named = (version: number) => `version ${versions[version]?.number}`
  const drawn = paths.flatMap((path, version) => {
    const chart = drift.anchors[version]?.chart
    if (path === null || !chart?.estimable) return []
    return [{ ...path, own: Array.from(chart.series.errorVariance, (variance) => Z95 * Math.sqrt(variance)) }]
  })
  const marks = versionMarks(findings, dimension).map((mark) => ({
    ...mark,
    detail: ': a baseline of its own',
  }))
  const began = drift.anchors.flatMap(({ chart }) =>
    chart.estimable && chart.changePoint?.estimable ? [chart.changePoint] : [],
  )
  /** @param own half the interval of each value of a line; none drawn where left out */
  const chart = (
    lines: readonly (readonly PathPoint[])[],
    joined: boolean,
    withSpan: boolean,
    own: readonly (readonly number[])[] = [],
  ): PeriodsChart =>
    periodsChartOf({
      labels: periods.map(({ short }) => short),
      points: lines.flatMap((line, l) =>
        line.map(({ period, value, alarm }, i) => {
          const reach = own[l]?.[i]
          const interval = reach === undefined ? { low: null, high: null } : { low: value - reach, high: value + reach }
          return { slot: period, value, alarm, ...interval }
        }),
      ),
      runs: joined ? lines.map((line) => line.map(({ period, value }) => ({ slot: period, value }))) : [],
      limits: lines.map((line) => line.map(({ period, low, high }) => ({ slot: period, low, high }))),
      marks,
      span: withSpan && began[0] ? { from: began[0].low, to: began[0].high, text: 'the change began here' } : null,
      zero: true,
    })
  const rows = drift.anchors.flatMap(({ version, found, adjustedP }): AnchorRow[] => {
    if (!found.estimable) return []
    const path = paths[version]
    return found.periods.map(({ period, ratings, panel }, index) => {
      const { change, moved } = panel
      const at = (points: readonly PathPoint[] | undefined) => points?.find((point) => point.period === period)
      const [mean, ewma, up, down] = [at(path?.means), at(path?.ewma), at(path?.up), at(path?.down)]
      const p = adjustedP[index]
      const alarms = [
        mean?.alarm ? 'likelihood ratio' : '',
        ewma?.alarm ? 'EWMA' : '',
        up?.alarm || down?.alarm ? 'CUSUM' : '',
      ]
      return {
        key: `${version} ${period}`,
        period: periods[period]?.label ?? '',
        version: many ? named(version) : '',
        difference: change.estimable ? signedPoints(change.estimate) : change.reason,
        interval:
          change.estimable && change.interval.estimable ? between(change.interval.low, change.interval.high) : '',
        p: p === null || p === undefined ? '' : p < 0.001 ? '< 0.001' : p.toFixed(3),
        residual: mean ? signedPoints(mean.value) : '',
        limits: mean ? between(mean.low, mean.high) : '',
        ewma: ewma ? `${signedPoints(ewma.value)} (±${ewma.high.toFixed(2)})` : '',
        cusum: up && down ? `${signedPoints(up.value)}, ${signedPoints(down.value)} (±${up.high.toFixed(2)})` : '',
        moved:
          moved.items === 0 ? '' : `${whole(moved.up + moved.down)} of ${whole(moved.items)} (${percent(moved.share)})`,
        ratings: whole(ratings),
        alarm: alarms.filter(Boolean).join(', '),
        link: link(periods[period], versions[version]?.versionId, 'anchor'),
      }
    })
  })
  return {
    charts:
      drawn.length === 0
        ? null
        : {
            means: chart(
              drawn.map(({ means }) => means),
              false,
              true,
              drawn.map(({ own }) => own),
            ),
            ewma: chart(
              drawn.map(({ ewma }) => ewma),
              true,
              false,
            ),
            cusum: chart(
              drawn.flatMap(({ up, down }) => [up, down]),
              true,
              false,
            ),
          },
    description: `${rows
      .map(
        ({ period, version, residual, alarm }) =>
          `${period}${version ? `, ${version}` : ''}: ${residual || 'no figure'}${alarm ? ', alarm' : ''}`,
      )
      .join('; ')}. The limits are in the table beneath.`,
    rows,
    baselines: drift.anchors.flatMap(({ version, found }) =>
      found.estimable ? [`${many ? `${named(version)}: ` : ''}${baselineName(findings, found)}`] : [],
    ),
    why: drift.anchors.flatMap(({ version, found, chart: one }) => {
      const reason = !found.estimable ? found.reason : one.estimable ? null : one.reason
      if (reason === null) return []
      return [many ? `Under ${named(version)}, ${reason}.` : `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`]
    }),
    limitedBy: `${findings.dimensions.length > 1 ? 'over all dimensions together' : 'on this dimension'}`,
  }
}
