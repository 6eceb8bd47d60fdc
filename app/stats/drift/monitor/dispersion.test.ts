import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import type { AnchorRatings } from '../anchors/anchor-ratings.ts'
import { normalDraws } from '../normal-draws.ts'
import { dispersionOf } from './dispersion.ts'
import type { AnchorModel } from './expectation.ts'
import { residualSeries } from './residual-series.ts'

/** Expects 2 of every anchor, with a variance of 1. */
const model = (noiseDegrees: number): AnchorModel => ({
  expect: () => ({ mean: 2, noise: 1, itemVariance: 0, slope: 1 }),
  severityError: () => 0,
  severityCovariance: () => 0,
  learnedFrom: () => [],
  centreError: 0,
  centreWeight: () => 0,
  noiseDegrees,
})

/** Scores about 2, moved by `shift` a period, 100 in each of 20 periods. */
function anchors(sd: number, shift: number): AnchorRatings {
  const normal = normalDraws(seededRandom(3))
  const entries = Array.from({ length: 2_000 }, (_, i) => i)
  const period = Uint32Array.from(entries, (i) => 1 + Math.floor(i / 100))
  return {
    itemCount: 1,
    raterCount: 1,
    periodCount: 21,
    item: new Uint32Array(2_000),
    rater: new Uint32Array(2_000),
    period,
    score: Float64Array.from(entries, (i) => 2 + shift * (period[i] as number) + sd * normal()),
  }
}

describe('the dispersion of later ratings', () => {
  it('is the variance they have over the one expected, whatever the panel drifts by', () => {
    expect(dispersionOf(anchors(1, 0), model(0))).toBeCloseTo(1, 1)
    expect(dispersionOf(anchors(2, 0), model(0)) / 4).toBeCloseTo(1, 1)
    expect(dispersionOf(anchors(2, 0.5), model(0))).toBeCloseTo(dispersionOf(anchors(2, 0), model(0)), 9)
  })

  it('weighs them against what the baseline knows', () => {
    const alone = dispersionOf(anchors(2, 0), model(0))
    // 20 periods of 99 degrees of freedom against as many of the baseline's
    expect(dispersionOf(anchors(2, 0), model(1_980))).toBeCloseTo((1 + alone) / 2, 9)
    expect(dispersionOf(anchors(2, 0), model(Number.POSITIVE_INFINITY))).toBe(1)
  })

  it('widens the errors of the series', () => {
    const [narrow, wide] = [residualSeries(anchors(2, 0), model(0), 1), residualSeries(anchors(2, 0), model(0))]
    expect((wide.errorVariance[0] as number) / (narrow.errorVariance[0] as number)).toBeCloseTo(4, 0)
  })
})

describe('the mean that anchors are drawn towards', () => {
  it('brings its error into every period: it is part of the baseline', () => {
    const known = residualSeries(anchors(1, 0), model(Number.POSITIVE_INFINITY))
    const learned = { ...model(Number.POSITIVE_INFINITY), centreError: 0.1, centreWeight: () => 0.5 }
    expect(known.baselineVariance).toBe(0)
    expect(residualSeries(anchors(1, 0), learned).baselineVariance).toBeCloseTo((0.1 * 0.5) ** 2, 12)
  })
})
