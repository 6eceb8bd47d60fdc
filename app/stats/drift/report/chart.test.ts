import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import { cusumMonitor } from '../monitor/monitors.ts'
import { watch } from '../monitor/watch.ts'
import { normalDraws } from '../normal-draws.ts'
import { familiarLimits, SLACK } from './chart.ts'

describe('familiarLimits', () => {
  const [quiet, noisy] = [0.006, 0.03].map((errorVariance) => ({ errorVariance, baselineVariance: 0.003 }))

  /** False alarms in 100 periods of a CUSUM. */
  const falseAlarms = (errors: NonNullable<typeof quiet>, limit: number) => {
    const normal = normalDraws(seededRandom(7))
    let alarms = 0
    for (let history = 0; history < 100; history++) {
      const centre = Math.sqrt(errors.baselineVariance) * normal()
      const means = Float64Array.from({ length: 100 }, () => centre + Math.sqrt(errors.errorVariance) * normal())
      const series = { ...errors, means, errorVariance: means.map(() => errors.errorVariance) }
      alarms += watch(cusumMonitor(SLACK), series, limit).alarms.length
    }
    return alarms / 100
  }

  it('give each series the rate that was asked for, which one limit for all does not', () => {
    if (quiet === undefined || noisy === undefined) throw new Error('two sorts of errors')
    const own = familiarLimits(noisy).cusum
    expect(Math.abs(falseAlarms(noisy, own) - 1)).toBeLessThan(0.5)
    expect(falseAlarms(noisy, familiarLimits(quiet).cusum)).toBeGreaterThan(3)
  })
})
