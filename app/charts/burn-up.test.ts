import { describe, expect, it } from 'vitest'
import { burnUpOf } from './burn-up.server.ts'

const DAY = 86_400_000

describe('the burn-up chart', () => {
  const chart = burnUpOf({
    days: [
      { day: 0, count: 20 },
      { day: 2 * DAY, count: 30 },
    ],
    startsAt: 0,
    endsAt: 10 * DAY,
    now: 5 * DAY,
    needed: 100,
  })

  it('rises in steps at the end of each day, and stands still since', () => {
    expect(chart.done).toBe('M0,200L10,200L10,163.2L30,163.2L30,108L50,108L50,108')
    expect(chart.dot).toEqual({ x: 50, y: 108 })
  })

  it('has the plan from nothing at the start to all at the date', () => {
    expect(chart.plan).toBe('M0,200L100,16')
    expect(chart.end).toEqual({ x: 100, late: false })
    expect(chart.rows.map(({ count }) => count)).toEqual([0, 50, 100])
  })

  it('goes beyond its date when the ratings do, and says that it is late', () => {
    const late = burnUpOf({
      days: [{ day: 14 * DAY, count: 5 }],
      startsAt: 0,
      endsAt: 10 * DAY,
      now: 16 * DAY,
      needed: 10,
    })
    expect(late.end).toEqual({ x: 66.67, late: true })
  })

  it('draws nothing where nothing was done, and no plan without a date', () => {
    const empty = burnUpOf({ days: [], startsAt: 0, endsAt: null, now: 0, needed: 3 })
    expect(empty).toMatchObject({ done: '', plan: null, dot: null, end: null })
    expect(empty.rows.map(({ count }) => count)).toEqual([0, 3])
  })

  it('has no more ticks than fit', () => {
    const long = burnUpOf({ days: [], startsAt: 0, endsAt: 400 * DAY, now: 0, needed: 3 })
    expect(long.ticks.length).toBeLessThanOrEqual(8)
    expect(long.ticks[0]).toMatchObject({ x: 0, at: 0, anchor: 'start' })
  })
})
