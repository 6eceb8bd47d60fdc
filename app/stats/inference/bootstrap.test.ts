import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { bcaInterval } from './bca.ts'
import { bootstrapIntervals, type Quantity } from './bootstrap.ts'
import { contributionsFrom, type Statistic, sumsOf } from './contributions.ts'
import { exactBound } from './exact-bound.ts'
import { leaveOneOut } from './jackknife.ts'
import { normalQuantile } from './normal.ts'
import { quantileOfSorted } from './quantile.ts'
import { resampler } from './resampling.ts'

const mean: Statistic = (sums, items) => (sums[0] as number) / items
const share: Quantity = { statistic: mean, kind: 'share' }
const coefficient: Quantity = { statistic: mean, kind: 'coefficient' }

const items = (...values: number[]) =>
  contributionsFrom(
    1,
    values.map((value) => ({ size: 1, add: [[0, value]] })),
  )
const spread = (count: number) => items(...Array.from({ length: count }, (_, i) => (i % 10) / 10))

describe('resampling', () => {
  it.each([
    ['by binomials', [700, 200, 100]],
    ['one by one', [4, 3, 2]],
  ])('%s draws as many items as there are, each group as often as its size', (_name, sizes) => {
    const draw = resampler(Float64Array.from(sizes))
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const random = seededRandom(3)
    const out = new Float64Array(3)
    const draws = 20_000
    let sum = 0
    let squares = 0
    for (let i = 0; i < draws; i++) {
      draw(random, out)
      expect(out.reduce((drawn, count) => drawn + count, 0)).toBe(total)
      sum += out[0] as number
      squares += (out[0] as number) ** 2
    }
    const chance = (sizes[0] as number) / total
    const average = sum / draws
    const variance = squares / draws - average ** 2
    expect(Math.abs(average - total * chance)).toBeLessThan(4 * Math.sqrt((total * chance) / draws))
    expect(variance / (total * chance * (1 - chance))).toBeCloseTo(1, 1)
  })
})

/** Items of 1 but for some of .5. */
const allButSome = (some: number, all: number) => items(...Array.from({ length: all }, (_, i) => (i < some ? 0.5 : 1)))

describe('bootstrapIntervals', () => {
  it('gives none below 10 items, a rough one below 20, BCa from 20 up', () => {
    const at = (count: number) => bootstrapIntervals(spread(count), { share, coefficient })
    expect(at(9).share).toEqual({
      estimable: false,
      reason: 'an interval needs at least 10 items with two or more ratings; there are 9',
    })
    expect(at(10).coefficient).toMatchObject({ estimable: true, method: 'bootstrap-t', rough: true })
    expect(at(10).share).toMatchObject({ estimable: true, method: 'bca', rough: true })
    expect(at(20).coefficient).toMatchObject({ estimable: true, method: 'bca', rough: false, draws: 2000, dropped: 0 })
  })

  it('is close to the normal interval of a mean of many items', () => {
    const many = contributionsFrom(1, [
      { size: 3000, add: [[0, 0.2]] },
      { size: 1000, add: [[0, 0.8]] },
    ])
    const { share: found } = bootstrapIntervals(many, { share }, { draws: 20_000 })
    const error = 0.6 * Math.sqrt((0.25 * 0.75) / 4000)
    expect(found).toMatchObject({
      low: expect.closeTo(0.35 - 1.96 * error, 3),
      high: expect.closeTo(0.35 + 1.96 * error, 3),
    })
  })

  it('repeats itself for a seed', () => {
    const at = (seed: number) => bootstrapIntervals(spread(25), { share }, { seed })
    expect(at(4)).toEqual(at(4))
    expect(at(4)).not.toEqual(at(5))
  })

  it('narrows with the number of items as 1/sqrt(n)', () => {
    const width = (times: number) => {
      const found = bootstrapIntervals({ ...spread(20), sizes: new Float64Array(20).fill(times) }, { share }).share
      return found.estimable ? found.high - found.low : Number.NaN
    }
    expect(width(50) / width(200)).toBeCloseTo(2, 1)
  })

  it('bounds shares exactly where all items are alike at an end', () => {
    const all = bootstrapIntervals(items(...new Array<number>(40).fill(1)), { share, coefficient })
    expect(all.share).toMatchObject({ method: 'exact', low: 0.025 ** (1 / 40), high: 1 })
    expect(all.coefficient).toMatchObject({ reason: expect.stringContaining('no disagreement was seen') })
    expect(bootstrapIntervals(items(...new Array<number>(40).fill(0)), { share }).share).toMatchObject({ low: 0 })
    const middle = bootstrapIntervals(items(...new Array<number>(40).fill(0.3)), { share })
    expect(middle.share).toMatchObject({ estimable: false, reason: expect.stringContaining('looks the same') })
  })

  it('refuses where the quantity is missing in many draws, counts few missing ones', () => {
    const ratio: Quantity = {
      statistic: (sums, n) => ((sums[0] as number) === 0 ? Number.NaN : (sums[0] as number) / n),
      kind: 'coefficient',
    }
    const withOnes = (ones: number) => items(...Array.from({ length: 30 }, (_, i) => (i < ones ? 0.5 : 0)))
    expect(bootstrapIntervals(withOnes(1), { ratio }).ratio).toMatchObject({
      reason: expect.stringMatching(/^too few items differ: 7\d\d of 2000 bootstrap draws hold no variation$/),
    })
    const three = bootstrapIntervals(withOnes(3), { ratio }).ratio
    expect(three.estimable && three.dropped).toBeGreaterThan(50)
    expect(three.estimable && three.dropped).toBeLessThan(150)
  })

  it('leaves out draws that cannot be studentised, and counts them', () => {
    const near = bootstrapIntervals(allButSome(3, 12), { coefficient }).coefficient
    expect(near).toMatchObject({ estimable: true, method: 'bootstrap-t' })
    // the three differing items are missing from a draw with chance (9/12)^12 = .032
    expect(near.estimable && near.dropped / 2000).toBeCloseTo(0.032, 2)
  })

  it('does not pretend to know a lower end where all but one or two items are perfect', () => {
    // missing from a draw with chance (11/12)^12 = .352, and (18/20)^20 = .122
    expect(bootstrapIntervals(allButSome(1, 12), { coefficient }).coefficient).toMatchObject({
      reason: expect.stringMatching(/^too few items hold a disagreement: [67]\d\d of 2000 bootstrap draws hold none/),
    })
    const found = (some: number) => bootstrapIntervals(allButSome(some, 20), { coefficient, share })
    expect(found(2).coefficient).toMatchObject({ method: 'bca', rough: true })
    expect(found(2).share).toMatchObject({ method: 'bca', rough: false })
    expect(found(3).coefficient).toMatchObject({ method: 'bca', rough: false })
  })
})

describe('parts', () => {
  it('leaves one item out per group', () => {
    const three = contributionsFrom(1, [
      { size: 2, add: [[0, 1]] },
      { size: 1, add: [[0, 4]] },
    ])
    expect([...leaveOneOut(three, three.sizes, sumsOf(three), 3, mean)]).toEqual([2.5, 1])
  })

  it('counts ties with the estimate as half below: a symmetric draw needs no correction', () => {
    const sorted = Float64Array.from([-2, -1, 0, 0, 0, 1, 2])
    const [low, high] = bcaInterval(0, sorted, { second: 1, third: 0 }, 0.5)
    expect(low).toBeCloseTo(quantileOfSorted(sorted, 0.25), 12)
    expect(high).toBeCloseTo(quantileOfSorted(sorted, 0.75), 12)
  })

  it('shifts by the bias and stretches by the acceleration (Efron & Tibshirani 1993, 14.10)', () => {
    const sorted = Float64Array.from({ length: 999 }, (_, i) => normalQuantile((i + 1) / 1000))
    const bias = normalQuantile(0.6)
    const acceleration = 0.1
    const [low] = bcaInterval(normalQuantile(0.6), sorted, { second: 1, third: 0.6 }, 0.95)
    const shifted = bias - 1.959963984540054
    expect(low).toBeCloseTo(bias + shifted / (1 - acceleration * shifted), 2)
  })

  it('bounds what n alike items leave possible', () => {
    expect(exactBound(1, 59, 0.9)[0]).toBeCloseTo(0.95, 3) // 59 of 59: the classic 95 % tolerance
    expect(exactBound(0, 59, 0.9)).toEqual([0, 1 - exactBound(1, 59, 0.9)[0]])
  })
})
