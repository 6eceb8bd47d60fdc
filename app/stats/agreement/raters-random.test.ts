import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { congerKappa } from './conger.ts'
import { brennanPrediger, fleissKappa, gwetAc, percentWeighted } from './gwet.ts'
import { krippendorffWeighted } from './krippendorff-weighted.ts'
import { patternsOf } from './patterns.ts'
import { FAMILY, type FamilyMember, withRatersRandom } from './raters-random.ts'
import { type Ratings, ratingsFrom } from './ratings.ts'
import { WEIGHTS, type Weights, weightsOf } from './weights.ts'

type Grid = readonly (readonly (number | null)[])[]
const LEVELS = [1, 2, 3, 4]
const ratingsOf = (grid: Grid) =>
  ratingsFrom(
    grid.flatMap((row, i) => row.map((score, r) => ({ item: `${i}`, rater: `${r}`, score }))),
    LEVELS,
  )
const cell = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null, freq: 6 })
const grids = fc
  .integer({ min: 3, max: 5 })
  .chain((raters) =>
    fc.array(fc.array(cell, { minLength: raters, maxLength: raters }), { minLength: 4, maxLength: 12 }),
  )

const fixedOf = (ratings: Ratings, weights: Weights, member: FamilyMember) => {
  if (member === 'conger') return congerKappa(ratings, weights)
  const { patterns } = patternsOf(ratings)
  const of = {
    ac: gwetAc,
    brennanPrediger,
    fleiss: fleissKappa,
    krippendorff: krippendorffWeighted,
    percent: percentWeighted,
  }
  return of[member](patterns, weights)
}

describe('raters taken for a sample', () => {
  it('adds the jackknife over raters to the variance over items, for every member and all weights', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(...FAMILY), fc.constantFrom(...WEIGHTS), (grid, member, name) => {
        const ratings = ratingsOf(grid)
        const weights = weightsOf(name, LEVELS)
        const fixed = fixedOf(ratings, weights, member)
        const found = withRatersRandom(ratings, weights, member, fixed)
        if (!fixed.estimable) {
          expect(found).toEqual(fixed)
          return
        }
        const raters = [...(grid[0] as (number | null)[]).keys()].filter((r) => grid.some((row) => row[r] !== null))
        const without = raters.map((r) => {
          const rest = ratingsOf(grid.map((row) => row.map((score, other) => (other === r ? null : score))))
          return fixedOf(rest, weights, member)
        })
        if (raters.length < 3 || without.some((one) => !one.estimable)) {
          expect(found).toMatchObject({ estimate: fixed.estimate, interval: { estimable: false } })
          return
        }
        const values = without.map((one) => (one.estimable ? one.estimate : Number.NaN))
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length
        const variance =
          ((values.length - 1) / values.length) * values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
        if (!found.estimable || !('raterVariance' in found)) throw new Error('no raters in it')
        expect(found.raterVariance).toBeCloseTo(variance, 9)
        expect(found.itemVariance).toBeCloseTo(fixed.standardError ** 2, 12)
        expect(found.standardError).toBeGreaterThanOrEqual(fixed.standardError - 1e-12)
        expect(found.estimate).toBe(fixed.estimate)
      }),
    )
  })

  it('needs three raters', () => {
    const two = ratingsOf([
      [1, 2],
      [2, 2],
      [3, 4],
    ])
    const weights = weightsOf('quadratic', LEVELS)
    expect(withRatersRandom(two, weights, 'ac', gwetAc(patternsOf(two).patterns, weights))).toMatchObject({
      interval: { reason: 'raters can be taken for a sample only where there are three or more' },
    })
  })
})
