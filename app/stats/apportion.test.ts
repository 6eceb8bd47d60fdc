import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apportion, type Part } from './apportion.ts'

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const free = (weights: number[]): Part[] => weights.map((weight) => ({ weight, atLeast: 0, atMost: 1_000_000 }))

const bounded = fc
  .tuple(fc.nat(5_000), fc.nat(40), fc.nat(400))
  .map(([weight, atLeast, more]): Part => ({ weight, atLeast, atMost: atLeast + (weight === 0 ? 0 : more) }))

describe('apportion', () => {
  it('gives whole pieces by largest remainder', () => {
    expect(apportion(10, free([1, 1, 1]))).toEqual([4, 3, 3])
    expect(apportion(10, free([455, 375, 170]))).toEqual([4, 4, 2])
    expect(apportion(3, free([1, 0, 2]))).toEqual([1, 0, 2])
    expect(apportion(5, [])).toEqual([])
  })

  it('keeps parts between their bounds and gives what is short to the others by weight', () => {
    const parts = [
      { weight: 80, atLeast: 15, atMost: 20 },
      { weight: 15, atLeast: 15, atMost: 500 },
      { weight: 5, atLeast: 15, atMost: 500 },
    ]
    expect(apportion(100, parts)).toEqual([20, 60, 20])
    expect(apportion(100, free([0, 0]))).toEqual([0, 0])
  })

  it('gives out the total wherever the bounds allow it, and stays within them', () => {
    fc.assert(
      fc.property(fc.nat(6_000), fc.array(bounded, { minLength: 1, maxLength: 12 }), (total, parts) => {
        const got = apportion(total, parts)
        for (const [i, { atLeast, atMost }] of parts.entries()) {
          expect(got[i]).toBeGreaterThanOrEqual(atLeast)
          expect(got[i]).toBeLessThanOrEqual(atMost)
        }
        const least = sum(parts.map(({ atLeast }) => atLeast))
        const most = sum(parts.map(({ weight, atLeast, atMost }) => (weight === 0 ? atLeast : atMost)))
        expect(sum(got)).toBe(Math.min(Math.max(total, least), most))
      }),
    )
  })

  it('never gives more to the one of less weight', () => {
    fc.assert(
      fc.property(fc.nat(3_000), fc.array(fc.nat(2_000), { minLength: 2, maxLength: 10 }), (total, weights) => {
        const got = apportion(
          total,
          weights.map((weight) => ({ weight, atLeast: 3, atMost: 900 })),
        )
        for (const [i, a] of weights.entries()) {
          for (const [j, b] of weights.entries()) if (a > b) expect(got[i]).toBeGreaterThanOrEqual(got[j] ?? 0)
        }
      }),
    )
  })

  it('keeps every part within one piece of its share where no bound is met', () => {
    fc.assert(
      fc.property(fc.nat(3_000), fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1 }), (total, weights) => {
        const all = sum(weights)
        for (const [i, got] of apportion(total, free(weights)).entries()) {
          expect(Math.abs(got - (total * (weights[i] ?? 0)) / all)).toBeLessThan(1)
        }
      }),
    )
  })
})
