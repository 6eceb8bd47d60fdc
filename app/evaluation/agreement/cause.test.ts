import { describe, expect, it } from 'vitest'
import type { Breakdown, RaterShare } from './breakdown.ts'
import { largestCause } from './cause.ts'

const rater = (name: string, share: number, ratingsShare: number): RaterShare => ({
  rater: name,
  share,
  ratingsShare,
  items: 20,
  alphaWithout: null,
  exact: null,
  adjacent: null,
  meanDifference: null,
  differenceWithin: null,
})
const even = (count: number) => Array.from({ length: count }, (_, i) => rater(`r${i}`, 1 / count, 1 / count))
const spread: Breakdown = {
  estimable: true,
  levels: [1, 2, 3, 4],
  items: 100,
  levelPairs: [
    { low: 2, high: 3, share: 0.45 },
    { low: 1, high: 2, share: 0.55 - 0.1 },
    { low: 3, high: 4, share: 0.1 },
  ],
  raters: even(8),
  segments: Array.from({ length: 5 }, (_, i) => ({
    category: `c${i}`,
    userSegment: 'novice',
    items: 20,
    share: 0.2,
    alphaWithout: null,
  })),
  worst: Array.from({ length: 5 }, (_, i) => ({ item: `i${i}`, share: 0.02, alphaWithout: null })),
  itemsApart: 60,
  spread: [40, 60, 0, 0],
  paired: [],
  pairs: [],
  groups: null,
}
const cause = (over: Partial<Breakdown>, nameOf: (id: string) => string | null = (id) => id.toUpperCase()) =>
  largestCause({ ...spread, ...over }, 'Conciseness', nameOf)

describe('the largest cause of disagreement', () => {
  it('is a few raters who carry more than their part', () => {
    const raters = [
      rater('d', 0.36, 0.15),
      rater('e', 0.26, 0.13),
      ...even(6).map((one) => ({ ...one, share: 0.38 / 6, ratingsShare: 0.12 })),
    ]
    expect(cause({ raters })).toBe(
      '62 % of the disagreement on conciseness comes from two raters, D and E, who gave 28 % of the scores.',
    )
    expect(cause({ raters }, () => null)).toBe(
      '62 % of the disagreement on conciseness comes from two raters, who gave 28 % of the scores.',
    )
  })

  it('is not a rater who only rated much, nor one of three', () => {
    expect(
      cause({
        raters: [rater('d', 0.6, 0.55), ...even(7).map((one) => ({ ...one, share: 0.4 / 7, ratingsShare: 0.45 / 7 }))],
      }),
    ).toMatch(/no single cause/)
    expect(cause({ raters: [rater('d', 0.6, 0.3), rater('e', 0.2, 0.35), rater('f', 0.2, 0.35)] })).toBe(null)
  })

  it('is a segment, or a handful of items', () => {
    const segments = spread.segments.map((one, i) => ({ ...one, share: i === 0 ? 0.52 : 0.12 }))
    expect(cause({ segments })).toBe(
      '52 % of the disagreement on conciseness comes from the segment c0, novice, which has 20 % of the items.',
    )
    expect(cause({ worst: spread.worst.map((one) => ({ ...one, share: 0.11 })) })).toBe(
      '55 % of the disagreement on conciseness comes from five of the 100 items.',
    )
  })

  it('is a pair of levels where nothing else stands out; where none does, how far it is spread', () => {
    const levelPairs = [
      { low: 2, high: 3, share: 0.61 },
      { low: 3, high: 4, share: 0.39 },
    ]
    expect(cause({ levelPairs })).toBe(
      '61 % of the disagreement on conciseness is between the levels 2 and 3; it is spread over raters and segments.',
    )
    expect(cause({})).toBe(
      'The disagreement on conciseness has no single cause: no rater carries more than 13 % of it, no segment more than 20 % and no pair of levels more than 45 %.',
    )
    expect(cause({ raters: even(3) })).toBe(null)
  })
})
