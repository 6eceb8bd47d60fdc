import type { NotEstimable } from '../../estimate.ts'
import { meanOf } from '../../inference/moments.ts'
import { type ChangePoint, changePoint } from '../monitor/change-point.ts'
import { type ChartErrors, simulatedLimit } from '../monitor/limit.ts'
import { cusumMonitor, ewmaMonitor, windowedRatio } from '../monitor/monitors.ts'
import { boundedLimit, type RaterSeries } from '../monitor/rater-series.ts'
import type { ResidualSeries } from '../monitor/residual-series.ts'
import { type Watched, watch } from '../monitor/watch.ts'

/** Control charts of the panel on the anchors of one dimension and version. */
export interface PanelChart {
  readonly series: ResidualSeries
  /** The chart that raises the alarm. */
  readonly ratio: Watched
  /** The charts that people know, with limits for the same false alarm rate. */
  readonly ewma: Watched
  readonly cusum: Watched
  /** When the panel changed, if the chart says that it did. */
  readonly changePoint: ChangePoint | NotEstimable | null
}

export interface ChartOptions {
  /** False alarms a period over all charts watched together, .01 by default. */
  readonly rate?: number
  /** Charts watched together, 1 by default. */
  readonly charts?: number
  /** Periods of the widest window: the change is to be found within so many; 2 by default. */
  readonly window?: number
  readonly seed?: number
  /** Simulated histories behind the limits, and the periods of each: see `LimitOptions`. */
  readonly histories?: number
  readonly periods?: number
}

export const LAMBDA = 0.2
/** Slack of the CUSUM in points: half the shift to be found. */
export const SLACK = 0.125

/** Limits of the charts of one series. */
export interface Limits {
  readonly ratio: number
  readonly ewma: number
  readonly cusum: number
}

/**
 * Limit of the windowed ratio by simulation, joint over the charts watched together. In standard deviations, so that one does for
 * all, and it hardly depends on the errors, because the centre is learned.
 *
 * @param errors mean errors of the charts' periods
 */
export function ratioLimit(errors: ChartErrors, options: ChartOptions = {}): number {
  const { rate = 0.01, charts = 1, window = 2, seed = 1, histories = 1000, periods = 100 } = options
  return simulatedLimit(windowedRatio(window), errors, { rate, charts, seed, histories, periods })
}

/** So many histories do for charts that stand beside the one that alarms. */
const FAMILIAR_HISTORIES = 500

/**
 * Limits of the charts that people know, by simulation, for one series: a CUSUM's is in points and an EWMA's holds the baseline's
 * error, so that of another dimension would give it false alarms, or none. The rate is split evenly over the charts.
 */
export function familiarLimits(errors: ChartErrors, options: ChartOptions = {}): Omit<Limits, 'ratio'> {
  const { rate = 0.01, charts = 1, seed = 1, histories = FAMILIAR_HISTORIES, periods = 100 } = options
  const each = { rate: rate / charts, seed, histories, periods }
  return {
    ewma: simulatedLimit(ewmaMonitor(LAMBDA), errors, each),
    cusum: simulatedLimit(cusumMonitor(SLACK), errors, each),
  }
}

/** Mean errors of one or several series, for their limits. */
export function meanErrors(series: readonly ResidualSeries[]): ChartErrors {
  return {
    errorVariance: meanOf(series.map(({ errorVariance }) => meanOf(errorVariance))),
    baselineVariance: meanOf(series.map(({ baselineVariance }) => baselineVariance)),
  }
}

/** Watches one series under given limits. */
export function panelChart(series: ResidualSeries, limits: Limits, { window = 2 }: ChartOptions = {}): PanelChart {
  const ratio = watch(windowedRatio(window), series, limits.ratio)
  return {
    series,
    ratio,
    ewma: watch(ewmaMonitor(LAMBDA), series, limits.ewma),
    cusum: watch(cusumMonitor(SLACK), series, limits.cusum),
    changePoint: ratio.alarms.length === 0 ? null : changedAt(series),
  }
}

/** The chart of one rater: when he or she began to read the rubric otherwise than the panel. */
export interface RaterChart {
  readonly rater: number
  readonly series: ResidualSeries
  readonly ratio: Watched
  readonly changePoint: ChangePoint | NotEstimable | null
}

/** Watches each rater; `charts` in the options counts all raters of all dimensions. */
export function raterCharts(
  raters: readonly RaterSeries[],
  { rate = 0.01, charts = raters.length, window = 2 }: ChartOptions = {},
): RaterChart[] {
  const limit = boundedLimit(rate, window, charts)
  return raters.map(({ rater, series }) => {
    const ratio = watch(windowedRatio(window), series, limit)
    return { rater, series, ratio, changePoint: ratio.alarms.length === 0 ? null : changedAt(series) }
  })
}

/** The baseline counts as a period of mean 0: the change may lie right behind it. Numbers are those of the data's periods. */
function changedAt({ means, errorVariance, baselineVariance, periods }: ResidualSeries): ChangePoint | NotEstimable {
  const found = changePoint([0, ...means], [Math.max(baselineVariance, 1e-12), ...errorVariance])
  if (!found.estimable) return found
  const period = (index: number) => periods[index - 1] as number
  return { ...found, first: period(found.first), low: period(found.low), high: period(found.high) }
}
