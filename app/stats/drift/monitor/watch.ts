import type { MonitorOf } from './monitors.ts'
import type { ResidualSeries } from './residual-series.ts'

/** A chart over a series: its statistic in each period against the limit, and the periods that alarm. */
export interface Watched {
  readonly statistic: Float64Array
  readonly limit: number
  /** Indexes into the series. */
  readonly alarms: readonly number[]
}

/** Runs a chart over a series of means. */
export function watch(
  monitorOf: MonitorOf,
  { means, errorVariance, baselineVariance }: Pick<ResidualSeries, 'means' | 'errorVariance' | 'baselineVariance'>,
  limit: number,
): Watched {
  const monitor = monitorOf(baselineVariance)
  const statistic = new Float64Array(means.length)
  const alarms: number[] = []
  means.forEach((mean, t) => {
    const value = monitor.next(mean, errorVariance[t] as number)
    statistic[t] = value
    if (value <= limit) return
    alarms.push(t)
    monitor.restart()
  })
  return { statistic, limit, alarms }
}
