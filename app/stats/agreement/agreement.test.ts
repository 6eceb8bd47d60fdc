import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estimated } from '../estimate.ts'
import { agreementOf, alphasOf } from './agreement.ts'
import { METRICS } from './metric.ts'
import { patternsFrom, patternsOf } from './patterns.ts'
import { ratingsFrom } from './ratings.ts'

type Grid = readonly (readonly (number | null)[])[]

const LEVELS = [1, 2, 3, 4]
const cell = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null, freq: 4 })
const grids = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 }))
  .chain(([items, raters]) =>
    fc.array(fc.array(cell, { minLength: raters, maxLength: raters }), { minLength: items, maxLength: items }),
  )

const agreement = (grid: Grid, metric: (typeof METRICS)[number] = 'ordinal', draws = 100) => {
  const triples = grid.flatMap((row, i) => row.map((score, r) => ({ item: `${i}`, rater: `${r}`, score })))
  return agreementOf(patternsOf(ratingsFrom(triples, LEVELS)).patterns, { metric, draws })
}
const close = (a: Estimated, b: Estimated) => {
  if (!a.estimable || !b.estimable) expect(a.estimable).toBe(b.estimable)
  else expect(a.estimate).toBeCloseTo(b.estimate, 10)
}

describe('agreementOf', () => {
  it('does not depend on the order of raters within an item, nor on the order of items', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(...METRICS), (grid, metric) => {
        const before = agreement(grid, metric)
        const mirrored = grid.map((row, i) => (i % 2 ? [...row].reverse() : row)).reverse()
        const after = agreement(mirrored, metric)
        close(before.alpha, after.alpha)
        close(before.percentExact, after.percentExact)
        close(before.percentAdjacent, after.percentAdjacent)
      }),
    )
  })

  it('takes no notice of a rater without ratings, nor of items with a single one', () => {
    fc.assert(
      fc.property(grids, fc.integer({ min: 1, max: 4 }), (grid, score) => {
        const more = [...grid.map((row) => [...row, null]), [score], [null, score]]
        const { alpha, percentExact, pairableItems } = agreement(more)
        const before = agreement(grid)
        expect({ alpha, percentExact, pairableItems }).toEqual({
          alpha: before.alpha,
          percentExact: before.percentExact,
          pairableItems: before.pairableItems,
        })
      }),
    )
  })

  it('is 1 where everybody agrees and scores vary', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 20 }),
        fc.constantFrom(...METRICS),
        (scores, metric) => {
          fc.pre(new Set(scores).size > 1)
          const { alpha, percentExact, percentAdjacent } = agreement(
            scores.map((score) => [score, score, score]),
            metric,
          )
          expect([alpha, percentExact, percentAdjacent]).toMatchObject(
            new Array(3).fill({ estimable: true, estimate: 1 }),
          )
        },
      ),
    )
  })

  it('is the same on the mirrored scale, except for ratio distances', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const mirrored = grid.map((row) => row.map((score) => (score === null ? null : 5 - score)))
        for (const metric of ['nominal', 'ordinal', 'interval'] as const)
          close(agreement(grid, metric).alpha, agreement(mirrored, metric).alpha)
      }),
    )
  })

  it('takes ordinal distance from how often levels are used, so that an unused level between two does not matter', () => {
    const narrow = patternsFrom(
      [
        { counts: [2, 0], items: 6 },
        { counts: [1, 1], items: 3 },
        { counts: [0, 2], items: 5 },
      ],
      [1, 2],
    )
    const wide = patternsFrom(
      [
        { counts: [2, 0, 0, 0], items: 6 },
        { counts: [1, 0, 0, 1], items: 3 },
        { counts: [0, 0, 0, 2], items: 5 },
      ],
      LEVELS,
    )
    const [a, b] = [agreementOf(narrow), agreementOf(wide)]
    close(a.alpha, b.alpha)
    expect([a.percentAdjacent, b.percentAdjacent]).toMatchObject([{ estimate: 1 }, { estimate: 11 / 14 }])
  })

  it('says why there is no figure', () => {
    expect(
      agreement([
        [1, null],
        [null, 2],
      ]),
    ).toMatchObject({
      items: 2,
      pairableItems: 0,
      ratings: 2,
      alpha: { estimable: false, reason: 'no item has two or more ratings' },
      percentExact: { estimable: false },
    })
    expect(
      agreement([
        [3, 3],
        [3, 3],
        [1, null],
      ]),
    ).toMatchObject({
      alpha: { reason: 'no variation: every score that can be compared is 3, so chance agreement is 1' },
      percentExact: { estimable: true, estimate: 1 },
    })
    const negative = patternsFrom(
      [
        { counts: [1, 1, 0], items: 30 },
        { counts: [0, 1, 1], items: 9 },
      ],
      [-1, 0, 1],
    )
    expect(agreementOf(negative, { metric: 'ratio' }).alpha).toMatchObject({
      reason: expect.stringContaining('negative'),
    })
    expect(agreement([]).alpha.estimable).toBe(false)
  })

  it('never returns a number that is not finite', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(...METRICS), (grid, metric) => {
        const { alpha, percentExact, percentAdjacent } = agreement(grid, metric, 50)
        for (const found of [alpha, percentExact, percentAdjacent]) {
          if (!found.estimable) continue
          expect(Number.isFinite(found.estimate)).toBe(true)
          if (!found.interval.estimable) continue
          expect(found.interval.low).toBeLessThanOrEqual(found.interval.high)
          expect(found.interval.high).toBeLessThanOrEqual(1)
          expect(found.interval.low).toBeGreaterThanOrEqual(-1)
        }
      }),
    )
  })

  it('has the same alphas under several metrics at once as one by one, draws and all', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const triples = grid.flatMap((row, i) => row.map((score, r) => ({ item: `${i}`, rater: `${r}`, score })))
        const { patterns } = patternsOf(ratingsFrom(triples, LEVELS))
        const together = alphasOf(patterns, METRICS, { draws: 50 })
        for (const metric of METRICS)
          expect(together[metric]).toEqual(agreementOf(patterns, { metric, draws: 50 }).alpha)
      }),
      { numRuns: 40 },
    )
  })

  it('gives the same interval for the same seed, whatever the number of items in a pattern', () => {
    const rows = [
      { counts: [3, 1, 0, 0], items: 40_000 },
      { counts: [0, 2, 2, 0], items: 30_000 },
      { counts: [0, 0, 1, 3], items: 50_000 },
    ]
    const patterns = patternsFrom(rows, LEVELS)
    expect(agreementOf(patterns, { seed: 9 })).toEqual(agreementOf(patterns, { seed: 9 }))
    expect(agreementOf(patterns, { seed: 9 }).alpha).not.toEqual(agreementOf(patterns, { seed: 8 }).alpha)
  })
})
