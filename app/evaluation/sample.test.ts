import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleOf, shuffled } from './sample.ts'

describe('sampleOf', () => {
  it('takes as many as there are, none twice, and leaves the list as it was', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { maxLength: 30 }), fc.nat(40), (values, wanted) => {
        const before = [...values]
        const drawn = sampleOf(values, wanted)
        expect(drawn).toHaveLength(Math.min(wanted, values.length))
        expect(new Set(drawn).size).toBe(drawn.length)
        expect(drawn.every((one) => values.includes(one))).toBe(true)
        expect(values).toEqual(before)
      }),
    )
  })

  it('gives each the same chance', () => {
    const times = new Map<number, number>()
    for (let i = 0; i < 6_000; i++)
      for (const one of sampleOf([0, 1, 2, 3, 4, 5], 2)) times.set(one, (times.get(one) ?? 0) + 1)
    // 2,000 expected; six standard deviations are 219.
    for (const n of times.values()) expect(Math.abs(n - 2_000)).toBeLessThan(220)
    expect(times.size).toBe(6)
  })

  it('shuffles', () => {
    expect([...shuffled([1, 2, 3])].sort()).toEqual([1, 2, 3])
    expect(shuffled([])).toEqual([])
  })
})
