import { describe, expect, it } from 'vitest'
import { scoresOf } from '#tests/support/calibration.ts'
import { seededRandom } from '../../random.ts'
import { drawExample } from '../example.ts'
import { cannotJudge } from './cannot-judge.ts'
import { clusteredMean, clusteredShare } from './clustered.ts'
import { type Companion, companionsOf, poolOf } from './companions.ts'
import { followingOf } from './following.ts'
import { pacesOf } from './pace.ts'

function found<T extends { readonly estimable: true }>(
  value: T | { readonly estimable: false; readonly reason: string },
): T {
  if (!value.estimable) throw new Error(value.reason)
  return value
}

function reasonOf(
  value: { readonly estimable: true } | { readonly estimable: false; readonly reason: string },
): string {
  return value.estimable ? '' : value.reason
}

describe('a mean by items', () => {
  it('is the usual mean with the usual error where every item has one value', () => {
    const mean = found(clusteredMean([1, 2, 3, 6], [0, 1, 2, 3]))
    expect(mean).toMatchObject({ estimate: 3, items: 4, scores: 4 })
    expect(mean.se).toBeCloseTo(Math.sqrt((4 + 1 + 0 + 9) / 3 / 4), 12)
    // t with 3 degrees of freedom: 3.182446305
    if (!mean.interval.estimable) throw new Error(mean.interval.reason)
    expect(mean.interval.high).toBeCloseTo(3 + 3.182446305284263 * (mean.se ?? 0), 9)
  })

  it('copies of a value within an item tell nothing new', () => {
    const once = found(clusteredMean([0, 1, 1, 0, 1], [0, 1, 2, 3, 4]))
    const often = found(clusteredMean([0, 0, 1, 1, 1, 1, 0, 0, 1, 1], [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]))
    expect(often.se).toBeCloseTo(once.se ?? 0, 12)
    expect(often.scores).toBe(10)
  })

  it('has no interval from one item, nor where all values are alike; a share then has the exact bound', () => {
    expect(reasonOf(found(clusteredMean([1, 2], [7, 7])).interval)).toBe('only one item')
    expect(reasonOf(found(clusteredMean([0, 0], [1, 2])).interval)).toMatch(/the same value/)
    expect(reasonOf(clusteredMean([], []))).toBe('there is nothing to compare with')
    const share = found(clusteredShare([1, 1, 1], [1, 2, 3])).interval
    expect(share).toMatchObject({ high: 1, method: 'exact' })
    expect(share.estimable && share.low).toBeCloseTo(0.025 ** (1 / 3), 12)
  })
})

describe('companions', () => {
  // x against the mean of y and z: a 2 - 3 = -1, b 1 - 2.5 = -1.5, c 4 - 3.5 = .5
  const [x, y] = companionsOf(
    scoresOf(['a x 2', 'a y 3', 'a z 3', 'b x 1', 'b y 2', 'b z 3', 'c x 4', 'c y 4', 'c z 3']),
  )

  it('signed difference to the mean of the others', () => {
    const difference = found((x as Companion).difference)
    expect(difference.estimate).toBeCloseTo(-2 / 3, 12)
    expect(x?.differenceSd).toBeCloseTo(Math.sqrt((1 / 9 + 25 / 36 + 49 / 36) / 2), 12)
    expect(difference.items).toBe(3)
  })

  it('range, middle and slope beside the others on the same things', () => {
    expect(x).toMatchObject({ counts: [1, 1, 0, 1], levelsUsed: 3, middleShare: 1 / 3, middleShareOfOthers: 5 / 6 })
    // x: 2, 1, 4 has variance 7/3; the others: 3, 3, 2, 3, 4, 3 have 2/5
    expect(found((x as Companion).sdRatio).value).toBeCloseTo(Math.sqrt(7 / 3 / (2 / 5)), 12)
    // x on 3, 2.5, 3.5: products about the mean (-1/3)(0) + (-4/3)(-1/2) + (5/3)(1/2) = 1.5 over 1/2
    expect(found((x as Companion).slope).value).toBeCloseTo(3, 12)
    expect(y?.middleShare).toBeCloseTo(2 / 3, 12)
  })

  it('one impression for all dimensions shows as halo; straight lines are counted', () => {
    const size = { items: 400, raters: 6, dimensions: 4, overlap: 3, profileSd: 1 }
    const halo = poolOf(companionsOf(drawExample(seededRandom(4), { ...size, haloSd: 1 }).scores))
    const none = poolOf(companionsOf(drawExample(seededRandom(4), size).scores))
    expect(none.halo).toBeLessThan(0.15)
    expect(halo.halo).toBeGreaterThan((none.halo ?? 1) + 0.15)
    const [line] = companionsOf(scoresOf(['a x 222', 'b x 333', 'c x 123', 'd x 4..']))
    expect(found((line as Companion).straightLined)).toMatchObject({ share: 2 / 3, items: 3, withinSd: 1 / 3 })
  })

  it('say why where nobody else scored the same, or nothing varies', () => {
    const [alone] = companionsOf(scoresOf(['a x 12', 'b x 34', 'c y 11']))
    expect(reasonOf((alone as Companion).difference)).toBe('there is nothing to compare with')
    expect(reasonOf((alone as Companion).sdRatio)).toMatch(/fewer than two scores/)
    expect(reasonOf((alone as Companion).halo)).toMatch(/needs two dimensions with 10 items/)
    expect(alone?.middleShareOfOthers).toBeNull()
    const [, same] = companionsOf(scoresOf(['a x 2', 'b x 2', 'c x 2', 'a y 1', 'b y 2', 'c y 3']))
    expect(reasonOf((same as Companion).slope)).toMatch(/all the same/)
    expect(reasonOf((same as Companion).sdRatio)).toMatch(/same score throughout/)
  })
})

describe('against gold, and repeats', () => {
  const levels = [1, 2, 3, 4]
  const pairs = [
    { item: 0, first: 3, second: 3 },
    { item: 0, first: 2, second: 4 },
    { item: 1, first: 4, second: 3 },
    { item: 2, first: 1, second: 1 },
  ]

  it('exact, adjacent, mean difference, kappa', () => {
    const following = followingOf(pairs, levels)
    expect(found(following.exact)).toMatchObject({ estimate: 0.5, items: 3, scores: 4 })
    expect(found(following.adjacent).estimate).toBe(0.75)
    expect(found(following.difference).estimate).toBe(0.25)
    expect(following.differenceSd).toBeCloseTo(Math.sqrt(4.75 / 3), 12)
    // 1 - observed disagreement 5/4 over expected: the squared distances of all first from all second scores, 40/16
    expect(found(following.kappa).estimate).toBeCloseTo(1 - 5 / 4 / (40 / 16), 12)
  })

  it('nothing to compare says so', () => {
    const { exact, difference, kappa, differenceSd } = followingOf([], levels)
    expect([exact, difference, kappa].map(reasonOf)).toEqual(Array(3).fill('there is nothing to compare with'))
    expect(differenceSd).toBeNull()
  })
})

describe('pace and "cannot judge"', () => {
  it('time beside the others on the same items', () => {
    const timing = (rater: number, item: number, seconds: number) => ({ rater, item, seconds })
    const [first, second, third] = pacesOf([
      timing(0, 0, 10),
      timing(1, 0, 20),
      timing(0, 1, 30),
      timing(1, 1, 60),
      timing(5, 9, 7),
      timing(5, 8, 0),
    ])
    expect(first).toMatchObject({ rater: 0, items: 2, median: 20 })
    expect(first && found(first.ratio).value).toBeCloseTo(0.5, 12)
    expect(second && found(second.ratio).value).toBeCloseTo(2, 12)
    expect(third).toMatchObject({ rater: 5, items: 1, ratio: { estimable: false } })
  })

  it("Wilson's interval: 5 of 50 gives [.0435, .2136]", () => {
    const { rate, interval } = found(cannotJudge(5, 50))
    expect(rate).toBe(0.1)
    expect(interval.estimable && interval.low).toBeCloseTo(0.0435, 4)
    expect(interval.estimable && interval.high).toBeCloseTo(0.2136, 4)
    expect(reasonOf(cannotJudge(0, 0))).toBe('was asked nothing')
  })
})
