import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { againstRest } from './against-rest.ts'
import { agreementOf } from './agreement.ts'
import { alphaWithoutGroups } from './alpha-without.ts'
import { disagreementSplit } from './disagreement.ts'
import { METRICS } from './metric.ts'
import { pairTables } from './pair-tables.ts'
import { patternsOf } from './patterns.ts'
import { raterPair } from './rater-pairs.ts'
import { ratingsFrom } from './ratings.ts'

type Grid = readonly (readonly (number | null)[])[]

const LEVELS = [1, 2, 3, 4]
const cell = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null, freq: 4 })
const grids = fc
  .integer({ min: 2, max: 5 })
  .chain((raters) =>
    fc.array(fc.array(cell, { minLength: raters, maxLength: raters }), { minLength: 1, maxLength: 15 }),
  )

const ratingsOf = (grid: Grid) =>
  ratingsFrom(
    grid.flatMap((row, i) => row.map((score, r) => ({ item: `${i}`, rater: `${r}`, score }))),
    LEVELS,
  )
const alphaOf = (grid: Grid, metric: (typeof METRICS)[number]) => {
  const { alpha } = agreementOf(patternsOf(ratingsOf(grid)).patterns, { metric, draws: 50 })
  return alpha.estimable ? alpha.estimate : null
}
const without = (grid: Grid, rater: number) => grid.map((row) => row.map((score, r) => (r === rater ? null : score)))

describe('alphaWithoutGroups', () => {
  it('is alpha of the items of the other groups', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(...METRICS), (grid, metric) => {
        const ratings = ratingsOf(grid)
        const groupOf = (item: number) => (item % 4) - 1
        alphaWithoutGroups(ratings, 3, groupOf, metric).forEach((found, group) => {
          const rest = grid.filter((_row, item) => groupOf(item) !== group)
          const expected = alphaOf(rest, metric)
          expect(found).toEqual(expected === null ? null : expect.closeTo(expected, 9))
        })
      }),
    )
  })
})

describe('againstRest', () => {
  it('alpha without a rater is alpha of the ratings without that rater', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(...METRICS), (grid, metric) => {
        againstRest(ratingsOf(grid), metric).forEach((found, rater) => {
          if (!found.estimable) return
          const expected = alphaOf(without(grid, rater), metric)
          const actual = found.alphaWithout.estimable ? found.alphaWithout.estimate : null
          expect(actual).toEqual(expected === null ? null : expect.closeTo(expected, 9))
        })
      }),
    )
  })

  it('has no ratio alpha of negative levels, of all, of pairs or without a rater', () => {
    const triples = [-1, 1, 0, 1, 1, 0].map((score, i) => ({ item: `${i % 3}`, rater: `${i < 3}`, score }))
    const ratings = ratingsFrom(triples, [-1, 0, 1])
    const reason = 'the ratio metric has no meaning for negative levels'
    expect(agreementOf(patternsOf(ratings).patterns, { metric: 'ratio', draws: 50 }).alpha).toMatchObject({ reason })
    const [table] = pairTables(ratings)
    expect(table && raterPair(table, [-1, 0, 1], 'ratio').alpha).toMatchObject({ reason })
    expect(againstRest(ratings, 'ratio')[0]).toMatchObject({ alphaWithout: { reason } })
  })

  it('compares a rater with the mean of the others, item by item', () => {
    const [severe, , third, alone] = againstRest(
      ratingsOf([
        [1, 2, 3, null],
        [2, 4, null, null],
        [2, 3, 3, null],
        [null, null, null, 4],
      ]),
    )
    expect(severe).toMatchObject({
      items: 3,
      exact: 0,
      adjacent: (1 / 2 + 0 + 1) / 3,
      meanDifference: expect.closeTo((-1.5 - 2 - 1) / 3, 12),
      interval: { estimable: true, method: 'student-t' },
    })
    // differences -1.5, -2, -1: sd .5, t(2) = 4.302653
    expect(severe?.estimable && severe.interval.estimable && severe.interval.low).toBeCloseTo(
      -1.5 - (4.302653 * 0.5) / Math.sqrt(3),
      6,
    )
    expect(third).toMatchObject({ items: 2, exact: 1 / 4, adjacent: 3 / 4, meanDifference: expect.closeTo(1, 12) })
    expect(alone).toEqual({ estimable: false, reason: 'shares no item with another rater' })
  })

  it('has no interval from one item, or where all differ by the same', () => {
    const reasons = againstRest(
      ratingsOf([
        [1, 2],
        [2, 3],
      ]),
    ).map((found) => found.estimable && found.interval)
    expect(reasons).toMatchObject(
      [{ estimable: false, reason: /same amount/ }, { estimable: false }].map(({ estimable }) => ({ estimable })),
    )
    expect(againstRest(ratingsOf([[1, 2]]))[0]).toMatchObject({ interval: { reason: 'an interval needs two items' } })
  })
})

describe('disagreementSplit', () => {
  it('shares add up to 1 in every split', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(...METRICS), (grid, metric) => {
        const split = disagreementSplit(ratingsOf(grid), metric)
        if (!split.estimable) return
        const total = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0)
        expect(total(split.levelPairs.map((pair) => pair.share))).toBeCloseTo(1, 9)
        expect(total(split.raters.map((rater) => rater.share))).toBeCloseTo(1, 9)
        expect(total(split.raters.map((rater) => rater.ratingsShare))).toBeCloseTo(1, 9)
        expect(total([...split.items])).toBeCloseTo(1, 9)
      }),
    )
  })

  it('finds the rater, the item and the levels', () => {
    const split = disagreementSplit(
      ratingsOf([
        [1, 1, 4],
        [2, 2, 2],
        [3, 3, 3],
        [4, 4, null],
        [2, null, null],
      ]),
      'interval',
    )
    if (!split.estimable) throw new Error(split.reason)
    expect(split.levelPairs).toEqual([{ low: 1, high: 4, share: 1 }])
    expect(split.raters.map(({ share }) => share)).toEqual([0.25, 0.25, 0.5])
    expect(split.raters[2]?.ratingsShare).toBeCloseTo(3 / 11, 12)
    expect([...split.items]).toEqual([1, 0, 0, 0, 0])
  })

  it('has nothing to split where all agree', () => {
    expect(
      disagreementSplit(
        ratingsOf([
          [1, 1],
          [2, 2],
        ]),
      ),
    ).toEqual({ estimable: false, reason: 'no disagreement was seen' })
  })
})

describe('raterPair', () => {
  it('measures each pair on its common items, with their number', () => {
    const ratings = ratingsOf([
      [1, 2, null],
      [2, 2, 1],
      [4, 3, null],
      [3, 3, null],
    ])
    const pairs = pairTables(ratings).map((table) => raterPair(table, LEVELS))
    expect(pairs.map(({ first, second, items }) => [first, second, items])).toEqual([
      [0, 1, 4],
      [0, 2, 1],
      [1, 2, 1],
    ])
    expect(pairs[0]).toMatchObject({
      exact: 1 / 2,
      adjacent: 1,
      meanDifference: 0,
      spearman: { estimable: true },
      quadraticKappa: { items: 4 },
    })
    expect(pairs[1]).toMatchObject({
      exact: 0,
      meanDifference: 1,
      spearman: { estimable: false },
      alpha: { estimable: true },
    })
  })

  it('alpha of a pair is alpha of their ratings', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(...METRICS), (grid, metric) => {
        for (const table of pairTables(ratingsOf(grid))) {
          const { alpha, first, second } = raterPair(table, LEVELS, metric)
          const expected = alphaOf(
            grid.map((row) => [row[first] ?? null, row[second] ?? null]),
            metric,
          )
          expect(alpha.estimable ? alpha.estimate : null).toEqual(
            expected === null ? null : expect.closeTo(expected, 9),
          )
        }
      }),
    )
  })
})
