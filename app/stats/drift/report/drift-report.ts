import { type Estimated, notEstimable } from '../../estimate.ts'
import { adjustedP } from '../../inference/multiplicity.ts'
import type { RaterAlarm } from '../anchors/rater-changes.ts'
import type { BridgeOptions } from '../bridge/bridge.ts'
import type { Decomposition } from '../decomposition/decompose.ts'
import { type AnchorSeries, anchorRaters, anchorSeries } from './anchor-series.ts'
import { type VersionStep, versionSteps } from './bridges.ts'
import { changeBetween } from './change-between.ts'
import { type ChartOptions, familiarLimits, meanErrors, type PanelChart, panelChart, ratioLimit } from './chart.ts'
import type { DriftRatings } from './drift-ratings.ts'
import type { FrozenOf } from './frozen.ts'
import { type MixChange, mixChanges } from './mix-changes.ts'
import { type PeriodMean, trend } from './trend.ts'

/** Everything that section 4 of the methods measures, for one dimension. */
export interface DimensionDrift {
  /** Live means over time. */
  readonly trend: readonly PeriodMean[]
  /** One for each rubric version, or why there is none. */
  readonly anchors: readonly VersionAnchors[]
  readonly mix: readonly MixChange[]
  readonly steps: readonly VersionStep[]
  /** From the baseline (or as asked) to the last period. */
  readonly change: Estimated<Decomposition>
}

export interface VersionAnchors {
  readonly version: number
  readonly found: Estimated<AnchorSeries>
  /** Holm-adjusted p of the panel's change by period, over the dimensions; null where it has none. */
  readonly adjustedP: readonly (number | null)[]
  readonly chart: Estimated<PanelChart & { readonly estimable: true }>
}

export interface DriftOptions {
  /** False alarms a period over all dimensions, window of the chart, seed. */
  readonly chart?: Omit<ChartOptions, 'charts'>
  readonly bridge?: BridgeOptions
  readonly rater?: RaterAlarm
  /** Where a calibration knows the raters: see `FrozenOf`. */
  readonly frozen?: FrozenOf
  /** Numbers of the periods whose means are compared: the first and the last where not given. */
  readonly from?: number
  readonly to?: number
  readonly draws?: number
  readonly seed?: number
}

/** Measures drift in every dimension; charts and p-values know how many dimensions are watched together. */
export function driftReport(dimensions: readonly DriftRatings[], options: DriftOptions = {}): DimensionDrift[] {
  const { rater, frozen, chart } = options
  const anchors = {
    chart: { ...chart, charts: dimensions.reduce((sum, ratings) => sum + anchorRaters(ratings), 0) },
    // what stands out in a single period keeps to the same rate over the dimensions as the charts do
    rater: { level: (chart?.rate ?? 0.01) / dimensions.length, ...rater },
    ...(frozen === undefined ? {} : { frozen }),
  }
  const found = dimensions.map((ratings) =>
    Array.from({ length: ratings.versionCount }, (_, version) => anchorSeries(ratings, version, anchors)),
  )
  const charts = chartsOf(found, options)
  const adjusted = adjustedOverDimensions(found)
  return dimensions.map((ratings, d) => ({
    anchors: (found[d] as readonly Estimated<AnchorSeries>[]).map((series, version) => ({
      version,
      found: series,
      adjustedP: adjusted(d, version),
      chart: charts(series),
    })),
    trend: trend(ratings),
    mix: mixChanges(ratings, options.seed),
    steps: versionSteps(ratings, options.bridge),
    change: change(ratings, options),
  }))
}

function change(ratings: DriftRatings, { from = 0, to, draws, seed }: DriftOptions): Estimated<Decomposition> {
  const last = to ?? ratings.periodCount - 1
  if (from === last) return notEstimable('there is one period only, so nothing has changed yet')
  return changeBetween(ratings, from, last, { ...(draws === undefined ? {} : { draws }), seed: seed ?? 1 })
}

/** The ratio's limit is simulated once for all charts, from their mean errors; the others' for each series. */
function chartsOf(
  found: readonly (readonly Estimated<AnchorSeries>[])[],
  { chart = {} }: DriftOptions,
): (series: Estimated<AnchorSeries>) => VersionAnchors['chart'] {
  const watched = found.map((versions) =>
    versions.flatMap((one) => (one.estimable && one.series.estimable ? [one.series] : [])),
  )
  const together = watched.filter((series) => series.length > 0).length
  const family = { ...chart, charts: together }
  const ratio = together === 0 ? null : ratioLimit(meanErrors(watched.flat()), family)
  return (anchors) => {
    if (!anchors.estimable) return anchors
    const { series } = anchors
    if (!series.estimable) return series
    if (ratio === null) return notEstimable('there is nothing to watch')
    const limits = { ratio, ...familiarLimits(meanErrors([series]), family) }
    return { estimable: true, ...panelChart(series, limits, chart) }
  }
}

/** Holm over the dimensions that have a change in the same period under the same version. */
function adjustedOverDimensions(
  found: readonly (readonly Estimated<AnchorSeries>[])[],
): (dimension: number, version: number) => (number | null)[] {
  const pOf = (dimension: number, version: number, period: number): number | null => {
    const series = found[dimension]?.[version]
    if (series === undefined || !series.estimable) return null
    const there = series.periods.find((one) => one.period === period)
    return there?.panel.change.estimable ? there.panel.change.p : null
  }
  return (dimension, version) => {
    const series = found[dimension]?.[version]
    if (series === undefined || !series.estimable) return []
    return series.periods.map(({ period }) => {
      const values = found.map((_, d) => pOf(d, version, period))
      const own = values.slice(0, dimension).filter((p) => p !== null).length
      const adjusted = adjustedP(
        values.filter((p) => p !== null),
        'holm',
      )
      return values[dimension] === null ? null : (adjusted[own] as number)
    })
  }
}
