import { describe, expect, it } from 'vitest'
import { studyQuiet, studyRaterPower } from './quiet.ts'
import { PROJECT } from './quiet-design.ts'

describe('raters’ charts in a project in which nothing changes', () => {
  // 400 panels of 8 periods: one alarm in 100 periods is 32, give or take 6
  it.each(['calibrated', 'points'] as const)(
    'alarm no oftener than was asked, all together (%s)',
    (knowledge) => {
      const { charts, raters } = studyQuiet(PROJECT, knowledge, 400, 5)
      expect(charts).toBeGreaterThan(0.3)
      expect(charts).toBeLessThan(1.2)
      expect(raters).toBeLessThan(1.5)
    },
    60_000,
  )

  it('find one rater who changed', () => {
    const { two, three } = studyRaterPower({ ...PROJECT, baseline: 8 }, 0.8, 'points', 100, 6)
    expect(two).toBeGreaterThan(0.5)
    expect(three).toBeGreaterThanOrEqual(two)
  }, 60_000)
})
