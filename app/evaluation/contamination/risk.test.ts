import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partOf, RISK_PARTS, type RiskInput, riskOf } from './risk.ts'

const NOTHING: RiskInput = { age: 0, runs: 0, changes: 0, exposures: 0, found: 0 }

const inputs = fc.record({
  age: fc.nat(2_000),
  runs: fc.nat(100),
  changes: fc.nat(100),
  exposures: fc.nat(100),
  found: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe('the risk of a case', () => {
  it('is nothing for a case that nothing happened to, and whole for one that stands word for word in a file', () => {
    expect(riskOf(NOTHING)).toBe(0)
    expect(riskOf({ ...NOTHING, found: 1 })).toBe(100)
  })

  it('is half of what a part may come to at its half', () => {
    expect(partOf('age', 180)).toBeCloseTo(0.25, 12)
    expect(partOf('runs', 5)).toBeCloseTo(0.25, 12)
    expect(riskOf({ ...NOTHING, age: 180, runs: 5 })).toBeCloseTo(100 * (1 - 0.75 * 0.75), 10)
  })

  it('stays between 0 and 100 and never falls when any part grows', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...RISK_PARTS), fc.nat(50), (input, part, more) => {
        const before = riskOf(input)
        expect(before).toBeGreaterThanOrEqual(0)
        expect(before).toBeLessThanOrEqual(100)
        expect(riskOf({ ...input, [part]: input[part] + more })).toBeGreaterThanOrEqual(before - 1e-9)
      }),
    )
  })
})
