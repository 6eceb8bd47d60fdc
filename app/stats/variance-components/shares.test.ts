import { describe, expect, it } from 'vitest'
import { normalDraws } from '../drift/normal-draws.ts'
import { seededRandom } from '../random.ts'
import type { Measurements } from './design.ts'
import { varianceShares } from './shares.ts'

/** 80 cases, 8 raters, 3 dimensions, every rater on every case; standard deviations of the parts as told. */
function measured(sd: { case: number; rater: number; residual: number }, dimensionCount = 3): Measurements {
  const normal = normalDraws(seededRandom(5))
  const draw = (count: number, own: number) => Array.from({ length: count }, () => own * normal())
  const [cases, raters] = [draw(80, sd.case), draw(8, sd.rater)]
  const rows = cases.flatMap((quality, item) =>
    raters.flatMap((severity, rater) =>
      Array.from({ length: dimensionCount }, (_, dimension) => ({
        item,
        rater,
        dimension,
        value: quality - severity + sd.residual * normal(),
      })),
    ),
  )
  return {
    caseCount: 80,
    raterCount: 8,
    dimensionCount,
    item: rows.map(({ item }) => item),
    rater: rows.map(({ rater }) => rater),
    dimension: rows.map(({ dimension }) => dimension),
    value: rows.map(({ value }) => value),
  }
}

describe('shares of the variance', () => {
  it('are those the data were made with, add up to 1, and lie in their intervals', () => {
    const found = varianceShares(measured({ case: 2, rater: 1, residual: 2 }))
    if (!found.estimable) throw new Error(found.reason)
    expect(found.shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
    const of = (part: string) => found.shares.find((one) => one.part === part)
    const truth = { case: 4 / 9, rater: 1 / 9, residual: 4 / 9 }
    for (const [part, share] of Object.entries(truth)) {
      const one = of(part)
      if (!one?.interval.estimable) throw new Error(`${part} has no interval`)
      expect(one.interval.low).toBeLessThan(share)
      expect(one.interval.high).toBeGreaterThan(share)
      expect(one.interval.low).toBeLessThan(one.share)
      expect(one.interval.high).toBeGreaterThan(one.share)
    }
    expect(of('caseRater')?.share).toBeLessThan(0.02)
  })

  it('leave out what one dimension cannot tell', () => {
    const found = varianceShares(measured({ case: 1, rater: 1, residual: 1 }, 1))
    expect(found.estimable && found.shares.map(({ part }) => part)).toEqual(['case', 'rater', 'residual'])
  })

  it('say why there are none', () => {
    const large = measured({ case: 1, rater: 1, residual: 1 })
    const rater = Array.from(large.rater, (_, entry) => entry % 60)
    expect(varianceShares({ ...large, raterCount: 60, rater })).toMatchObject({
      estimable: false,
      reason: expect.stringContaining('Narrow the filters'),
    })
    expect(varianceShares({ ...large, value: large.rater.length ? Array.from(large.rater, () => 2) : [] })).toEqual({
      estimable: false,
      reason: 'no variation: every score is the same level',
    })
  })
})
