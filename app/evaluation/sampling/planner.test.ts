import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SamplingAsked, SegmentTraffic, Traffic } from './planned.ts'
import { planFrom } from './planner.ts'
import { holdoutOf } from './split.ts'

const ASKED: SamplingAsked = { size: 100, floorShare: 0.15, holdoutShare: 0.3, seed: 1 }
const CATEGORIES = ['lookup', 'reasoning', 'generation', 'refusal', 'edge', 'small talk', 'coding', 'other']
const USERS = ['expert', 'novice', 'casual']

const traffic = (segments: SegmentTraffic[], categories = 5): Traffic => ({
  segments,
  unassigned: 0,
  categories: CATEGORIES.slice(0, categories),
  userSegments: USERS,
})
const segment = (category: string, userSegment: string, waiting: number, more = 0): SegmentTraffic => ({
  category,
  userSegment,
  waiting,
  traffic: waiting + more,
})
const drawnOf = (counted: Traffic, asked: Partial<SamplingAsked> = {}) =>
  planFrom(counted, { ...ASKED, ...asked }).categories.map(({ drawn }) => drawn)

const anyTraffic = (categories: number) =>
  fc
    .array(fc.tuple(fc.nat(categories - 1), fc.nat(2), fc.integer({ min: 1, max: 400 }), fc.nat(300)), {
      minLength: 1,
      maxLength: 20,
    })
    .map((rows) => {
      const found = new Map<string, SegmentTraffic>()
      for (const [c, u, waiting, more] of rows) {
        found.set(`${c} ${u}`, segment(CATEGORIES[c] as string, USERS[u] as string, waiting, more))
      }
      return traffic([...found.values()], categories)
    })
const anyAsked = fc.record({
  size: fc.integer({ min: 1, max: 900 }),
  floorShare: fc.constantFrom(0, 0.05, 0.15, 0.2, 0.5),
  holdoutShare: fc.constantFrom(0, 0.1, 0.3, 0.5, 1),
  seed: fc.constant(1),
})

describe('how many cases each category gets', () => {
  it('is its share of the traffic, but never under the floor', () => {
    const counted = traffic([
      segment('lookup', 'expert', 6_000),
      segment('reasoning', 'expert', 2_500),
      segment('generation', 'expert', 900),
      segment('refusal', 'expert', 400),
      segment('edge', 'expert', 200),
    ])
    expect(drawnOf(counted)).toEqual([39, 16, 15, 15, 15])
    expect(drawnOf(counted, { floorShare: 0 })).toEqual([60, 25, 9, 4, 2])
    expect(drawnOf(counted, { size: 101 })).toEqual([37, 16, 16, 16, 16])
  })

  it('goes by an equal share where the floor is more than all of them can have, and says so', () => {
    const counted = traffic(
      CATEGORIES.slice(0, 7).map((category, i) => segment(category, 'expert', 1_000 * (i + 1))),
      7,
    )
    const plan = planFrom(counted, { ...ASKED, size: 140 })
    expect(plan.floor).toEqual({ share: 1 / 7, equal: true })
    expect(plan.categories.map(({ drawn }) => drawn)).toEqual([20, 20, 20, 20, 20, 20, 20])
    expect(planFrom(counted, { ...ASKED, floorShare: 0.1 }).floor).toEqual({ share: 0.1, equal: false })
    const six = traffic(counted.segments.slice(0, 6), 6)
    expect(planFrom(six, ASKED).floor).toEqual({ share: 0.15, equal: false })
  })

  it('gives what a category is short of to the others by their traffic, and says how much that is', () => {
    const counted = traffic([
      segment('lookup', 'expert', 600),
      segment('reasoning', 'expert', 300),
      segment('refusal', 'expert', 4),
      segment('generation', 'expert', 50, 5),
    ])
    const plan = planFrom(counted, ASKED)
    expect(plan.categories.map(({ category, wanted, drawn, short }) => [category, wanted, drawn, short])).toEqual([
      ['lookup', 37, 54, 0],
      ['reasoning', 18, 27, 0],
      ['generation', 15, 15, 0],
      ['refusal', 15, 4, 11],
      ['edge', 15, 0, 15],
    ])
    expect(plan.drawn).toBe(100)
  })

  it('is everything where less waits than was asked for; unassigned traces are seen and hold nothing up', () => {
    const plan = planFrom({ ...traffic([segment('lookup', 'novice', 7)]), unassigned: 12 }, ASKED)
    expect(plan).toMatchObject({ drawn: 7, waiting: 7, unassigned: 12 })
    expect(planFrom(traffic([]), ASKED)).toMatchObject({ drawn: 0, segments: [] })
    expect(planFrom(traffic([], 0), ASKED)).toMatchObject({ drawn: 0, categories: [] })
  })

  it('adds up, keeps the floors and takes no more than there is', () => {
    fc.assert(
      fc.property(anyTraffic(8), anyAsked, (counted, asked) => {
        const plan = planFrom(counted, asked)
        expect(plan.drawn).toBe(Math.min(asked.size, plan.waiting))
        expect(plan.active + plan.holdout).toBe(plan.drawn)
        for (const { category, drawn, waiting, floor, active, holdout } of plan.categories) {
          const own = plan.segments.filter((one) => one.category === category)
          expect(own.reduce((sum, one) => sum + one.drawn, 0)).toBe(drawn)
          expect(active + holdout).toBe(drawn)
          expect(drawn).toBeGreaterThanOrEqual(Math.min(floor, waiting))
          expect(drawn).toBeLessThanOrEqual(waiting)
          expect(floor).toBeGreaterThanOrEqual(Math.floor(plan.floor.share * plan.drawn + 1e-9))
        }
        for (const { drawn, waiting, weight, traffic: all } of plan.segments) {
          expect(drawn).toBeLessThanOrEqual(waiting)
          if (drawn > 0) expect((weight ?? 0) * drawn).toBeCloseTo(all, 6)
          else expect(weight).toBeNull()
        }
      }),
    )
  })

  it('does not depend on the order of the counts', () => {
    fc.assert(
      fc.property(anyTraffic(8), anyAsked, fc.infiniteStream(fc.nat()), (counted, asked, keys) => {
        const mixed = counted.segments
          .map((one) => [keys.next().value ?? 0, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one)
        expect(planFrom({ ...counted, segments: mixed }, asked)).toEqual(planFrom(counted, asked))
      }),
    )
  })

  it('never gives a category or user segment of less traffic more, where both have enough', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(900), { minLength: 15, maxLength: 15 }), anyAsked, (counts, asked) => {
        const counted = traffic(
          counts.map((more, i) =>
            segment(CATEGORIES[Math.floor(i / 3)] as string, USERS[i % 3] as string, 1_000, more),
          ),
        )
        const { categories, segments } = planFrom(counted, asked)
        const orderly = (all: readonly { traffic: number; drawn: number }[]) => {
          for (const a of all) {
            for (const b of all) if (a.traffic > b.traffic) expect(a.drawn).toBeGreaterThanOrEqual(b.drawn)
          }
        }
        orderly(categories)
        for (const { category } of categories) orderly(segments.filter((one) => one.category === category))
      }),
    )
  })
})

describe('how many of a segment are sealed', () => {
  it('is the share by largest remainder, and never none or all where there are two or more', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => holdoutOf(n, 0.3))).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3])
    expect(holdoutOf(40, 0.01)).toBe(1)
    expect(holdoutOf(2, 0.9)).toBe(1)
    expect(holdoutOf(40, 0)).toBe(0)
    expect(holdoutOf(40, 1)).toBe(40)
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5_000 }), (n) => {
        expect(holdoutOf(n, 0.3)).toBeGreaterThanOrEqual(1)
        expect(Math.abs(holdoutOf(n, 0.3) - 0.3 * n)).toBeLessThanOrEqual(0.5 + 1e-6)
      }),
    )
  })
})
