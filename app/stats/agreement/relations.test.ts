import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estimated } from '../estimate.ts'
import { agreementOf } from './agreement.ts'
import { COEFFICIENTS, coefficientsOf } from './coefficients.ts'
import { cohenKappa } from './cohen.ts'
import { completeBlock } from './complete-block.ts'
import { congerKappa } from './conger.ts'
import { brennanPrediger, fleissKappa, gwetAc, percentWeighted } from './gwet.ts'
import { iccForms } from './icc.ts'
import { pairTables } from './pair-tables.ts'
import { patternsOf } from './patterns.ts'
import { ratingsFrom } from './ratings.ts'
import { weightsOf } from './weights.ts'

/** What must hold between coefficients, and of all of them, whatever the scores. */

type Grid = readonly (readonly (number | null)[])[]
const LEVELS = [1, 2, 3, 4]
const ratingsOf = (grid: Grid, levels = LEVELS, name = (prefix: string, i: number) => `${prefix}${i}`) =>
  ratingsFrom(
    grid.flatMap((row, i) => row.map((score, r) => ({ item: name('item', i), rater: name('rater', r), score }))),
    levels,
  )
const score = fc.integer({ min: 1, max: 4 })
const cell = fc.option(score, { nil: null, freq: 5 })
const gridsOf = (raters: number, one: fc.Arbitrary<number | null>, least = 2) =>
  fc.array(fc.array(one, { minLength: raters, maxLength: raters }), { minLength: least, maxLength: 20 })
const grids = fc.integer({ min: 2, max: 5 }).chain((raters) => gridsOf(raters, cell))
const estimateOf = (found: Estimated): number => (found.estimable ? found.estimate : Number.NaN)
const at = (grid: Grid, levels = LEVELS) => coefficientsOf(ratingsOf(grid, levels), { draws: 50 })

describe('two raters', () => {
  it('quadratic kappa is an intraclass correlation but for divisors: (MSR - MSE)/(MSR + MSE + 2 MSC/(n - 1))', () => {
    fc.assert(
      fc.property(gridsOf(2, score), (grid) => {
        const ratings = ratingsOf(grid)
        const [table] = pairTables(ratings)
        const block = completeBlock(ratings)
        if (table === undefined || !block.estimable) return
        const forms = iccForms(block)
        const kappa = cohenKappa(table, weightsOf('quadratic', LEVELS))
        if (!forms.estimable || !kappa.estimable) return
        const { rows, columns, error, items } = forms.meanSquares
        expect(kappa.estimate).toBeCloseTo((rows - error) / (rows + error + (2 * columns) / (items - 1)), 9)
      }),
    )
  })

  it('nominal alpha is Scott’s pi, which is Fleiss’ kappa, brought nearer to 1 by its share of 2n ratings', () => {
    fc.assert(
      fc.property(gridsOf(2, score), (grid) => {
        const { patterns } = patternsOf(ratingsOf(grid))
        const alpha = agreementOf(patterns, { metric: 'nominal', draws: 50 }).alpha
        const scott = fleissKappa(patterns, weightsOf('identity', LEVELS))
        if (!alpha.estimable || !scott.estimable) return
        expect(alpha.estimate).toBeCloseTo(scott.estimate + (1 - scott.estimate) / (2 * grid.length), 9)
      }),
    )
  })

  it('quadratic weights of two levels are identity weights', () => {
    const two = fc.integer({ min: 1, max: 2 })
    fc.assert(
      fc.property(gridsOf(3, two), (grid) => {
        const ratings = ratingsOf(grid, [1, 2])
        const { patterns } = patternsOf(ratings)
        const [plain, squared] = [weightsOf('identity', [1, 2]), weightsOf('quadratic', [1, 2])]
        for (const coefficient of [gwetAc, fleissKappa, brennanPrediger, percentWeighted])
          expect(coefficient(patterns, squared)).toEqual(coefficient(patterns, plain))
        expect(congerKappa(ratings, squared)).toEqual(congerKappa(ratings, plain))
      }),
    )
  })
})

describe('all coefficients', () => {
  it('do not depend on what raters and items are called, nor on the order of lines', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const lines = grid.flatMap((row, i) =>
          row.map((value, r) => ({ item: `${(i * 7 + 3) % 23}`, rater: `r${5 - r}`, score: value })),
        )
        const renamed = coefficientsOf(ratingsFrom(lines, LEVELS), { draws: 50 })
        // turned round, so that every number of a rater and an item is another
        const turned = coefficientsOf(ratingsFrom([...lines].reverse(), LEVELS), { draws: 50 })
        const before = at(grid)
        for (const name of COEFFICIENTS) {
          const places = /^icc[123]$/.test(name) ? 4 : 9
          for (const after of [renamed, turned]) {
            expect(after[name].estimable).toBe(before[name].estimable)
            if (before[name].estimable) expect(estimateOf(after[name])).toBeCloseTo(estimateOf(before[name]), places)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('do not depend on where the scale begins', () => {
    fc.assert(
      fc.property(grids, fc.integer({ min: -3, max: 6 }), (grid, by) => {
        const moved = at(
          grid.map((row) => row.map((value) => (value === null ? null : value + by))),
          LEVELS.map((level) => level + by),
        )
        const before = at(grid)
        for (const name of COEFFICIENTS) {
          expect(moved[name].estimable).toBe(before[name].estimable)
          if (before[name].estimable)
            expect(estimateOf(moved[name])).toBeCloseTo(estimateOf(before[name]), /^icc[123]$/.test(name) ? 4 : 9)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('are 1 on perfect data that vary, wherever they exist', () => {
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 2, maxLength: 15 }),
        fc.integer({ min: 2, max: 4 }),
        (scores, raters) => {
          fc.pre(new Set(scores).size > 1)
          const found = at(scores.map((value) => Array.from({ length: raters }, () => value)))
          for (const name of COEFFICIENTS)
            if (name !== 'cohenKappa' || raters === 2) expect(estimateOf(found[name])).toBeCloseTo(1, 9)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of alpha and pairwise agreement take no notice of items with a single rating, interval and all', () => {
    fc.assert(
      fc.property(gridsOf(3, cell, 12), fc.array(score, { maxLength: 30 }), (grid, single) => {
        const more = at([...grid, ...single.map((value) => [value, null, null])])
        const before = at(grid)
        for (const name of ['alpha', 'percentExact', 'percentAdjacent'] as const)
          expect(more[name]).toEqual(before[name])
      }),
      { numRuns: 40 },
    )
  })

  it('of weighted kind with identity weights are the plain ones', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const ratings = ratingsOf(grid)
        const weighted = coefficientsOf(ratings, { draws: 50, weights: 'identity' })
        const plain = coefficientsOf(ratings, { draws: 50 })
        for (const name of ['ac1', 'cohenKappa', 'fleissKappa', 'congerKappa', 'brennanPrediger'] as const)
          expect(weighted[name]).toEqual(plain[name])
        expect(weighted.ac2).toEqual(plain.ac1)
      }),
      { numRuns: 40 },
    )
  })
})
