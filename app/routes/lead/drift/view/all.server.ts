import { alarmsOn } from '#app/evaluation/drift/alarms.ts'
import { drawnOrder, partLabel } from '#app/evaluation/drift/causes.ts'
import type { DriftNames } from '#app/evaluation/drift/context.ts'
import { newVersions } from '#app/evaluation/drift/context.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { between, signedPoints } from '#app/evaluation/drift/spelling.ts'
import { stands } from '#app/evaluation/drift/split-words.ts'
import { whole } from '#app/evaluation/figure.ts'

export type DimensionRow = {
  key: string
  name: string
  change: string
  cause: string
  tone: 'good' | 'warn' | 'bad' | 'none'
  state: string
  since: string
  anchorRatings: string
}

export type AlarmRow = {
  key: string
  dimension: string
  who: string
  what: string
  since: string
  range: string
  size: string
  interval: string
  raised: string
}

/** From this share of its limit on a chart is near it. */
const NEAR = 0.8

/** Every dimension: what its mean did and why, and how its panel stands. */
export function dimensionRows(findings: DriftFindings): DimensionRow[] {
  return findings.dimensions.map((dimension) => {
    const { change, anchors } = dimension.drift
    const ratings = anchors
      .flatMap(({ found }) => (found.estimable ? found.periods : []))
      .reduce((sum, period) => sum + period.ratings, 0)
    return {
      key: dimension.key,
      name: dimension.name,
      change: change.estimable ? signedPoints(change.change) : 'not estimable',
      cause: largestCause(findings, dimension),
      anchorRatings: whole(ratings),
      ...stateOf(findings, dimension),
    }
  })
}

function largestCause({ compared }: DriftFindings, dimension: DimensionFindings): string {
  const { change } = dimension.drift
  if (!change.estimable || compared === null) return ''
  const [largest] = drawnOrder(change.parts)
    .filter(stands)
    .sort((a, b) => Math.abs(b.estimate) - Math.abs(a.estimate))
  if (largest === undefined) return 'none stands out'
  const label = partLabel(largest, { newVersions: newVersions(dimension, compared.before, compared.after) })
  return `${label}, ${signedPoints(largest.estimate)} (${between(largest.interval.low, largest.interval.high)})`
}

function stateOf(
  findings: DriftFindings,
  dimension: DimensionFindings,
): Pick<DimensionRow, 'tone' | 'state' | 'since'> {
  const [alarm] = alarmsOn(dimension, findings)
  if (alarm !== undefined) {
    const since = findings.periods[alarm.since?.first ?? alarm.raised]?.short ?? ''
    return { tone: 'bad', state: alarm.rater === null ? 'Alarm: the panel' : 'Alarm: a rater', since }
  }
  const charts = dimension.drift.anchors.flatMap(({ chart }) => (chart.estimable ? [chart] : []))
  const latest = charts.at(-1)
  if (latest === undefined) return { tone: 'none', state: 'Not watched', since: '' }
  const stands = latest.ratio.statistic.at(-1) ?? 0
  return stands >= NEAR * latest.ratio.limit
    ? { tone: 'warn', state: 'Near the limit', since: '' }
    : { tone: 'good', state: 'Steady', since: '' }
}

/** Who changed, what, since when and how sure, over all dimensions. */
export function alarmRows(findings: DriftFindings, names: DriftNames): AlarmRow[] {
  const name = (period: number) => findings.periods[period]?.label ?? ''
  return findings.dimensions.flatMap((dimension) =>
    alarmsOn(dimension, findings).map((alarm, i) => ({
      key: `${dimension.key} ${i}`,
      dimension: dimension.name,
      who: alarm.rater === null ? 'The panel' : (names.raters[alarm.rater]?.name ?? 'A rater'),
      what: `${alarm.size < 0 ? 'stricter' : 'more lenient'}${alarm.rater === null ? '' : ' than the panel'}${dimension.versions.length > 1 ? `, version ${alarm.version}` : ''}`,
      since: alarm.since === null ? `only in ${name(alarm.raised)}` : name(alarm.since.first),
      range: rangeOf(alarm.since, name),
      size: signedPoints(alarm.size),
      interval: between(alarm.low, alarm.high),
      raised: name(alarm.raised),
    })),
  )
}

function rangeOf(since: { low: number; high: number } | null, name: (period: number) => string): string {
  if (since === null) return ''
  return since.low === since.high ? name(since.low) : `${name(since.low)} to ${name(since.high)}`
}
