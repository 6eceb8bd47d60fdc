import { describe, expect, it } from 'vitest'
import { planFrom } from './planner.ts'
import { planFinding, planRemarks } from './words.ts'

const plan = (over: { size?: number; floorShare?: number; unassigned?: number; counts?: number[] } = {}) =>
  planFrom(
    {
      segments: (over.counts ?? [600, 300, 4, 50]).map((waiting, i) => ({
        category: `c${i}`,
        userSegment: 'novice',
        traffic: waiting,
        waiting,
      })),
      unassigned: over.unassigned ?? 0,
      categories: (over.counts ?? [600, 300, 4, 50]).map((_, i) => `c${i}`),
      userSegments: ['novice'],
    },
    { size: over.size ?? 100, floorShare: over.floorShare ?? 0.15, holdoutShare: 0.3, seed: 1 },
  )

describe('a plan in words', () => {
  it('says how many cases, the floor, and who has too few traces', () => {
    expect(planFinding(plan())).toBe('100 cases of 954 waiting traces: 70 active, 30 sealed in the holdout.')
    expect(planRemarks(plan())).toEqual([
      'Every category gets at least 15 %, 15 cases; what is above the floor goes by traffic.',
      'Too few traces, and how many cases they lack: c2 (11). The others get those, by their traffic.',
    ])
  })

  it('says that the floor became an equal share, what is unassigned, and what is too small', () => {
    const equal = plan({ counts: [90, 90, 90, 90, 90, 90, 90, 90], unassigned: 1 })
    expect(planRemarks(equal)).toEqual([
      'The floor is an equal share, 12.5 %: 8 categories cannot have 15 % each.',
      '1 trace lacks a category or a user segment and cannot be drawn until then; nothing else waits for that.',
    ])
    expect(planRemarks(plan({ size: 10, floorShare: 0, counts: [990, 10] }))).toEqual([
      '1 segment with 1 % of the traffic is too small for a case.',
    ])
  })

  it('says so where there are too few cases to round the floor up for all', () => {
    expect(planRemarks(plan({ size: 7 }))[0]).toBe(
      '7 cases are too few for 15 % of each category: each gets at least 1; what is above that goes by traffic.',
    )
  })

  it('says that there are fewer than asked for, or none', () => {
    expect(planFinding(plan({ size: 5_000 }))).toContain(
      '954 cases of 954 waiting traces, all there are instead of 5,000',
    )
    expect(planRemarks(plan({ size: 5_000 }))[1]).toMatch(/^Too few traces.*: c2 \(140\), c3 \(94\)\.$/)
    expect(planFinding(plan({ counts: [] }))).toContain('nothing to sample')
  })
})
