import { describe, expect, it } from 'vitest'
import { fairScores, scoresOf } from '#tests/support/calibration.ts'
import { calibrate } from './calibrate.ts'

const METHODS = ['mml', 'jml'] as const

describe('what cannot be estimated says why', () => {
  const rest = ['a x 123', 'a y 224', 'b x 312', 'b y 423', 'c x 231', 'c y 143', 'd x 334', 'd y 432']

  it.each(METHODS)('%s: a rater with one level only, while the others stay', (method) => {
    const scores = scoresOf([...rest, 'a z 111', 'b z 111', 'c z 111'])
    const [x, y, z] = calibrate(scores, { method }).raters
    expect(z?.severity).toEqual({
      estimable: false,
      reason: 'gave only the lowest level in use, so severity has no finite value',
    })
    expect([x?.severity.estimable, y?.severity.estimable]).toEqual([true, true])
  })

  it.each(METHODS)(
    '%s: a dimension on which every score is the same counts in fair scores with that score',
    (method) => {
      const scores = scoresOf(rest.map((line) => `${line}4`))
      const { dimensions, items, raters } = calibrate(scores, { method })
      expect(dimensions[3]?.difficulty).toEqual({
        estimable: false,
        reason: 'every score on this dimension is the same, so it tells nothing about raters',
      })
      const without = calibrate(scoresOf(rest), { method })
      items.forEach(({ fair }, item) => {
        const other = without.items[item]?.fair
        if (!fair.estimable || !other?.estimable) throw new Error('no fair score')
        expect(fair.score).toBeCloseTo((3 * other.score + 4) / 4, 9)
      })
      expect(raters.map(({ severity }) => severity)).toEqual(without.raters.map(({ severity }) => severity))
    },
  )

  it.each(METHODS)('%s: one rater', (method) => {
    const { raters, overall, items } = calibrate(scoresOf(['a x 123', 'b x 321', 'c x 442']), { method })
    expect(raters[0]?.severity).toEqual({
      estimable: false,
      reason: 'shares no item with another rater, so there is nobody to compare with',
    })
    expect(overall.estimable).toBe(true)
    expect(items.every(({ fair }) => fair.estimable)).toBe(true)
  })

  it.each(METHODS)('%s: one item, no variation, no score', (method) => {
    const reasonOf = (lines: string[]) => {
      const { overall, raters } = calibrate(scoresOf(lines), { method })
      expect(raters.every(({ severity }) => !severity.estimable)).toBe(true)
      return overall.estimable ? '' : overall.reason
    }
    expect(reasonOf(['a x 123', 'a y 132'])).toMatch(/^needs at least two items/)
    expect(reasonOf(['a x 111', 'a y 444', 'b x 111', 'b y 444'])).toMatch(
      /^no score can be compared: every rater gave/,
    )
    expect(reasonOf(['a x 222', 'a y 222', 'b x 222', 'b y 222'])).toMatch(/^no variation/)
    expect(reasonOf(['a x ...', 'a y ...'])).toBe('there are no scores')
  })

  it('rating scale with unequal numbers of levels', () => {
    const scores = scoresOf(rest)
    const { overall } = calibrate(
      {
        ...scores,
        levels: [
          [1, 2, 3, 4],
          [1, 2, 3, 4],
          [1, 2, 3, 4, 5],
        ],
      },
      { model: 'rating-scale' },
    )
    expect(overall).toMatchObject({ estimable: false, reason: expect.stringMatching(/equally many levels/) })
  })

  it.each(METHODS)('%s: scores so orderly that the likelihood has no top', (method) => {
    const lines = [
      'a x 1',
      'a y 1',
      'a z 2',
      'b x 1',
      'b y 2',
      'b z 2',
      'c x 1',
      'c y 2',
      'c z 3',
      'd x 2',
      'd y 2',
      'd z 3',
    ]
    const { overall, raters } = calibrate(scoresOf(lines), { method })
    expect(overall).toMatchObject({ estimable: false, reason: expect.stringMatching(/does not settle/) })
    expect(raters.map(({ severity }) => severity)).toEqual([overall, overall, overall])
  })

  it('items that do not differ: fair scores are alike, and it is said', () => {
    const scores = scoresOf(['a x 14', 'a y 41', 'b x 41', 'b y 14', 'c x 23', 'c y 32', 'd x 32', 'd y 23'])
    const calibration = calibrate(scores)
    expect(calibration.overall).toMatchObject({
      estimable: true,
      remarks: [expect.stringMatching(/not show that items differ/)],
    })
    const fair = fairScores(calibration)
    expect(Math.max(...fair) - Math.min(...fair)).toBeLessThan(0.01)
  })
})
