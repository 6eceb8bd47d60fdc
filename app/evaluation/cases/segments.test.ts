import { describe, expect, it } from 'vitest'
import { segmentTable, shortOf } from './segments.ts'

const FLOOR = 0.15

describe('shortOf', () => {
  it('is the least number of cases that brings a category to its floor', () => {
    expect(shortOf(108, 842, FLOOR)).toBe(22)
    for (const [own, all] of [
      [0, 100],
      [3, 20],
      [2, 20],
      [1, 7],
      [15, 101],
    ] as const) {
      const short = shortOf(own, all, FLOOR)
      expect((own + short) / (all + short)).toBeGreaterThanOrEqual(FLOOR - 1e-9)
      if (short > 0) expect((own + short - 1) / (all + short - 1)).toBeLessThan(FLOOR)
    }
  })

  it('is nothing for a project without cases', () => {
    expect(shortOf(0, 0, FLOOR)).toBe(0)
  })
})

describe('segmentTable', () => {
  it('has the rows and columns of the project’s lists, and totals', () => {
    const table = segmentTable(
      [
        { category: 'b', userSegment: 'y', n: 3 },
        { category: 'a', userSegment: 'x', n: 1 },
        { category: 'old', userSegment: 'x', n: 16 },
      ],
      { categories: ['a', 'b'], userSegments: ['x', 'y'] },
      FLOOR,
    )
    expect(table.categories.map(({ category, counts, all, share }) => [category, counts, all, share])).toEqual([
      ['a', [1, 0], 1, 0.05],
      ['b', [0, 3], 3, 0.15],
      ['old', [16, 0], 16, 0.8],
    ])
    expect(table.totals).toEqual([17, 3])
    expect(table.all).toBe(20)
    expect(table.categories.map(({ short }) => short)).toEqual([3, 0, 0])
  })

  it('holds more categories than can have the floor to an equal share', () => {
    const categories = Array.from({ length: 8 }, (_, i) => `c${i}`)
    const rows = categories.map((category) => ({ category, userSegment: 'x', n: 5 }))
    const table = segmentTable(rows, { categories, userSegments: ['x'] }, FLOOR)
    expect(table.floor).toEqual({ share: 1 / 8, equal: true })
    expect(table.categories.every(({ short }) => short === 0)).toBe(true)
  })
})
