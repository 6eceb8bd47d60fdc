import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import { normalDraws } from '../normal-draws.ts'
import { bridge } from './bridge.ts'
import { crossedError } from './crossed-error.ts'
import { type BridgeRatings, pairsOf } from './pairs.ts'

const LEVELS = [1, 2, 3, 4]
type Row = readonly [item: number, rater: number, version: 0 | 1, score: number]
const ratings = (rows: readonly Row[]): BridgeRatings => ({
  item: Uint32Array.from(rows, ([item]) => item),
  rater: Uint32Array.from(rows, ([, rater]) => rater),
  version: Uint8Array.from(rows, ([, , version]) => version),
  period: new Uint32Array(rows.length),
  score: Float64Array.from(rows, ([, , , score]) => score),
})
const found = (rows: readonly Row[]) => {
  const result = bridge(ratings(rows), LEVELS)
  if (!result.estimable) throw new Error(result.reason)
  return result
}

/** 30 items, 2 raters; every third item one level lower under the new version. */
const stricter: Row[] = Array.from({ length: 30 }, (_, item) => item).flatMap((item) =>
  [0, 1].flatMap((rater): Row[] => {
    const score = 2 + ((item + rater) % 3)
    return [
      [item, rater, 0, score],
      [item, rater, 1, item % 3 === 0 ? score - 1 : score],
    ]
  }),
)

describe('bridge', () => {
  it('finds the shift, its interval over items, and what moved', () => {
    const { shift, items, raters, pairs, equivalence, transitions, equated, anyRaters } = found(stricter)
    expect([items, raters, pairs]).toEqual([30, 2, 60])
    expect(shift.estimate).toBeCloseTo(-1 / 3, 12)
    // item differences: ten of -1, twenty of 0
    expect(shift.se).toBeCloseTo(Math.sqrt((10 * (2 / 3) ** 2 + 20 / 9) / 29 / 30), 12)
    expect(equivalence).toMatchObject({ equivalent: false })
    expect(transitions.flat().reduce((sum, count) => sum + count, 0)).toBe(60)
    expect(transitions[2]?.[1]).toBeGreaterThan(0)
    expect(equated.advised).toBe('linear')
    expect(equated.linear.equivalents[2]).toBeLessThan(3)
    expect(anyRaters).toMatchObject({ estimable: false, reason: expect.stringContaining('8 raters') })
  })

  it('says that unchanged versions are equivalent when they are, and never by lack of items', () => {
    const noise = seededRandom(3)
    const same = (count: number): Row[] =>
      Array.from({ length: count }, (_, item) => item).flatMap((item): Row[] => {
        const u = noise.uniform()
        return [
          [item, 0, 0, 2],
          [item, 0, 1, u < 0.1 ? 1 : u > 0.9 ? 3 : 2],
        ]
      })
    expect(found(same(200)).equivalence).toMatchObject({ equivalent: true })
    expect(found(same(12)).equivalence).toMatchObject({ equivalent: false })
  })

  it('turns over when old and new are exchanged', () => {
    const back = found(
      stricter.map(([item, rater, version, score]): Row => [item, rater, version === 0 ? 1 : 0, score]),
    )
    const { shift, transitions } = found(stricter)
    expect(back.shift.estimate).toBeCloseTo(-shift.estimate, 12)
    expect(back.transitions).toEqual(transitions.map((_, k) => transitions.map((row) => row[k])))
  })

  it('says what is missing', () => {
    expect(bridge(ratings(stricter.filter(([, , version]) => version === 1)), LEVELS)).toEqual({
      estimable: false,
      reason: 'no rater rated an item under both versions',
    })
    expect(bridge(ratings(stricter.slice(0, 4)), LEVELS)).toMatchObject({ estimable: false })
  })
})

describe('crossedError', () => {
  it('covers the true shift of all raters at about its confidence', () => {
    const normal = normalDraws(seededRandom(8))
    const errors: number[] = []
    const claimed: number[] = []
    for (let run = 0; run < 300; run++) {
      const [items, raters] = [
        Array.from({ length: 40 }, () => 0.4 * normal()),
        Array.from({ length: 10 }, () => 0.3 * normal()),
      ]
      const rows = items.flatMap((item, i) =>
        raters.flatMap((rater, r): Row[] => [
          [i, r, 0, 0],
          [i, r, 1, item + rater + 0.5 * normal()],
        ]),
      )
      const found = crossedError(pairsOf(ratings(rows)))
      if ('estimable' in found) throw new Error(found.reason)
      errors.push(found.difference)
      claimed.push(found.se ** 2)
    }
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const ratio = mean(claimed) / mean(errors.map((error) => error ** 2))
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.25)
  })
})
