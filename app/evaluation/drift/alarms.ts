import type { ChangePoint } from '#app/stats/drift/monitor/change-point.ts'
import type { RaterChart } from '#app/stats/drift/report/chart.ts'
import type { NotEstimable } from '#app/stats/estimate.ts'
import type { DimensionFindings, DriftFindings } from './findings.ts'

/** Who reads the rubric otherwise than before, on what, by how much, since when and how sure. */
export type DriftAlarm = {
  dimension: { key: string; name: string }
  /** The rubric version whose anchors showed it. */
  version: number
  /** A rater's id; null: the panel as a whole. */
  rater: string | null
  /** Number of the period in which it was first raised. */
  raised: number
  /** Numbers of periods: where the change most likely began, and the range that holds it with 95 %; null: a single period. */
  since: { first: number; low: number; high: number } | null
  /** Points, positive = gives more than before, with a 95 % interval. */
  size: number
  low: number
  high: number
}

const Z95 = 1.96

/** The alarms of all dimensions, the panel's first. */
export function alarmsIn(findings: DriftFindings): DriftAlarm[] {
  const all = findings.dimensions.flatMap((dimension) => alarmsOn(dimension, findings))
  return [...all.filter(({ rater }) => rater === null), ...all.filter(({ rater }) => rater !== null)]
}

/** The alarms of one dimension: the panel's, raters whose chart alarms, and those who stand out in one period without it. */
export function alarmsOn(dimension: DimensionFindings, { raters }: Pick<DriftFindings, 'raters'>): DriftAlarm[] {
  const { key, name, versions, drift } = dimension
  return drift.anchors.flatMap(({ version, found, chart }): DriftAlarm[] => {
    const base = { dimension: { key, name }, version: versions[version]?.number ?? 0 }
    const panel = chart.estimable ? charted(base, null, chart) : []
    if (!found.estimable) return panel
    const own = found.raterCharts.flatMap((one) => charted(base, raters[one.rater] ?? '', one))
    const known = new Set(own.map(({ rater }) => rater))
    const single = found.periods.flatMap(({ period, raters: changes }) =>
      changes.flatMap(({ rater, alarm, beyondPanel, beyondSe }): DriftAlarm[] => {
        const id = raters[rater] ?? ''
        if (!alarm || known.has(id) || beyondPanel === null || beyondSe === null) return []
        known.add(id)
        const reach = Z95 * beyondSe
        return [
          {
            ...base,
            rater: id,
            raised: period,
            since: null,
            size: beyondPanel,
            low: beyondPanel - reach,
            high: beyondPanel + reach,
          },
        ]
      }),
    )
    return [...panel, ...own, ...single]
  })
}

function charted(
  base: Pick<DriftAlarm, 'dimension' | 'version'>,
  rater: string | null,
  {
    series,
    ratio,
    changePoint,
  }: Pick<RaterChart, 'series' | 'ratio'> & { changePoint: ChangePoint | NotEstimable | null },
): DriftAlarm[] {
  const [first] = ratio.alarms
  if (first === undefined) return []
  const raised = series.periods[first] as number
  if (changePoint?.estimable !== true) {
    const size = series.means[first] as number
    const reach = Z95 * Math.sqrt((series.errorVariance[first] as number) + series.baselineVariance)
    return [{ ...base, rater, raised, since: null, size, low: size - reach, high: size + reach }]
  }
  const { shift, se, first: began, low, high } = changePoint
  const reach = Z95 * se
  return [
    {
      ...base,
      rater,
      raised,
      since: { first: began, low, high },
      size: shift,
      low: shift - reach,
      high: shift + reach,
    },
  ]
}
