import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equipercentile, linearEquating, spreadOf } from './equating.ts'
import { stuartMaxwell } from './homogeneity.ts'
import { smoothedCounts } from './smoothing.ts'

const LEVELS = [1, 2, 3, 4, 5]
const counts = fc
  .array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 5 })
  .filter((c) => c.some((n) => n > 0))

describe('equating', () => {
  it('leaves used levels where they are when both versions are used alike', () => {
    fc.assert(
      fc.property(counts, (same) => {
        equipercentile({ levels: LEVELS, old: same, new: same }).forEach(({ level, equivalent }, k) => {
          if ((same[k] as number) > 0) expect(equivalent).toBeCloseTo(level, 9)
        })
        const { slope, intercept } = linearEquating({ levels: LEVELS, old: same, new: same })
        expect([slope, intercept]).toEqual([expect.closeTo(1, 9), expect.closeTo(0, 9)])
      }),
    )
  })

  it('never turns the order of levels round, and stays within half a level of the scale', () => {
    fc.assert(
      fc.property(counts, counts, (old, now) => {
        const found = equipercentile({ levels: LEVELS, old, new: now }).map(({ equivalent }) => equivalent)
        found.forEach((equivalent, k) => {
          expect(equivalent).toBeGreaterThanOrEqual((found[k - 1] ?? 0.5) - 1e-9)
          expect(equivalent).toBeLessThanOrEqual(5.5 + 1e-9)
        })
      }),
    )
  })

  it('moves the mean of the old scores to that of the new ones when linear', () => {
    fc.assert(
      fc.property(counts, counts, (old, now) => {
        const { equivalents } = linearEquating({ levels: LEVELS, old, new: now })
        expect(spreadOf(equivalents, old).mean).toBeCloseTo(spreadOf(LEVELS, now).mean, 9)
      }),
    )
  })
})

describe('smoothedCounts', () => {
  it('keeps the total and as many moments as it is told', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 3 }), (raw, degree) => {
        // a fit to counts on the ends only, or on neighbours only, runs off to infinity: not smoothed well, not of use
        fc.pre(raw.every((n) => n > 0))
        const smooth = smoothedCounts(raw, degree)
        for (let power = 0; power <= degree; power++) {
          const moment = (c: readonly number[]) => c.reduce((sum, n, k) => sum + n * k ** power, 0)
          expect(moment(smooth)).toBeCloseTo(moment(raw), 6)
        }
      }),
    )
  })

  it('gives an unused level in between a share', () => {
    expect(smoothedCounts([10, 20, 0, 20, 10])[2]).toBeGreaterThan(5)
  })
})

describe('stuartMaxwell', () => {
  it('is McNemar’s test for two levels, and takes no notice of levels that never change', () => {
    const two = [
      [10, 7],
      [2, 30],
    ]
    expect(stuartMaxwell(two)).toMatchObject({ chiSquare: expect.closeTo(25 / 9, 12), df: 1 })
    const more = [
      [10, 0, 7],
      [0, 5, 0],
      [2, 0, 30],
    ]
    expect(stuartMaxwell(more)).toEqual(stuartMaxwell(two))
    expect(
      stuartMaxwell([
        [3, 0],
        [0, 4],
      ]),
    ).toMatchObject({ estimable: false })
  })
})
