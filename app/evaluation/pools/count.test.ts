import { describe, expect, it } from 'vitest'
import { poolTable } from './count.ts'

const LISTS = { categories: ['lookup', 'refusal'], userSegments: ['expert', 'novice'] }
const SETTINGS = { floorShare: 0.15, holdoutShare: 0.3 }
const cell = (category: string, userSegment: string, pool: 'active' | 'holdout' | 'retired', n: number) => ({
  category,
  userSegment,
  pool,
  n,
})

describe('the pools by segment', () => {
  it('holds shares and shortfall of the eval set, retired cases apart', () => {
    const { all, categories } = poolTable(
      [
        cell('lookup', 'novice', 'active', 60),
        cell('lookup', 'novice', 'holdout', 30),
        cell('lookup', 'novice', 'retired', 500),
        cell('refusal', 'expert', 'active', 10),
      ],
      LISTS,
      SETTINGS,
    )
    expect(all).toEqual({ active: 70, holdout: 30, retired: 500 })
    expect(categories.map(({ category, share, short, target }) => [category, share, short, target])).toEqual([
      ['lookup', 0.9, 0, 27],
      ['refusal', 0.1, 6, 3],
    ])
    expect(categories[1]?.segments).toEqual([
      { category: 'refusal', userSegment: 'expert', active: 10, holdout: 0, retired: 0, target: 3 },
    ])
  })

  it('keeps categories without cases, and those that the list does not name any more', () => {
    const { categories, floor } = poolTable([cell('old', 'x', 'active', 4)], LISTS, SETTINGS)
    expect(categories.map(({ category, active }) => [category, active])).toEqual([
      ['lookup', 0],
      ['refusal', 0],
      ['old', 4],
    ])
    expect(floor).toEqual({ share: 0.15, equal: false })
    expect(poolTable([], { ...LISTS, categories: [] }, SETTINGS).categories).toEqual([])
  })
})
