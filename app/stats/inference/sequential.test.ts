import { describe, expect, it } from 'vitest'
import { fixedTestErrors } from './fixed-test.ts'
import { decisionAt, waldTest } from './sequential.ts'
import { designSequential } from './sequential-design.ts'
import { achievedErrors, operatingPoint } from './sequential-exact.ts'

const fixed = fixedTestErrors(30, 22, 0.57, 0.81)

describe('designSequential', () => {
  const designed = designSequential(0.57, 0.81, fixed, 45)
  if (designed === null) throw new Error('no design')

  it('keeps the errors of the fixed test of 30 items it was asked for, exactly', () => {
    expect(fixed).toEqual({ alpha: expect.closeTo(0.05, 3), beta: expect.closeTo(0.1, 3) })
    const achieved = achievedErrors(designed.test)
    expect(achieved).toEqual({
      alpha: expect.closeTo(designed.achieved.alpha, 12),
      beta: expect.closeTo(designed.achieved.beta, 12),
    })
    expect(achieved.alpha).toBeLessThanOrEqual(fixed.alpha)
    expect(achieved.beta).toBeLessThanOrEqual(fixed.beta)
  })

  it('asks at most 60 % of its items of clearly good and bad candidates, at most 80 % at the worst ability', () => {
    const items = (p: number) => operatingPoint(designed.test, p).expectedItems
    expect(items(0.57)).toBeCloseTo(designed.expectedItems.p0, 9)
    expect((items(0.57) + items(0.81)) / 2).toBeLessThanOrEqual(0.6 * 30)
    for (let p = 0.5; p < 0.95; p += 0.02) expect(items(p)).toBeLessThanOrEqual(0.8 * 30)
  })

  it('says when no test of so few items can do it', () => {
    expect(designSequential(0.57, 0.81, fixed, 10)).toBeNull()
  })
})

describe('a capped test', () => {
  it('always decides at its cap', () => {
    const test = { ...waldTest(0.6, 0.85, { alpha: 0.05, beta: 0.1 }), cap: { items: 12, cut: 9 } }
    expect(decisionAt(test, 12, 9)).toBe('pass')
    expect(decisionAt(test, 12, 8)).toBe('fail')
    const { passes, fails } = operatingPoint(test, 0.7)
    expect(passes + fails).toBeCloseTo(1, 12)
  })

  it('refuses chances and error rates that make no test', () => {
    expect(() => waldTest(0.8, 0.6, { alpha: 0.05, beta: 0.1 })).toThrow('0 < p0 < p1 < 1')
    expect(() => waldTest(0.6, 0.8, { alpha: 0.6, beta: 0.5 })).toThrow('error rates')
  })
})
