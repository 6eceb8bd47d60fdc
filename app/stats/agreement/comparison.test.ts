import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agreementOf } from './agreement.ts'
import { compareAgreement } from './comparison.ts'
import { gwetAc } from './gwet.ts'
import { patternsOf } from './patterns.ts'
import { ratingsFrom } from './ratings.ts'
import { weightsOf } from './weights.ts'

type Grid = readonly (readonly (number | null)[])[]
const LEVELS = [1, 2, 3, 4]
const ratingsOf = (grid: Grid, levels = LEVELS) =>
  ratingsFrom(
    grid.flatMap((row, i) => row.map((score, r) => ({ item: `${i}`, rater: `${r}`, score }))),
    levels,
  )
const score = fc.integer({ min: 1, max: 4 })
const grids = fc.array(fc.tuple(score, score, fc.option(score, { nil: null })), { minLength: 12, maxLength: 25 })
const OPTIONS = { draws: 200 }

describe('compareAgreement', () => {
  it('compares the figures that each side has alone on the common items', () => {
    fc.assert(
      fc.property(grids, grids, (one, other) => {
        const common = Math.min(one.length, other.length)
        const found = compareAgreement(ratingsOf(one), ratingsOf(other), OPTIONS)
        if (!found.estimable) return
        expect(found.items).toBe(common)
        expect(found.leftOut).toEqual([one.length - common, other.length - common])
        const sides = [one, other].map((grid) => patternsOf(ratingsOf(grid.slice(0, common))).patterns)
        const alphas = sides.map((patterns) => agreementOf(patterns, { draws: 50 }).alpha)
        const gwets = sides.map((patterns) => gwetAc(patterns, weightsOf('quadratic', LEVELS)))
        for (const [difference, [a, b]] of [
          [found.alpha, alphas],
          [found.ac2, gwets],
        ] as const) {
          if (!a?.estimable || !b?.estimable || !difference.estimable) continue
          expect(difference.first).toBeCloseTo(a.estimate, 9)
          expect(difference.second).toBeCloseTo(b.estimate, 9)
          expect(difference.estimate).toBeCloseTo(a.estimate - b.estimate, 9)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('the other way round is the same difference with the other sign', () => {
    fc.assert(
      fc.property(grids, (one) => {
        const other = one.map((row, i) => (i % 3 === 0 ? [1, 4, 2] : row))
        const there = compareAgreement(ratingsOf(one), ratingsOf(other), OPTIONS)
        const back = compareAgreement(ratingsOf(other), ratingsOf(one), OPTIONS)
        if (!there.estimable || !back.estimable || !there.alpha.estimable || !back.alpha.estimable) return
        expect(there.alpha.estimate).toBeCloseTo(-back.alpha.estimate, 10)
        if (there.alpha.interval.estimable && back.alpha.interval.estimable) {
          expect(there.alpha.interval.low).toBeLessThanOrEqual(there.alpha.interval.high)
          expect(there.alpha.p).toBeGreaterThan(0)
          expect(there.alpha.p).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('finds a difference where one side is noise, with a p that goes with the interval', () => {
    const good = Array.from({ length: 60 }, (_, i) => [1 + (i % 4), 1 + (i % 4), 1 + ((i + (i % 7 === 0 ? 1 : 0)) % 4)])
    const noise = good.map((row, i) => [row[0] as number, 1 + ((i * 7 + 3) % 4), 1 + ((i * 5 + 1) % 4)])
    const found = compareAgreement(ratingsOf(good), ratingsOf(noise))
    if (!found.estimable || !found.alpha.estimable || !found.alpha.interval.estimable) throw new Error('no test')
    expect(found.alpha.interval.low).toBeGreaterThan(0.4)
    expect(found.alpha.p).toBeLessThan(0.01)
    const same = compareAgreement(ratingsOf(good), ratingsOf(good))
    expect(same).toMatchObject({ alpha: { estimate: 0, p: 1, interval: { estimable: false } } })
  })

  it('takes scales of different length, and says what is missing', () => {
    const short = Array.from({ length: 15 }, (_, i) => [1 + (i % 2), 1 + ((i >> 1) % 2)])
    const long = Array.from({ length: 15 }, (_, i) => [1 + (i % 4), 1 + ((i + (i % 3 === 0 ? 1 : 0)) % 4)])
    const found = compareAgreement(ratingsOf(short, [1, 2]), ratingsOf(long))
    expect(found).toMatchObject({ items: 15, alpha: { estimable: true, interval: { estimable: true, rough: true } } })
    expect(compareAgreement(ratingsOf([[1, null]]), ratingsOf([[1, 2]]))).toEqual({
      estimable: false,
      reason: 'no item has two or more ratings on both sides',
    })
    expect(compareAgreement(ratingsOf(long.slice(0, 5)), ratingsOf(long.slice(0, 5)))).toMatchObject({
      alpha: { interval: { reason: 'a test needs at least 10 items with both figures; there are 5' } },
    })
    expect(compareAgreement(ratingsOf(long.map(() => [2, 2])), ratingsOf(long))).toMatchObject({
      alpha: { reason: 'one of the two figures does not exist on the items that both have' },
    })
  })
})
