import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import { normalDraws } from '../normal-draws.ts'
import type { AnchorRatings } from './anchor-ratings.ts'
import { meanChange } from './mean-change.ts'
import { panelChange } from './panel-change.ts'
import { raterChanges } from './rater-changes.ts'
import { signedRankP } from './signed-rank.ts'
import { stratifiedChange } from './stratified-change.ts'

const LEVELS = [1, 2, 3, 4]
type Row = { item: number; rater: number; period: number; score: number }
const anchorRatings = (rows: readonly Row[]): AnchorRatings => {
  const count = (of: (row: Row) => number) => rows.reduce((most, row) => Math.max(most, of(row) + 1), 0)
  return {
    itemCount: count((row) => row.item),
    raterCount: count((row) => row.rater),
    periodCount: count((row) => row.period),
    item: Uint32Array.from(rows, (row) => row.item),
    rater: Uint32Array.from(rows, (row) => row.rater),
    period: Uint32Array.from(rows, (row) => row.period),
    score: Float64Array.from(rows, (row) => row.score),
  }
}
const anyRows = fc.array(
  fc.record({
    item: fc.integer({ min: 0, max: 9 }),
    rater: fc.integer({ min: 0, max: 3 }),
    period: fc.integer({ min: 0, max: 1 }),
    score: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 50 },
)

describe('panelChange', () => {
  it('is zero, with nothing moved, when a period repeats the baseline', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const before = rows.map((row) => ({ ...row, period: 0 }))
        const twice = anchorRatings([...before, ...before.map((row) => ({ ...row, period: 1 }))])
        const { change, moved, transitions } = panelChange(twice, 1, LEVELS)
        expect(moved).toMatchObject({ up: 0, down: 0 })
        if (change.estimable) expect(change).toMatchObject({ estimate: 0, p: 1 })
        const total = transitions.flat().reduce((sum, weight) => sum + weight, 0)
        expect(total).toBeCloseTo(moved.items, 9)
        for (const change of raterChanges(twice, 1)) expect(change.alarm).toBe(false)
      }),
    )
  })

  it('does not depend on names, and turns over when the periods are exchanged', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const change = (some: readonly Row[]) => panelChange(anchorRatings(some), 1, LEVELS).change
        const here = change([...rows, { item: 9, rater: 3, period: 1, score: 1 }])
        const more = [...rows, { item: 9, rater: 3, period: 1, score: 1 }]
        const renamed = change(more.map((row) => ({ ...row, item: 9 - row.item, rater: 3 - row.rater })).reverse())
        const exchanged = change(
          [...more, { item: 50, rater: 0, period: 0, score: 1 }].map((row) => ({ ...row, period: 1 - row.period })),
        )
        expect([renamed.estimable, exchanged.estimable]).toEqual([here.estimable, here.estimable])
        if (!here.estimable || !renamed.estimable || !exchanged.estimable) return
        expect(renamed.estimate).toBeCloseTo(here.estimate, 12)
        expect(renamed.se).toBeCloseTo(here.se, 12)
        expect(exchanged.estimate).toBeCloseTo(-here.estimate, 12)
      }),
    )
  })

  it('does not take a change of raters for one of the panel when readings are known', () => {
    const rows = Array.from({ length: 20 }, (_, item) => [
      { item, rater: 0, period: 0, score: 2 + (item % 2) },
      { item, rater: 1, period: 1, score: 1 + (item % 2) },
    ]).flat()
    const { change } = panelChange(anchorRatings(rows), 1, LEVELS, [0.5, -0.5])
    expect(change).toMatchObject({ estimate: expect.closeTo(0, 12) })
    expect(panelChange(anchorRatings(rows), 1, LEVELS).change).toMatchObject({ estimate: -1 })
  })

  it('covers the true change at its confidence', () => {
    const normal = normalDraws(seededRandom(12))
    let covered = 0
    for (let run = 0; run < 1000; run++) {
      const change = meanChange(Array.from({ length: 25 }, () => 0.3 + 0.8 * normal()))
      if (!change.estimable || !change.interval.estimable) throw new Error('no interval')
      if (change.interval.low <= 0.3 && 0.3 <= change.interval.high) covered++
    }
    expect(covered).toBeGreaterThan(930)
    expect(covered).toBeLessThan(968)
  })
})

describe('raterChanges', () => {
  const panel = (raters: number, moved: (rater: number) => number): AnchorRatings => {
    const normal = normalDraws(seededRandom(2))
    return anchorRatings(
      Array.from({ length: raters * 40 }, (_, i) => ({ rater: i % raters, item: Math.floor(i / raters) })).flatMap(
        ({ rater, item }) =>
          [0, 1].map((period) => ({
            item,
            rater,
            period,
            score: 2 + 0.2 * normal() + (period === 1 ? moved(rater) : 0),
          })),
      ),
    )
  }

  it('names the rater who changed and nobody else', () => {
    const found = raterChanges(
      panel(6, (rater) => (rater === 4 ? -0.6 : 0)),
      1,
    )
    expect(found.filter(({ alarm }) => alarm).map(({ rater }) => rater)).toEqual([4])
    expect(Math.abs((found[4]?.beyondPanel ?? 0) + 0.6)).toBeLessThan(0.12)
  })

  it('names nobody when the whole panel moved', () => {
    const found = raterChanges(
      panel(6, () => -0.6),
      1,
    )
    expect(found.some(({ alarm }) => alarm)).toBe(false)
    for (const { change } of found) expect(change).toMatchObject({ estimate: expect.closeTo(-0.6, 0) })
  })

  it('does not take a steady rater, who gives the same levels again, for one who changed when the panel moved', () => {
    // seven anchors each: rater 0 repeats every level, the others give one level less on three of them
    const entries = Array.from({ length: 6 * 7 }, (_, i) => ({ rater: i % 6, item: Math.floor(i / 6) })).flatMap(
      ({ rater, item }) => [
        { rater, item, period: 0, score: 3 },
        { rater, item, period: 1, score: rater > 0 && (item + rater) % 7 < 3 ? 2 : 3 },
      ],
    )
    const [steady, other] = raterChanges(anchorRatings(entries), 1)
    expect(steady).toMatchObject({ change: { estimate: 0, se: 0 }, alarm: false })
    expect(steady?.beyondPanel).toBeGreaterThan(0.25)
    expect(steady?.beyondSe).toBeGreaterThan(0.1)
    expect(other?.alarm).toBe(false)
  })

  it('says of a rater with few anchors how many it takes', () => {
    const [first] = raterChanges(anchorRatings([{ item: 0, rater: 0, period: 1, score: 1 }]), 1)
    expect(first?.change).toMatchObject({ estimable: false, reason: expect.stringContaining('needs 5 anchors') })
  })
})

describe('signedRankP', () => {
  it.each([
    // counted by hand: twice the share of sign patterns whose smaller rank sum is no larger
    [[1.1, -0.4, 2.3, 0.7, 3.2, -0.2, 1.9, 0.9], 0.0390625],
    [[1, 2, 3, 4, 5], 0.0625],
    [[-1, 2, -3], 0.75],
  ])('of %j', (differences, p) => {
    expect(signedRankP(differences)).toBeCloseTo(p, 12)
  })

  it('drops zeros, is symmetric, and is 1 where nothing moved', () => {
    expect(signedRankP([0, 0, 0])).toBe(1)
    expect(signedRankP([0, 1, 1, 1, 0])).toBeCloseTo(0.25, 12)
    expect(signedRankP([-1, -1, -1])).toBe(signedRankP([1, 1, 1]))
  })
})

describe('stratifiedChange', () => {
  it('does not take regression to the mean for drift when there is a rescore', () => {
    const normal = normalDraws(seededRandom(6))
    const level = (quality: number) => Math.min(4, Math.max(1, Math.round(quality + 0.6 * normal())))
    const pool = Array.from({ length: 20_000 }, () => 2.5 + 0.8 * normal()).map((quality) => ({
      quality,
      first: level(quality),
    }))
    const shares = LEVELS.map((k) => pool.filter(({ first }) => first === k).length / pool.length)
    const drawn = LEVELS.flatMap((k) => pool.filter(({ first }) => first === k).slice(0, 400))
    const stratum = drawn.map(({ first }) => first - 1)
    const after = drawn.map(({ quality }) => level(quality))
    const rescore = drawn.map(({ quality }) => level(quality))
    const plain = after.reduce((sum, score, i) => sum + score - (drawn[i]?.first ?? 0), 0) / after.length
    const fair = stratifiedChange({ shares, stratum, after, before: rescore })
    const weighted = stratifiedChange({ shares, stratum, after, before: drawn.map(({ first }) => first) })
    if (!fair.estimable || !fair.interval.estimable || !weighted.estimable) throw new Error('not estimable')
    expect(fair.interval.low).toBeLessThan(0)
    expect(fair.interval.high).toBeGreaterThan(0)
    expect(Math.abs(weighted.estimate)).toBeLessThan(0.05)
    expect(Math.abs(plain)).toBeLessThan(0.2)
  })

  it('weighs by the shares among all items, not among the anchors', () => {
    const found = stratifiedChange({
      shares: [0.9, 0.1],
      stratum: [0, 0, 1, 1, 1, 1],
      before: [1, 1, 2, 2, 2, 2],
      after: [1, 1.2, 3, 3.2, 3, 3.2],
    })
    expect(found).toMatchObject({ estimate: expect.closeTo(0.9 * 0.1 + 0.1 * 1.1, 12), items: 6 })
    expect(
      stratifiedChange({ shares: [0.5, 0.5], stratum: [0, 0, 1], before: [1, 1, 1], after: [1, 2, 1] }),
    ).toMatchObject({
      estimable: false,
    })
  })
})
