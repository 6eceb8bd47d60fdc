import { describe, expect, it } from 'vitest'
import { endAtPace, type Going, goingInWords, paceOf, silentInWords } from './pace.ts'

const DAY = 86_400_000
const NOW = 100 * DAY

const going = (over: Partial<Going>): Going => ({
  state: 'open',
  needed: 100,
  ratings: 0,
  days: [],
  endsAt: null,
  ...over,
})
const steady = (days: number, ratings: number) =>
  Array.from({ length: days }, (_, i) => ({ day: NOW - (days - i) * DAY, ratings }))

describe('the pace of a round', () => {
  it('is that of the last seven days', () => {
    expect(paceOf(going({ days: [{ day: NOW - 30 * DAY, ratings: 500 }, ...steady(7, 4)] }), NOW)).toBeCloseTo(4, 6)
    expect(paceOf(going({ days: steady(2, 10) }), NOW)).toBeCloseTo(10, 6)
    expect(paceOf(going({}), NOW)).toBe(0)
  })

  it('says when the rest would be in', () => {
    expect(endAtPace(going({ ratings: 60, days: steady(7, 10) }), NOW)).toBeCloseTo(NOW + 4 * DAY, 0)
    expect(endAtPace(going({ ratings: 100, days: steady(7, 10) }), NOW)).toBeNull()
  })

  it.each([
    [{ state: 'draft' as const }, 'Not open yet: 100 ratings to make.'],
    [{ ratings: 100 }, 'All 100 ratings are in.'],
    [{ state: 'closed' as const, ratings: 90 }, 'Closed with 10 of 100 ratings missing.'],
    [{}, 'No rating has come in yet; 100 are wanted.'],
    [{ ratings: 60 }, '60 of 100 ratings are in. None came in during the last seven days.'],
    [
      { ratings: 60, days: steady(7, 10) },
      '60 of 100 ratings are in; at the pace of the last days the rest takes four days.',
    ],
    [
      { ratings: 60, days: steady(7, 10), endsAt: NOW + 9 * DAY },
      '60 of 100 ratings are in; at the pace of the last days the rest takes four days and ends five days before its date.',
    ],
    [
      { ratings: 60, days: steady(7, 10), endsAt: NOW + 3 * DAY },
      '60 of 100 ratings are in; at the pace of the last days the rest takes four days and ends a day after its date.',
    ],
    [
      { ratings: 60, days: steady(7, 10), endsAt: NOW - 2 * DAY },
      '60 of 100 ratings are in. The round is two days over its date; at the pace of the last days the rest takes four days.',
    ],
  ])('is told against the date %#', (over, words) => {
    expect(goingInWords(going(over), NOW)).toBe(words)
  })

  it('names how many have not begun, unless nobody has', () => {
    const rater = (submitted: number, inHand = 0) => ({ name: 'x', submitted, inHand })
    expect(silentInWords([rater(0), rater(3), rater(0, 1)])).toBe('One rater has not begun.')
    expect(silentInWords([rater(0), rater(0)])).toBeNull()
    expect(silentInWords([rater(2)])).toBeNull()
  })
})
