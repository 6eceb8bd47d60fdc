import { seededRandom } from '../../random.ts'
import { normalDraws } from '../normal-draws.ts'
import type { MonitorOf } from './monitors.ts'

/** The errors of the means a chart watches: of a period itself, and of the baseline that all periods share. */
export interface ChartErrors {
  readonly errorVariance: number
  readonly baselineVariance: number
}

export interface LimitOptions {
  /** False alarms a period, .01 by default: one in 100 periods over all charts watched together. */
  readonly rate?: number
  /** Charts watched together (dimensions), 1 by default, and the correlation of their errors, 0 by default. */
  readonly charts?: number
  readonly correlation?: number
  /** Simulated histories, and the periods of each: 1,000 of 100 by default. */
  readonly histories?: number
  readonly periods?: number
  readonly seed?: number
}

/** Halvings of the bracket: to a ten-thousandth of it. */
const STEPS = 14

/**
 * The limit of a chart at which it gives `rate` false alarms a period when nothing changes, by simulation of the whole procedure:
 * the baseline's error, the restart after an alarm, and all charts watched together (family-wise). Limits from tables, which take
 * the baseline for known, give 3 to 6 times as many.
 *
 * @throws RangeError when the error of a period is not positive, or that of the baseline negative
 */
export function simulatedLimit(monitorOf: MonitorOf, errors: ChartErrors, options: LimitOptions = {}): number {
  const { rate = 0.01 } = options
  if (!(errors.errorVariance > 0 && errors.baselineVariance >= 0))
    throw new RangeError('a chart of means without error has no limit')
  const histories = quietHistories(errors, options)
  const over = (limit: number) => alarmRate(monitorOf, errors, histories, limit) > rate
  // EWMA and ratio are in standard deviations, CUSUM in points: the scale is found first
  let high = 3 * Math.sqrt(errors.errorVariance)
  while (over(high)) high *= 2
  let low = high / 2
  while (!over(low) && low > 1e-9 * high) low /= 2
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2
    if (over(middle)) low = middle
    else high = middle
  }
  return high
}

/** Means of a quiet history: `charts` series of equal length. */
type History = readonly Float64Array[]

function quietHistories({ errorVariance, baselineVariance }: ChartErrors, options: LimitOptions): History[] {
  const { charts = 1, correlation = 0, histories = 1000, periods = 100, seed = 1 } = options
  const normal = normalDraws(seededRandom(seed))
  const [own, common] = [Math.sqrt(1 - correlation), Math.sqrt(correlation)]
  /** Normal errors of the charts at one moment, equally correlated. */
  const errors = (sd: number) => {
    const shared = charts > 1 ? common * normal() : 0
    return Float64Array.from({ length: charts }, () => sd * (charts > 1 ? shared + own * normal() : normal()))
  }
  return Array.from({ length: histories }, () => {
    const centre = errors(Math.sqrt(baselineVariance))
    const series = Array.from(centre, () => new Float64Array(periods))
    for (let t = 0; t < periods; t++)
      errors(Math.sqrt(errorVariance)).forEach((error, chart) => {
        const means = series[chart] as Float64Array
        means[t] = (centre[chart] as number) + error
      })
    return series
  })
}

/** Share of periods in which any chart of a history alarms. */
function alarmRate(
  monitorOf: MonitorOf,
  { errorVariance, baselineVariance }: ChartErrors,
  histories: readonly History[],
  limit: number,
): number {
  let alarms = 0
  let watched = 0
  for (const history of histories) {
    const periods = history[0]?.length ?? 0
    const alarmed = new Uint8Array(periods)
    for (const means of history) {
      const monitor = monitorOf(baselineVariance)
      means.forEach((mean, t) => {
        if (monitor.next(mean, errorVariance) <= limit) return
        alarmed[t] = 1
        monitor.restart()
      })
    }
    watched += periods
    for (const alarm of alarmed) alarms += alarm
  }
  return alarms / watched
}
