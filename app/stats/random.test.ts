import { describe, expect, it } from 'vitest'
import { seededRandom } from './random.ts'

const sequence = (seed: number, length = 5) => {
  const random = seededRandom(seed)
  return Array.from({ length }, () => random.uint32())
}

describe('seededRandom', () => {
  it('repeats itself for the same seed and differs for others, also beyond 32 bits and below zero', () => {
    const seeds = [0, 1, 2, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 40]
    expect(sequence(7)).toEqual(sequence(7))
    expect(new Set(seeds.map((seed) => sequence(seed).join())).size).toBe(seeds.length)
  })

  it('gives the documented first numbers, so that published intervals stay reproducible', () => {
    expect(sequence(1, 3)).toEqual([3452021429, 2070578150, 3493707356])
  })

  it('spreads evenly over [0, 1)', () => {
    const random = seededRandom(11)
    const cells = new Array<number>(100).fill(0)
    for (let i = 0; i < 100_000; i++) {
      const cell = Math.floor(random.uniform() * 100)
      cells[cell] = (cells[cell] ?? Number.NaN) + 1
    }
    const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(chiSquare).toBeLessThan(148) // 99.9 % quantile at 99 degrees of freedom
  })

  it('refuses a seed that is not an integer', () => {
    expect(() => seededRandom(1.5)).toThrow(/integer, not 1.5/)
  })
})
