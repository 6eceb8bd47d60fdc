import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agreementOf } from './agreement.ts'
import { alphaCeiling, kappaCeiling } from './ceiling.ts'
import { cohenKappa } from './cohen.ts'
import { pairTables } from './pair-tables.ts'
import { patternsOf } from './patterns.ts'
import { ratingsFrom } from './ratings.ts'
import { weightsOf } from './weights.ts'

type Grid = readonly (readonly (number | null)[])[]
const LEVELS = [1, 2, 3, 4]
const ratingsOf = (grid: Grid) =>
  ratingsFrom(
    grid.flatMap((row, i) => row.map((score, r) => ({ item: `${i}`, rater: `${r}`, score }))),
    LEVELS,
  )
const cell = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null, freq: 4 })
const grids = fc
  .integer({ min: 2, max: 4 })
  .chain((raters) =>
    fc.array(fc.array(cell, { minLength: raters, maxLength: raters }), { minLength: 2, maxLength: 15 }),
  )
const METRICS = ['nominal', 'ordinal', 'interval'] as const

describe('the ceiling of alpha', () => {
  it('is never below alpha, and at most 1', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(...METRICS), (grid, metric) => {
        const ratings = ratingsOf(grid)
        const { alpha } = agreementOf(patternsOf(ratings).patterns, { metric, draws: 50 })
        const ceiling = alphaCeiling(ratings, metric)
        expect(ceiling.estimable).toBe(alpha.estimable)
        if (!alpha.estimable || !ceiling.estimable) return
        expect(ceiling.estimate).toBeGreaterThanOrEqual(alpha.estimate - 1e-9)
        expect(ceiling.estimate).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })

  it('of two raters is the best alpha of all ways to deal out their scores', () => {
    const column = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(column, column, fc.constantFrom(...METRICS), (one, other, metric) => {
        fc.pre(new Set([...one, ...other]).size > 1)
        const best = Math.max(
          ...orders(other).map((dealt) => {
            const { alpha } = agreementOf(
              patternsOf(ratingsOf(one.map((score, i) => [score, dealt[i] as number]))).patterns,
              {
                metric,
                draws: 50,
              },
            )
            return alpha.estimable ? alpha.estimate : Number.NEGATIVE_INFINITY
          }),
        )
        const ceiling = alphaCeiling(ratingsOf(one.map((score, i) => [score, other[i] as number])), metric)
        expect(ceiling).toMatchObject({ estimate: expect.closeTo(best, 9) })
      }),
      { numRuns: 25 },
    )
  })

  it('is 1 for raters who use the levels alike, and says where it is not known', () => {
    expect(
      alphaCeiling(
        ratingsOf([
          [1, 4],
          [4, 1],
          [2, 2],
        ]),
      ),
    ).toMatchObject({ estimate: expect.closeTo(1, 12) })
    expect(alphaCeiling(ratingsOf([[1, 2]]), 'ratio').estimable).toBe(false)
    expect(alphaCeiling(ratingsOf([[2, 2]]))).toMatchObject({ reason: 'no scores that could be compared vary' })
  })
})

describe('the ceiling of kappa', () => {
  it("is Cohen's (1960) maximum", () => {
    // margins .6 .3 .1 and .5 .3 .2: at most .5 + .3 + .1 agree, by chance .3 + .09 + .02
    const counts = Uint32Array.from([30, 20, 10, 15, 5, 10, 5, 5, 0])
    expect(kappaCeiling({ items: 100, counts }, weightsOf('identity', [1, 2, 3]), 'identity')).toMatchObject({
      estimate: expect.closeTo((0.9 - 0.41) / (1 - 0.41), 12),
    })
  })

  it('is never below kappa', () => {
    const complete = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 2,
    })
    fc.assert(
      fc.property(complete, fc.constantFrom('identity', 'linear', 'quadratic', 'ordinal'), (grid, name) => {
        const [table] = pairTables(ratingsOf(grid))
        if (table === undefined) return
        const weights = weightsOf(name, LEVELS)
        const kappa = cohenKappa(table, weights)
        const ceiling = kappaCeiling(table, weights, name)
        expect(ceiling.estimable).toBe(kappa.estimable)
        if (kappa.estimable && ceiling.estimable) expect(ceiling.estimate).toBeGreaterThanOrEqual(kappa.estimate - 1e-9)
      }),
    )
  })

  it('says for which weights it is not known', () => {
    const table = { items: 1, counts: new Uint32Array(16).fill(0) }
    expect(kappaCeiling(table, weightsOf('circular', LEVELS), 'circular')).toMatchObject({
      reason: 'the ceiling is not known for circular weights',
    })
    expect(kappaCeiling({ ...table, items: 0 }, weightsOf('identity', LEVELS), 'identity').estimable).toBe(false)
  })
})

/** Every order of a handful of scores. */
function orders(scores: readonly number[]): number[][] {
  if (scores.length < 2) return [[...scores]]
  return scores.flatMap((score, i) => orders(scores.filter((_, j) => j !== i)).map((rest) => [score, ...rest]))
}
