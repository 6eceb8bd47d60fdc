import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import type { AnchorRatings } from '../anchors/anchor-ratings.ts'
import { normalDraws } from '../normal-draws.ts'
import { type BaselineReadings, baselineReadings } from './baseline-readings.ts'
import { changePoint } from './change-point.ts'
import { simulatedLimit } from './limit.ts'
import { cusumMonitor, ewmaMonitor, windowedRatio } from './monitors.ts'
import { partialCreditModel } from './partial-credit.ts'
import { pointsModel } from './points-model.ts'
import { driftPower, plannedErrors, ratingsForPower, USUAL_PLAN } from './power.ts'
import { residualSeries } from './residual-series.ts'
import { watch } from './watch.ts'

const ERRORS = { errorVariance: 0.01, baselineVariance: 0.002 }

describe('windowedRatio', () => {
  const series = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 12 })

  it('is the largest standardised distance of a window from its learned centre', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 4 }), (means, widest) => {
        const monitor = windowedRatio(widest)(0.5)
        means.forEach((mean, t) => {
          const found = monitor.next(mean, 0.2)
          let largest = 0
          for (let w = 1; w <= Math.min(widest, t + 1); w++) {
            // FEASIBILITY: v = 1/(1/sb2 + m/se2), b = v sum x / se2, z = (mean of last w - b) / sqrt(se2/w + v)
            const earlier = means.slice(0, t + 1 - w)
            const v = 1 / (1 / 0.5 + earlier.length / 0.2)
            const b = (v * earlier.reduce((sum, x) => sum + x, 0)) / 0.2
            const last = means.slice(t + 1 - w, t + 1).reduce((sum, x) => sum + x, 0) / w
            largest = Math.max(largest, Math.abs(last - b) / Math.sqrt(0.2 / w + v))
          }
          expect(found).toBeCloseTo(largest, 8)
          expect(mean).toBe(means[t])
        })
      }),
    )
  })

  it('forgets the alarming window and goes on from a centre learned before it', () => {
    const series = {
      means: Float64Array.from([0, 0, 0, 0, 5, 0, 0]),
      errorVariance: new Float64Array(7).fill(1),
      baselineVariance: 0,
    }
    expect(watch(windowedRatio(2), series, 4).alarms).toEqual([4])
    const stays = { ...series, means: Float64Array.from([0, 0, 0, 5, 5, 5, 5]) }
    expect(watch(windowedRatio(2), stays, 4).alarms).toEqual([3, 4, 5, 6])
  })
})

describe('simulatedLimit', () => {
  it.each([
    ['windowed ratio', windowedRatio(2)],
    ['EWMA', ewmaMonitor(0.2)],
    ['CUSUM', cusumMonitor(0.125)],
  ])('%s: one alarm in 100 quiet periods, also in other histories than those it was set by', (_name, monitorOf) => {
    const limit = simulatedLimit(monitorOf, ERRORS)
    const normal = normalDraws(seededRandom(99))
    let alarms = 0
    for (let history = 0; history < 1500; history++) {
      const centre = Math.sqrt(ERRORS.baselineVariance) * normal()
      const means = new Float64Array(100).map(() => centre + 0.1 * normal())
      const errorVariance = new Float64Array(100).fill(ERRORS.errorVariance)
      alarms += watch(monitorOf, { means, errorVariance, baselineVariance: ERRORS.baselineVariance }, limit).alarms
        .length
    }
    expect(alarms / 150_000).toBeGreaterThan(0.0085)
    expect(alarms / 150_000).toBeLessThan(0.0115)
  })

  it('rises with the charts watched together and falls with the alarms allowed', () => {
    const fast = { histories: 300 }
    const one = simulatedLimit(windowedRatio(2), ERRORS, fast)
    expect(simulatedLimit(windowedRatio(2), ERRORS, { ...fast, charts: 5 })).toBeGreaterThan(one + 0.3)
    expect(simulatedLimit(windowedRatio(2), ERRORS, { ...fast, charts: 5, correlation: 0.999 })).toBeLessThan(one + 0.2)
    expect(simulatedLimit(windowedRatio(2), ERRORS, { ...fast, rate: 0.05 })).toBeLessThan(one)
  })

  it('is wider than one that takes the baseline for known, where the chart keeps its centre', () => {
    const known = { ...ERRORS, baselineVariance: 0 }
    expect(simulatedLimit(ewmaMonitor(0.2), ERRORS, { histories: 300 })).toBeGreaterThan(
      simulatedLimit(ewmaMonitor(0.2), known, { histories: 300 }) + 0.3,
    )
  })
})

describe('changePoint', () => {
  const normal = normalDraws(seededRandom(5))

  it('holds the true place in its range at the confidence, when shifts can be seen', () => {
    let covered = 0
    for (let run = 0; run < 1000; run++) {
      const place = 3 + (run % 14)
      const means = Float64Array.from({ length: 20 }, (_, t) => 0.1 * normal() + (t >= place ? 0.25 : 0))
      const found = changePoint(means, new Float64Array(20).fill(0.01))
      if (found.estimable && found.low <= place && place <= found.high) covered++
    }
    expect(covered).toBeGreaterThan(940)
  })

  it('is exact without noise, and needs two periods', () => {
    const means = [0, 0, 0, 1, 1]
    expect(changePoint(means, [1e-4, 1e-4, 1e-4, 1e-4, 1e-4])).toMatchObject({ first: 3, low: 3, high: 3, shift: 1 })
    expect(changePoint([1], [1])).toMatchObject({ estimable: false })
  })
})

/** 30 anchors, 4 raters with readings; every rater rates every anchor in the baseline, one rater each later. */
function simulated(shift: number, periods: number): AnchorRatings {
  const normal = normalDraws(seededRandom(11))
  const rows: { item: number; rater: number; period: number; score: number }[] = []
  const level = (value: number) => Math.min(4, Math.max(1, Math.round(value)))
  for (let item = 0; item < 60; item++) {
    const quality = 2.5 + 0.7 * normal()
    for (let period = 0; period <= periods; period++)
      for (let rater = 0; rater < 4; rater++) {
        if (period > 0 && rater !== (item + period) % 4) continue
        const value = quality + 0.2 * (rater - 1.5) + 0.5 * normal() + (period === periods ? shift : 0)
        rows.push({ item, rater, period, score: level(value) })
      }
  }
  return {
    itemCount: 60,
    raterCount: 4,
    periodCount: periods + 1,
    item: Uint32Array.from(rows, (row) => row.item),
    rater: Uint32Array.from(rows, (row) => row.rater),
    period: Uint32Array.from(rows, (row) => row.period),
    score: Float64Array.from(rows, (row) => row.score),
  }
}

function readingsIn(anchors: AnchorRatings): BaselineReadings {
  const entries = Array.from(anchors.period.keys()).filter((entry) => anchors.period[entry] === 0)
  const found = baselineReadings({
    ...anchors,
    item: Uint32Array.from(entries, (e) => anchors.item[e] as number),
    rater: Uint32Array.from(entries, (e) => anchors.rater[e] as number),
    score: Float64Array.from(entries, (e) => anchors.score[e] as number),
  })
  if (!found.estimable) throw new Error(found.reason)
  return found
}

describe('residual series', () => {
  it('reads the raters in the baseline and finds a shift of the panel and nothing before it', () => {
    const anchors = simulated(-0.6, 6)
    const readings = readingsIn(anchors)
    expect(readings.reading[3]).toBeGreaterThan(readings.reading[0] as number)
    expect(readings.reading.reduce((sum, reading) => sum + reading, 0)).toBeCloseTo(0, 9)
    const series = residualSeries(anchors, pointsModel(anchors, readings))
    expect(series.periods).toEqual([1, 2, 3, 4, 5, 6])
    expect(watch(windowedRatio(2), series, 3).alarms).toEqual([5])
    expect(series.means[5]).toBeCloseTo(-0.55, 0)
  })

  it('knows the size of its errors', () => {
    const anchors = simulated(0, 60)
    const { means, errorVariance } = residualSeries(anchors, pointsModel(anchors, readingsIn(anchors)))
    const centre = means.reduce((sum, mean) => sum + mean, 0) / means.length
    const variance = means.reduce((sum, mean) => sum + (mean - centre) ** 2, 0) / (means.length - 1)
    const claimed = errorVariance.reduce((sum, value) => sum + value, 0) / errorVariance.length
    expect(variance / claimed).toBeGreaterThan(0.6)
    expect(variance / claimed).toBeLessThan(1.6)
  })

  it('knows less of the baseline the fewer ratings an anchor had in it', () => {
    const anchors = simulated(0, 3)
    const thin = Array.from(anchors.period.keys()).filter((e) => anchors.period[e] !== 0 || anchors.rater[e] === 1)
    const few = {
      ...anchors,
      item: Uint32Array.from(thin, (e) => anchors.item[e] as number),
      rater: Uint32Array.from(thin, (e) => anchors.rater[e] as number),
      period: Uint32Array.from(thin, (e) => anchors.period[e] as number),
      score: Float64Array.from(thin, (e) => anchors.score[e] as number),
    }
    const readings = readingsIn(anchors)
    const [much, little] = [anchors, few].map(
      (some) => residualSeries(some, pointsModel(some, readings)).baselineVariance,
    )
    expect(little).toBeGreaterThan(1.5 * (much as number))
  })

  it('expects of a severe rater what the partial credit model says, and is surer the more it has seen', () => {
    const anchors = simulated(0, 1)
    const scale = {
      lowestLevel: 1,
      offsets: [0, -2, -2, 0],
      qualityMean: 0,
      qualitySd: 1.5,
      qualityItems: Number.POSITIVE_INFINITY,
      severity: [-1, 0, 0, 1],
      severityError: [0.15, 0.15, 0.15, 0.15],
    }
    const model = partialCreditModel({ ...anchors, itemCount: 61 }, scale)
    for (let item = 0; item < 60; item++) {
      expect(model.expect(item, 0).mean).toBeGreaterThan(model.expect(item, 3).mean)
      expect(model.expect(item, 1).itemVariance).toBeLessThan(model.expect(60, 1).itemVariance)
    }
    expect(model.expect(60, 1).mean).toBeCloseTo(2.5, 9) // an anchor never rated: the mean of the scale
  })
})

describe('power', () => {
  it('grows with the shift and the anchors, and is the false alarm chance without a shift', () => {
    const errors = plannedErrors({ ...USUAL_PLAN, ratings: 40, anchors: 40 })
    const fast = { histories: 1500 }
    const power = driftPower(0.25, errors, fast)
    expect(driftPower(0.4, errors, fast)).toBeGreaterThan(power)
    expect(driftPower(0.25, plannedErrors({ ...USUAL_PLAN, ratings: 80, anchors: 80 }), fast)).toBeGreaterThan(power)
    expect(driftPower(0, errors, fast)).toBeLessThan(0.04)
  })

  it('gives the anchors that a power takes, or null where none are enough', () => {
    const ratings = ratingsForPower(0.25, 0.8, USUAL_PLAN, { histories: 800 })
    expect(ratings).toBeGreaterThan(35)
    expect(ratings).toBeLessThan(65)
    expect(ratingsForPower(0.02, 0.9, { ...USUAL_PLAN, readingError: 0.5 }, { histories: 200 })).toBeNull()
  })
})
