import type { ChangePoint } from '#app/stats/drift/monitor/change-point.ts'
import type { ResidualSeries } from '#app/stats/drift/monitor/residual-series.ts'
import type { Watched } from '#app/stats/drift/monitor/watch.ts'
import type { Alarm } from '#app/stats/drift/report/alarms.ts'
import type { AnchorPeriod } from '#app/stats/drift/report/anchor-series.ts'
import type { PanelChart } from '#app/stats/drift/report/chart.ts'
import type { DimensionDrift, VersionAnchors } from '#app/stats/drift/report/drift-report.ts'
import type { NotEstimable } from '#app/stats/estimate.ts'
import type { DimensionRatings, DriftFile } from './drift-file.ts'
import type { DriftRequest } from './drift-options.ts'
import { intervalJson } from './interval-json.ts'
import { bridgeJson, changeJson } from './step-json.ts'

export interface DriftFindings {
  readonly file: DriftFile
  readonly drift: ReadonlyMap<string, DimensionDrift>
  readonly alarms: readonly Alarm[]
}

/** The findings as one JSON object: the shape is documented in docs/methods/drift.md, and other programs read it. */
export function driftJson(request: DriftRequest, { file, drift, alarms }: DriftFindings): string {
  const report = {
    file: request.file,
    baseline: file.periods[0],
    periods: file.periods,
    falseAlarmsPer100: request.rate * 100,
    seed: request.seed,
    alarms,
    dimensions: Object.fromEntries(
      [...file.dimensions].map(([name, ratings]) => [
        name,
        dimensionJson(file, ratings, drift.get(name) as DimensionDrift),
      ]),
    ),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function dimensionJson(file: DriftFile, { ratings, versions, missing }: DimensionRatings, drift: DimensionDrift) {
  const none: Record<string, string> = {}
  const anchors = drift.anchors.flatMap((one) => {
    if (one.found.estimable) return [anchorsJson(file, versions, one)]
    none[`anchors ${versions[one.version]}`.trim()] = one.found.reason
    return []
  })
  const bridges = drift.steps.flatMap(({ from, to, bridge }) => {
    if (bridge.estimable) return [bridgeJson(versions, from, to, bridge)]
    none[`bridge ${versions[from]} ${versions[to]}`] = bridge.reason
    return []
  })
  if (!drift.change.estimable) none.change = drift.change.reason
  return {
    ratings: ratings.score.length,
    missing,
    items: new Set(ratings.item).size,
    raters: new Set(ratings.rater).size,
    levels: ratings.levels,
    versions,
    trend: drift.trend.map(({ period, items, ratings: count, versions: used, mean, atBaselineMix }) => ({
      period: file.periods[period],
      items,
      ratings: count,
      versions: used.map((version) => versions[version]),
      mean,
      atBaselineMix: atBaselineMix.estimable
        ? { estimate: atBaselineMix.estimate, ...intervalJson(atBaselineMix.interval) }
        : { notEstimable: atBaselineMix.reason },
    })),
    anchors,
    mix: drift.mix.map(({ period, counts, stabilityIndex, divergence, p }) => ({
      period: file.periods[period],
      counts: Object.fromEntries(counts.map((count, segment) => [file.segments[segment], count])),
      psi: stabilityIndex,
      jensenShannonBits: divergence,
      jensenShannonDistance: Math.sqrt(divergence),
      p,
    })),
    bridges,
    ...(drift.change.estimable ? { change: changeJson(file, versions, drift.change) } : {}),
    notEstimable: none,
  }
}

function anchorsJson(
  file: DriftFile,
  versions: readonly string[],
  { version, found, adjustedP, chart }: VersionAnchors,
) {
  if (!found.estimable) throw new Error('only estimable anchors are written')
  return {
    version: versions[version],
    baseline: file.periods[found.baseline],
    panelWithout: found.without.map((rater) => file.raters[rater]),
    unwatched: found.unwatched.map(({ rater, error, shareWith }) => ({
      rater: file.raters[rater],
      error,
      shareWith: file.raters[shareWith],
    })),
    periods: found.periods.map((one, index) => periodJson(file, one, adjustedP[index] ?? null)),
    chart: chart.estimable ? chartJson(file, chart) : { notEstimable: chart.reason },
    raterCharts: found.raterCharts.map(({ rater, series, ratio, changePoint }) => ({
      rater: file.raters[rater],
      ...seriesJson(file, series),
      windowedRatio: watchedJson(file, series, ratio),
      changePoint: changePointJson(file, changePoint),
    })),
  }
}

function periodJson(file: DriftFile, { period, ratings, panel, raters }: AnchorPeriod, adjusted: number | null) {
  const { change, moved, transitions } = panel
  return {
    period: file.periods[period],
    ratings,
    difference: change.estimable
      ? {
          estimate: change.estimate,
          se: change.se,
          ...intervalJson(change.interval),
          items: change.items,
          p: change.p,
          adjustedP: adjusted,
        }
      : { notEstimable: change.reason },
    moved,
    transitions,
    raters: raters.flatMap(({ rater, change: own, beyondPanel, adjustedP, alarm }) =>
      own.estimable
        ? [
            {
              rater: file.raters[rater],
              estimate: own.estimate,
              se: own.se,
              ...intervalJson(own.interval),
              items: own.items,
              p: own.p,
              beyondPanel,
              adjustedP,
              alarm,
            },
          ]
        : [],
    ),
  }
}

function chartJson(file: DriftFile, { series, ratio, ewma, cusum, changePoint }: PanelChart) {
  return {
    ...seriesJson(file, series),
    windowedRatio: watchedJson(file, series, ratio),
    ewma: watchedJson(file, series, ewma),
    cusum: watchedJson(file, series, cusum),
    changePoint: changePointJson(file, changePoint),
  }
}

function seriesJson({ periods }: DriftFile, series: ResidualSeries) {
  return {
    periods: series.periods.map((period) => periods[period]),
    ratings: series.ratings,
    means: [...series.means],
    errors: Array.from(series.errorVariance, Math.sqrt),
    baselineError: Math.sqrt(series.baselineVariance),
  }
}

function watchedJson({ periods }: DriftFile, series: ResidualSeries, { statistic, limit, alarms }: Watched) {
  return {
    statistic: [...statistic],
    limit,
    alarms: alarms.map((index) => periods[series.periods[index] as number]),
  }
}

function changePointJson({ periods }: DriftFile, found: ChangePoint | NotEstimable | null) {
  if (found === null) return null
  if (!found.estimable) return { notEstimable: found.reason }
  const { first, low, high, shift, se } = found
  return { first: periods[first], low: periods[low], high: periods[high], shift, se }
}
