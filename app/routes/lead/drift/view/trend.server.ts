import { type PeriodsChart, periodsChartOf } from '#app/charts/periods.server.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { level } from '#app/evaluation/drift/spelling.ts'
import { whole } from '#app/evaluation/figure.ts'
import type { Behind } from './behind.server.ts'
import { versionMarks } from './marks.server.ts'

export type TrendRow = {
  key: string
  period: string
  version: string
  mean: string
  interval: string
  atMix: string
  items: string
  ratings: string
  link: string | null
}

export type TrendView = { chart: PeriodsChart; description: string; rows: TrendRow[]; broken: string[] }

/** Half of the room between two values of one period under different versions. */
const APART = 0.14

/** Live means over time, a line for each rubric version; lines are joined where a bridge links the versions. */
export function trendView(findings: DriftFindings, dimension: DimensionFindings, link: Behind): TrendView | null {
  const { periods } = findings
  const { means, versions, drift, levels } = dimension
  const used = means.filter((one) => one.periods.length > 0)
  if (used.length === 0) return null
  const crowded = new Set(drift.trend.filter((period) => period.versions.length > 1).map(({ period }) => period))
  const points = used.flatMap(({ version, periods: own }, i) =>
    own.map((one) => ({
      version,
      one,
      slot: one.period + (crowded.has(one.period) ? (i - (used.length - 1) / 2) * 2 * APART : 0),
    })),
  )
  const linked = (from: number, to: number) =>
    drift.steps.some((step) => step.from === from && step.to === to && step.bridge.estimable)
  const runs: { slot: number; value: number }[][] = []
  used.forEach(({ version }, i) => {
    const own = points.filter((point) => point.version === version).map(({ slot, one }) => ({ slot, value: one.mean }))
    const former = used[i - 1]
    if (former !== undefined && linked(former.version, version)) runs.at(-1)?.push(...own)
    else runs.push(own)
  })
  const marks = versionMarks(findings, dimension)
  return {
    chart: periodsChartOf({
      labels: periods.map(({ short }) => short),
      points: points.map(({ slot, one }) => ({
        slot,
        value: one.mean,
        low: one.interval.estimable ? one.interval.low : null,
        high: one.interval.estimable ? one.interval.high : null,
        alarm: false,
      })),
      runs,
      limits: [],
      marks,
      span: null,
      zero: false,
      within: [Math.min(...levels), Math.max(...levels)],
    }),
    description: descriptionOf(
      findings,
      dimension,
      points.map(({ version, one }) => ({ version, ...one })),
    ),
    rows: points
      .sort((a, b) => a.one.period - b.one.period || a.version - b.version)
      .map(({ version, one }) => ({
        key: `${one.period} ${version}`,
        period: periods[one.period]?.label ?? '',
        version: `version ${versions[version]?.number}`,
        mean: level(one.mean),
        interval: one.interval.estimable
          ? `${level(one.interval.low)} to ${level(one.interval.high)}`
          : one.interval.reason,
        atMix: one.atBaselineMix.estimable ? level(one.atBaselineMix.estimate) : one.atBaselineMix.reason,
        items: whole(one.items),
        ratings: whole(one.ratings),
        link: link(periods[one.period], versions[version]?.versionId, 'live'),
      })),
    broken: marks.filter(({ bridged }) => !bridged).map(({ text }) => text),
  }
}

function descriptionOf(
  { periods }: DriftFindings,
  { versions }: DimensionFindings,
  points: readonly { version: number; period: number; mean: number }[],
): string {
  const said = points.map(
    ({ version, period, mean }) =>
      `${periods[period]?.label}${versions.length > 1 ? `, version ${versions[version]?.number}` : ''}: ${level(mean)}`,
  )
  return `Mean score of live answers. ${said.join('; ')}. The same figures are in the table beneath.`
}
