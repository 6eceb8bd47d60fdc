import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import { normalDraws } from '../normal-draws.ts'
import { alarmsOf } from './alarms.ts'
import { anchorSeries } from './anchor-series.ts'
import { type DriftRatings, guessedKinds, kindNumber } from './drift-ratings.ts'
import { driftReport } from './drift-report.ts'
import { frozenByCalibration } from './frozen.ts'
import { trend } from './trend.ts'

interface Row {
  item: number
  rater: number
  period: number
  version: number
  segment: number
  kind: number
  score: number
}

function driftRatings(rows: readonly Row[]): DriftRatings {
  const count = (of: (row: Row) => number) => rows.reduce((most, row) => Math.max(most, of(row) + 1), 1)
  const column = (of: (row: Row) => number) => Uint32Array.from(rows, of)
  return {
    levels: [1, 2, 3, 4],
    itemCount: count((row) => row.item),
    raterCount: count((row) => row.rater),
    periodCount: count((row) => row.period),
    versionCount: count((row) => row.version),
    segmentCount: count((row) => row.segment),
    item: column((row) => row.item),
    rater: column((row) => row.rater),
    period: column((row) => row.period),
    version: column((row) => row.version),
    segment: column((row) => row.segment),
    kind: Uint8Array.from(rows, (row) => row.kind),
    score: Float64Array.from(rows, (row) => row.score),
  }
}

/** 8 periods, 8 raters, 40 anchors each rated by every rater in the baseline and by two later; `moved` is added to the quality. */
function panel(moved: (rater: number, period: number) => number, seed = 3): DriftRatings {
  const normal = normalDraws(seededRandom(seed))
  const rows: Row[] = []
  for (let item = 0; item < 40; item++) {
    const quality = 2.5 + 0.7 * normal()
    for (let period = 0; period < 8; period++)
      for (let rater = 0; rater < 8; rater++) {
        if (period > 0 && rater !== (item + period) % 8 && rater !== (item + 3 * period + 1) % 8) continue
        const value = quality + 0.15 * (rater - 3.5) + 0.45 * normal() + moved(rater, period)
        const score = Math.min(4, Math.max(1, Math.round(value)))
        rows.push({ item, rater, period, version: 0, segment: 0, kind: kindNumber('anchor'), score })
      }
  }
  return driftRatings(rows)
}

const names = {
  periods: ['0', '1', '2', '3', '4', '5', '6', '7'],
  raters: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
  segments: [''],
  versions: [''],
}
const alarms = (dimensions: readonly DriftRatings[]) =>
  driftReport(dimensions, { draws: 2, chart: { histories: 500 } }).flatMap((drift, d) => alarmsOf(`${d}`, drift, names))

describe('driftReport', () => {
  it('alarms for the dimension and the cause that moved, with when and by how much', () => {
    const found = alarms([panel(() => 0), panel((_rater, period) => (period >= 5 ? -0.5 : 0), 4)])
    expect(found).toEqual([expect.objectContaining({ kind: 'panel', dimension: '1', who: 'panel', period: '5' })])
    expect(Math.abs((found[0]?.size ?? 0) + 0.5)).toBeLessThan(0.15)
    expect(found[0]?.sentence).toMatch(
      /since 5 \(95 % between \d and \d\), by -0\.\d\d points ± 0\.\d\d; first alarm in 5\.$/,
    )
  })

  it('reads the panel without a rater who changed alone', () => {
    const ratings = panel((rater, period) => (rater === 2 && period >= 4 ? -1.2 : 0))
    expect(alarms([ratings]).map(({ kind, who }) => [kind, who])).toEqual([['rater', 'c']])
    expect(anchorSeries(ratings, 0)).toMatchObject({ without: [2] })
  })

  it('is stricter the more dimensions are watched together', () => {
    const limit = (count: number) => {
      const [first] = driftReport(
        Array.from({ length: count }, (_, d) => panel(() => 0, d)),
        { draws: 2, chart: { histories: 200 } },
      )
      const chart = first?.anchors[0]?.chart
      return chart?.estimable ? chart.ratio.limit : Number.NaN
    }
    expect(limit(5)).toBeGreaterThan(limit(1) + 0.3)
  })

  it('never fails and never gives a number that is none, whatever the ratings', () => {
    const row = fc.record({
      item: fc.integer({ min: 0, max: 6 }),
      rater: fc.integer({ min: 0, max: 3 }),
      period: fc.integer({ min: 0, max: 3 }),
      version: fc.integer({ min: 0, max: 1 }),
      segment: fc.integer({ min: 0, max: 1 }),
      kind: fc.integer({ min: 0, max: 2 }),
      score: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const fast = { draws: 2, chart: { histories: 20 } }
        const report = driftReport([driftRatings(rows)], fast)
        const finite = (_key: string, value: unknown) => {
          if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is no number`)
          return ArrayBuffer.isView(value) ? Object.values(value) : value
        }
        expect(() => JSON.stringify(report, finite)).not.toThrow()
        for (const { change } of report)
          if (change.estimable)
            expect(change.parts.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(change.change, 9)
      }),
      { numRuns: 150 },
    )
  })

  it('takes readings and expectations from a calibration where there is one', () => {
    const ratings = panel((_rater, period) => (period >= 5 ? -0.5 : 0))
    const scale = {
      lowestLevel: 1,
      offsets: [0, -2, -2, 0],
      qualityMean: 0,
      qualitySd: 1.5,
      qualityItems: Number.POSITIVE_INFINITY,
      severity: names.raters.map((_, r) => -0.36 * (r - 3.5)),
      severityError: names.raters.map(() => 0.15),
    }
    const reading = names.raters.map((_, r) => 0.15 * (r - 3.5))
    const [drift] = driftReport([ratings], { frozen: () => frozenByCalibration(scale, reading) })
    const chart = drift?.anchors[0]?.chart
    expect(chart?.estimable && chart.ratio.alarms[0]).toBe(4) // the fifth period after the baseline
  })
})

describe('guessedKinds', () => {
  it('an anchor comes back in another period, a bridge under another version within one', () => {
    const at = (item: number, period: number, version: number) => ({
      item,
      rater: 0,
      period,
      version,
      segment: 0,
      kind: 0,
      score: 1,
    })
    const { kind, ...rest } = driftRatings([
      at(0, 0, 0),
      at(1, 0, 0),
      at(1, 2, 0),
      at(2, 1, 0),
      at(2, 1, 1),
      at(3, 0, 0),
      at(3, 1, 1),
    ])
    expect([...kind]).toHaveLength(7)
    expect([...guessedKinds(rest)]).toEqual([0, 1, 1, 2, 2, 1, 1])
  })
})

describe('trend', () => {
  it('standardises to the mix of the baseline', () => {
    const live = (item: number, period: number, segment: number, score: number) => ({
      item,
      rater: 0,
      period,
      version: 0,
      segment,
      kind: 0,
      score,
    })
    const rows = [
      live(0, 0, 0, 1),
      live(1, 0, 0, 1),
      live(2, 0, 1, 3),
      live(3, 0, 1, 3),
      live(4, 1, 0, 2),
      live(5, 1, 1, 4),
      live(6, 1, 1, 4),
      live(7, 1, 1, 4),
    ]
    const [before, after] = trend(driftRatings(rows))
    expect(before).toMatchObject({ mean: 2, atBaselineMix: { estimate: 2 } })
    expect(after).toMatchObject({ mean: 3.5, atBaselineMix: { estimate: 3, interval: { estimable: false } } })
    const [, missing] = trend(driftRatings(rows.filter(({ item }) => item !== 4)))
    expect(missing?.atBaselineMix).toMatchObject({
      estimable: false,
      reason: 'a segment of the baseline has no live items in this period',
    })
  })
})
