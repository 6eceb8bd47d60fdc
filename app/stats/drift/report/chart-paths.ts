import { cusumMonitor, ewmaMonitor, type Monitor, windowedRatio } from '../monitor/monitors.ts'
import { LAMBDA, type PanelChart, SLACK } from './chart.ts'

/** Where a chart stands in a period and where it would alarm, in score points, so that it can be drawn. */
export interface PathPoint {
  readonly period: number
  readonly value: number
  readonly low: number
  readonly high: number
  readonly alarm: boolean
}

/** The charts of one series as they are drawn. */
export interface ChartPaths {
  /**
   * The period means themselves. A mean outside its limits alarms; within them it may still alarm together with the mean before,
   * where the window is 2 periods or more.
   */
  readonly means: readonly PathPoint[]
  /** Running mean, begun again after an alarm of its own. */
  readonly ewma: readonly PathPoint[]
  /** Both sums: the one that points up, and the one that points down as a negative number. */
  readonly up: readonly PathPoint[]
  readonly down: readonly PathPoint[]
}

/** Follows the charts of `panelChart` once more and writes down where they stood. */
export function chartPaths({ series, ratio, ewma, cusum }: PanelChart, window = 2): ChartPaths {
  const means = followed(
    series,
    ratio,
    windowedRatio(window)(series.baselineVariance),
    ({ centre }, value, errorVariance) => {
      const { mean, variance } = centre()
      const reach = ratio.limit * Math.sqrt(errorVariance + variance)
      return { value, low: mean - reach, high: mean + reach }
    },
  )
  const running = followed(series, ewma, ewmaMonitor(LAMBDA)(), ({ reading }) => {
    const { mean, sd } = reading()
    return { value: mean, low: -ewma.limit * sd, high: ewma.limit * sd }
  })
  const sums = followed(series, cusum, cusumMonitor(SLACK)(), ({ reading }) => {
    const { up, down } = reading()
    return { value: up, down: -down, low: -cusum.limit, high: cusum.limit }
  })
  return {
    means,
    ewma: running,
    up: sums.map(({ down: _, alarm, ...point }) => ({ ...point, alarm: alarm && point.value > point.high })),
    down: sums.map(({ down, alarm, ...point }) => ({ ...point, value: down, alarm: alarm && down < point.low })),
  }
}

function followed<M extends Monitor, P>(
  { means, errorVariance, periods }: PanelChart['series'],
  { alarms }: PanelChart['ratio'],
  monitor: M,
  stands: (monitor: M, mean: number, errorVariance: number) => P,
): (P & { readonly period: number; readonly alarm: boolean })[] {
  return periods.map((period, t) => {
    monitor.next(means[t] as number, errorVariance[t] as number)
    const point = stands(monitor, means[t] as number, errorVariance[t] as number)
    const alarm = alarms.includes(t)
    if (alarm) monitor.restart()
    return { ...point, period, alarm }
  })
}
