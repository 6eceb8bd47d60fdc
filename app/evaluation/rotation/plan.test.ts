import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allotGraduates } from './allot.ts'
import { DAY, planRotation } from './plan.ts'
import type { ActiveCase, HeldCase, RotationState, RotationTerms } from './planned.ts'

const NOW = 20_000 * DAY
const TERMS: RotationTerms = { rotationDays: 90, graduatingShare: 0.34, activeRotations: 4, holdoutShare: 0.3 }

const segment = { category: 'reasoning', userSegment: 'novice' }

const held = (id: string, over: Partial<HeldCase> = {}): HeldCase => ({
  ...segment,
  id,
  key: `key of ${id}`,
  sealedAt: NOW - 90 * DAY,
  sealedUntil: NOW,
  exposures: 0,
  burnt: false,
  ...over,
})

const active = (id: string, over: Partial<ActiveCase> = {}): ActiveCase => ({
  ...segment,
  id,
  key: `key of ${id}`,
  enteredAt: NOW - 90 * DAY,
  burnt: false,
  ...over,
})

const plan = (state: Partial<RotationState>, terms: Partial<RotationTerms> = {}) =>
  planRotation({ holdout: [], active: [], waiting: [], ...state }, { ...TERMS, ...terms }, NOW)

const ids = (cases: { id: string }[]) => cases.map(({ id }) => id)

describe('which cases graduate', () => {
  it('takes those sealed on the earliest day first, of one day the most exposed, then by id', () => {
    const holdout = [
      held('late', { sealedAt: NOW - 10 * DAY, exposures: 9 }),
      held('b', { sealedAt: NOW - 90 * DAY + 2_000 }),
      held('a', { sealedAt: NOW - 90 * DAY + 3_000 }),
      held('seen', { sealedAt: NOW - 90 * DAY + 4_000, exposures: 2 }),
    ]
    expect(ids(plan({ holdout }, { graduatingShare: 0.75 }).graduating)).toEqual(['seen', 'a', 'b'])
  })

  it('lets burnt ones retire instead, and leaves them out of the share', () => {
    const holdout = [held('burnt', { burnt: true, exposures: 5 }), ...['a', 'b', 'c', 'd'].map((id) => held(id))]
    const made = plan({ holdout }, { graduatingShare: 0.5 })
    expect(ids(made.graduating)).toEqual(['a', 'b'])
    expect(made.retiring).toEqual([{ id: 'burnt', key: 'key of burnt', why: 'burnt' }])
    expect(made.segments[0]).toMatchObject({ burnt: 1, graduating: 2, after: { active: 2, holdout: 2 } })
  })

  it('says how many were to stay sealed for longer', () => {
    const holdout = [held('a', { sealedUntil: NOW + 1 }), held('b'), held('c')]
    expect(plan({ holdout }, { graduatingShare: 0.7 }).early).toBe(1)
  })

  it('leaves the last one of a segment where no traffic would fill its place', () => {
    expect(plan({ holdout: [held('a')] }, { graduatingShare: 1 }).graduating).toEqual([])
    const waiting = [{ ...segment, traces: 1 }]
    expect(ids(plan({ holdout: [held('a')], waiting }, { graduatingShare: 1 }).graduating)).toEqual(['a'])
  })
})

describe('shares among segments', () => {
  it('gives what is left over to the largest remainders', () => {
    const filled = (held: number) => ({ held, filled: true })
    // 34 of 100: 17.0, 10.2 and 6.8.
    expect(allotGraduates([50, 30, 20].map(filled), 0.34)).toEqual([17, 10, 7])
    // 2 of 6, in three equal parts: the first two.
    expect(allotGraduates([2, 2, 2].map(filled), 1 / 3)).toEqual([1, 1, 0])
    expect(allotGraduates([], 0.34)).toEqual([])
  })
})

describe('which active cases retire', () => {
  it('are those that have been active for their time, to the moment, and burnt ones', () => {
    const made = plan({
      active: [
        active('due', { enteredAt: NOW - 360 * DAY }),
        active('nearly', { enteredAt: NOW - 360 * DAY + 1 }),
        active('burnt', { burnt: true }),
      ],
    })
    expect(made.retiring.map(({ id, why }) => [id, why])).toEqual([
      ['burnt', 'burnt'],
      ['due', 'old'],
    ])
    expect(made.segments[0]).toMatchObject({ retiring: 2, after: { active: 1, holdout: 0 }, target: 1, short: 1 })
  })
})

describe('what new traffic enters', () => {
  it('fills the holdout to what it held before', () => {
    const holdout = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => held(id))
    const made = plan({ holdout, waiting: [{ ...segment, traces: 100 }] })
    expect(made.segments[0]).toMatchObject({ target: 6, graduating: 2, entering: 2, short: 0 })
  })

  it('fills it to its share of the segment where that is more, as far as there is traffic', () => {
    const state = { holdout: [held('a')], active: Array.from({ length: 19 }, (_, i) => active(`a${i}`)) }
    expect(plan({ ...state, waiting: [{ ...segment, traces: 3 }] }).segments[0]).toMatchObject({
      target: 6,
      entering: 3,
      short: 2,
    })
  })
})

const names = fc.constantFrom('x', 'y', 'z')
const days = fc.integer({ min: 0, max: 600 }).map((ago) => NOW - ago * DAY)
const someCases = fc
  .record({
    holdout: fc.array(
      fc.record({ category: names, userSegment: names, sealedAt: days, exposures: fc.nat(5), burnt: fc.boolean() }),
      { maxLength: 40 },
    ),
    active: fc.array(fc.record({ category: names, userSegment: names, enteredAt: days, burnt: fc.boolean() }), {
      maxLength: 40,
    }),
    waiting: fc.array(fc.record({ category: names, userSegment: names, traces: fc.nat(20) }), { maxLength: 9 }),
  })
  .map(
    ({ holdout, active: others, waiting }): RotationState => ({
      holdout: holdout.map((one, i) => held(`h${i}`, { ...one, sealedUntil: one.sealedAt + 90 * DAY })),
      active: others.map((one, i) => active(`a${i}`, one)),
      waiting,
    }),
  )
const someTerms = fc.record({
  rotationDays: fc.integer({ min: 7, max: 200 }),
  graduatingShare: fc.double({ min: 0, max: 1, noNaN: true }),
  activeRotations: fc.integer({ min: 1, max: 6 }),
  holdoutShare: fc.double({ min: 0, max: 0.9, noNaN: true }),
})

describe('any plan', () => {
  it('moves each case at most once, keeps every count, and never empties a holdout that held a sound case', () => {
    fc.assert(
      fc.property(someCases, someTerms, (state, terms) => {
        const made = planRotation(state, terms, NOW)
        const moved = [...ids(made.graduating), ...ids(made.retiring)]
        expect(new Set(moved).size).toBe(moved.length)
        const sound = new Set(state.holdout.filter(({ burnt }) => !burnt).map(({ id }) => id))
        expect(ids(made.graduating).every((id) => sound.has(id))).toBe(true)
        expect(made.graduating.length).toBeLessThanOrEqual(Math.round(terms.graduatingShare * sound.size))
        const sum = (pick: (one: (typeof made.segments)[number]) => number) =>
          made.segments.reduce((all, one) => all + pick(one), 0)
        expect(sum((one) => one.graduating)).toBe(made.graduating.length)
        expect(sum((one) => one.retiring + one.burnt)).toBe(made.retiring.length)
        expect(sum((one) => one.before.active)).toBe(state.active.length)
        expect(sum((one) => one.before.holdout)).toBe(state.holdout.length)
        for (const one of made.segments) {
          expect(one.after.active).toBe(one.before.active + one.graduating - one.retiring)
          expect(one.after.holdout).toBe(one.before.holdout - one.burnt - one.graduating + one.entering)
          expect(one.after.holdout + one.short).toBe(one.target)
          expect(Math.min(one.graduating, one.entering, one.short, one.after.active)).toBeGreaterThanOrEqual(0)
          if (one.before.holdout > one.burnt) expect(one.after.holdout).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('does not depend on the order in which the state comes', () => {
    fc.assert(
      fc.property(someCases, someTerms, (state, terms) => {
        const turned = {
          holdout: state.holdout.toReversed(),
          active: state.active.toReversed(),
          waiting: state.waiting.toReversed(),
        }
        expect(planRotation(turned, terms, NOW)).toEqual(planRotation(state, terms, NOW))
      }),
    )
  })

  it('lets no case stay that leaves before it in the order of its segment', () => {
    fc.assert(
      fc.property(someCases, someTerms, (state, terms) => {
        const gone = new Set(ids(planRotation(state, terms, NOW).graduating))
        const sound = state.holdout.filter(({ burnt }) => !burnt)
        for (const left of sound.filter(({ id }) => gone.has(id))) {
          for (const stays of sound.filter(({ id }) => !gone.has(id))) {
            if (left.category !== stays.category || left.userSegment !== stays.userSegment) continue
            expect(Math.floor(stays.sealedAt / DAY)).toBeGreaterThanOrEqual(Math.floor(left.sealedAt / DAY))
          }
        }
      }),
    )
  })
})
