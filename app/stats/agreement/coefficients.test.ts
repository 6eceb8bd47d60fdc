import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estimated } from '../estimate.ts'
import { agreementOf } from './agreement.ts'
import { COEFFICIENTS, coefficientsOf } from './coefficients.ts'
import { cohenKappa } from './cohen.ts'
import { congerKappa } from './conger.ts'
import { brennanPrediger, fleissKappa, gwetAc } from './gwet.ts'
import { krippendorffWeighted } from './krippendorff-weighted.ts'
import { pairTables } from './pair-tables.ts'
import { patternsOf } from './patterns.ts'
import { ratingsFrom } from './ratings.ts'
import { WEIGHTS, weightsOf } from './weights.ts'

type Grid = readonly (readonly (number | null)[])[]

const LEVELS = [1, 2, 3, 4]
const cell = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null, freq: 5 })
const gridOf = (raters: number) =>
  fc.array(fc.array(cell, { minLength: raters, maxLength: raters }), { minLength: 2, maxLength: 20 })
const grids = fc.integer({ min: 2, max: 5 }).chain(gridOf)

const ratingsOf = (grid: Grid) =>
  ratingsFrom(
    grid.flatMap((row, i) => row.map((score, r) => ({ item: `${i}`, rater: `${r}`, score }))),
    LEVELS,
  )
const close = (a: Estimated, b: Estimated, places = 8) => {
  expect(a.estimable).toBe(b.estimable)
  if (!a.estimable || !b.estimable) return
  expect(a.estimate).toBeCloseTo(b.estimate, places)
  expect(a.interval.estimable).toBe(b.interval.estimable)
  if (a.interval.estimable && b.interval.estimable) expect(a.interval.low).toBeCloseTo(b.interval.low, places)
}

describe('coefficientsOf', () => {
  it('does not change when raters and items change places or names', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const before = coefficientsOf(ratingsOf(grid), { draws: 50 })
        const after = coefficientsOf(ratingsOf([...grid].reverse().map((row) => [...row].reverse())), { draws: 50 })
        for (const name of COEFFICIENTS) {
          const [a, b] = [before[name], after[name]]
          // the bootstrap meets the patterns in another order, so its draws are others
          if (['alpha', 'percentExact', 'percentAdjacent'].includes(name)) expect(a.estimable).toBe(b.estimable)
          // intraclass correlations of designs with holes are iterated
          else close(a, b, /^icc[123]$/.test(name) ? 4 : 8)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('does not change by a column without ratings', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const before = coefficientsOf(ratingsOf(grid), { draws: 50 })
        expect(coefficientsOf(ratingsOf(grid.map((row) => [null, ...row])), { draws: 50 })).toEqual(before)
      }),
      { numRuns: 50 },
    )
  })

  it('never returns a number that is not finite', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(...WEIGHTS), (grid, weights) => {
        for (const found of Object.values(coefficientsOf(ratingsOf(grid), { draws: 50, weights }))) {
          if (!found.estimable) continue
          expect(Number.isFinite(found.estimate)).toBe(true)
          if (found.interval.estimable)
            expect(Number.isFinite(found.interval.low) && Number.isFinite(found.interval.high)).toBe(true)
        }
      }),
    )
  })

  it('says what design a coefficient needs', () => {
    const three = coefficientsOf(
      ratingsOf([
        [1, 2, 3],
        [2, 2, null],
      ]),
      { draws: 50 },
    )
    expect(three).toMatchObject({
      cohenKappa: { reason: 'needs exactly two raters; there are 3' },
      icc2k: { reason: 'needs every rater on every item: 1 of 6 combinations of item and rater are empty' },
    })
    const apart = coefficientsOf(
      ratingsOf([
        [1, null],
        [null, 2],
      ]),
      { draws: 50 },
    )
    expect(apart.cohenKappa).toMatchObject({ reason: 'the two raters have no item in common' })
    expect(coefficientsOf(ratingsOf([[1], [2]])).icc1).toMatchObject({ reason: 'needs two or more raters' })
    expect(coefficientsOf(ratingsOf([[1, 2]])).kendallW).toMatchObject({ reason: 'needs two or more items' })
    const flat = coefficientsOf(
      ratingsOf([
        [1, 3],
        [1, 3],
      ]),
      { draws: 50 },
    )
    expect(flat.icc3).toMatchObject({ reason: 'no variation between items' })
    expect(flat.kendallW).toMatchObject({ reason: 'every rater gives all items the same level' })
    expect(flat.cohenKappa).toMatchObject({ estimable: true, estimate: 0 })
  })

  it('knows the smallest design in which raters contradict each other', () => {
    const contrary = coefficientsOf(
      ratingsOf([
        [1, 2],
        [2, 1],
      ]),
      { draws: 50 },
    )
    const reason = 'items differ less than chance alone would make them differ'
    expect(contrary).toMatchObject({ icc2: { reason }, icc1k: { reason }, icc2k: { reason }, icc3k: { reason } })
    expect(contrary).toMatchObject({ icc1: { estimate: -1 }, icc3: { estimate: -1 }, cohenKappa: { estimate: -1 } })
  })

  it('gives no interval where the error has nothing to show', () => {
    const level = coefficientsOf(
      ratingsOf([
        [1, 3],
        [3, 1],
        [2, 2],
      ]),
      { draws: 50 },
    )
    for (const name of ['icc1', 'icc3'] as const)
      expect(level[name]).toMatchObject({
        estimate: -1,
        interval: { reason: expect.stringContaining('all items have the same mean') },
      })
    const perfect = coefficientsOf(
      ratingsOf([
        [1, 1],
        [2, 2],
        [4, 4],
      ]),
      { draws: 50 },
    )
    for (const name of ['ac1', 'cohenKappa', 'fleissKappa', 'congerKappa', 'icc1', 'icc2k', 'icc3'] as const)
      expect(perfect[name]).toMatchObject({ estimate: expect.closeTo(1, 12), interval: { estimable: false } })
  })
})

describe('scores that are all equal', () => {
  it('have no coefficient but the shares, whatever their number does to the last digit of a mean', () => {
    const sizes = fc.record({
      items: fc.integer({ min: 2, max: 60 }),
      raters: fc.integer({ min: 2, max: 8 }),
      score: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(sizes, ({ items, raters, score }) => {
        const found = coefficientsOf(ratingsOf(new Array(items).fill(new Array(raters).fill(score))), { draws: 39 })
        const known = Object.entries(found).filter(([, one]) => one.estimable)
        expect(known.map(([name]) => name)).toEqual(['percentExact', 'percentAdjacent'])
      }),
      { examples: [[{ items: 30, raters: 3, score: 3 }]] },
    )
  })
})

describe('how coefficients relate', () => {
  it('weights given as identity are the plain coefficients', () => {
    fc.assert(
      fc.property(gridOf(3), (grid) => {
        const ratings = ratingsOf(grid)
        const { patterns } = patternsOf(ratings)
        const { ac1, ac2 } = coefficientsOf(ratings, { draws: 50, weights: 'identity' })
        expect(ac2).toEqual(ac1)
        const nominal = agreementOf(patterns, { metric: 'nominal', draws: 50 }).alpha
        const weighted = krippendorffWeighted(patterns, weightsOf('identity', LEVELS))
        if (nominal.estimable && weighted.estimable) expect(weighted.estimate).toBeCloseTo(nominal.estimate, 10)
        else expect(nominal.estimable).toBe(weighted.estimable)
      }),
    )
  })

  it("quadratic weights in Krippendorff's form are interval alpha", () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const { patterns } = patternsOf(ratingsOf(grid))
        const interval = agreementOf(patterns, { metric: 'interval', draws: 50 }).alpha
        const weighted = krippendorffWeighted(patterns, weightsOf('quadratic', LEVELS))
        if (interval.estimable && weighted.estimable) expect(weighted.estimate).toBeCloseTo(interval.estimate, 10)
        else expect(interval.estimable).toBe(weighted.estimable)
      }),
    )
  })

  it("Conger's kappa of two raters on common items is Cohen's", () => {
    const complete = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 2,
    })
    fc.assert(
      fc.property(complete, fc.constantFrom(...WEIGHTS), (grid, name) => {
        const ratings = ratingsOf(grid)
        const weights = weightsOf(name, LEVELS)
        const conger = congerKappa(ratings, weights)
        const [table] = pairTables(ratings)
        const cohen = cohenKappa(table ?? { items: 0, counts: new Uint32Array(16) }, weights)
        if (conger.estimable && cohen.estimable) expect(conger.estimate).toBeCloseTo(cohen.estimate, 9)
      }),
    )
  })

  it('tells the kappa paradox: equal agreement, skewed levels, kappa falls and AC1 does not', () => {
    const skewed = [
      ...Array.from({ length: 90 }, () => [1, 1]),
      ...Array.from({ length: 10 }, (_, i) => (i % 2 ? [1, 2] : [2, 1])),
    ]
    const even = [...Array.from({ length: 90 }, (_, i) => [1 + (i % 2), 1 + (i % 2)]), ...skewed.slice(90)]
    const at = (grid: Grid) => coefficientsOf(ratingsOf(grid), { draws: 50 })
    const estimate = (found: Estimated) => (found.estimable ? found.estimate : Number.NaN)
    expect(estimate(at(skewed).percentExact)).toBe(estimate(at(even).percentExact))
    expect(estimate(at(skewed).fleissKappa)).toBeLessThan(0)
    expect(estimate(at(even).fleissKappa)).toBeGreaterThan(0.79)
    expect(estimate(at(skewed).ac1)).toBeGreaterThan(0.87)
  })

  it('refuses ratio weights for negative levels, and knows a scale of one level', () => {
    expect(() => weightsOf('ratio', [-1, 0, 1])).toThrow('no meaning for negative levels')
    expect(weightsOf('quadratic', [3]).matrix).toEqual(Float64Array.of(1))
    const { patterns } = patternsOf(
      ratingsFrom(
        [
          { item: 'a', rater: 'x', score: 3 },
          { item: 'a', rater: 'y', score: 3 },
        ],
        [3],
      ),
    )
    for (const coefficient of [gwetAc, brennanPrediger, fleissKappa])
      expect(coefficient(patterns, weightsOf('identity', [3]))).toMatchObject({
        reason: 'no variation: every score is the same level',
      })
  })
})
