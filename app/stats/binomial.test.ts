import { describe, expect, it } from 'vitest'
import { drawBinomial } from './binomial.ts'
import { logGamma } from './inference/gamma.ts'
import { seededRandom } from './random.ts'

const chance = (n: number, p: number, k: number) =>
  Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p))

describe('drawBinomial', () => {
  it.each([
    ['inversion', 12, 0.2],
    ['inversion, mirrored', 9, 0.75],
    ['inversion, rare', 100_000, 0.00003],
    ['rejection near its border', 25, 0.45],
    ['rejection', 60, 0.3],
    ['rejection, mirrored', 500, 0.9],
  ])('follows the binomial law: %s', (_name, n, p) => {
    const random = seededRandom(5)
    const draws = 40_000
    const seen = new Map<number, number>()
    for (let i = 0; i < draws; i++) {
      const k = drawBinomial(random, n, p)
      seen.set(k, (seen.get(k) ?? 0) + 1)
    }
    let chiSquare = 0
    let cells = 0
    for (let k = 0; k <= Math.min(n, 600); k++) {
      const expected = draws * chance(n, p, k)
      if (expected < 5) continue
      chiSquare += ((seen.get(k) ?? 0) - expected) ** 2 / expected
      cells++
    }
    expect(cells).toBeGreaterThan(5)
    expect(chiSquare).toBeLessThan(cells + 3.3 * Math.sqrt(2 * cells))
  })

  it('keeps mean and spread with a million trials', () => {
    const random = seededRandom(6)
    const draws = Array.from({ length: 20_000 }, () => drawBinomial(random, 1_000_000, 0.123))
    const mean = draws.reduce((sum, k) => sum + k, 0) / draws.length
    const variance = draws.reduce((sum, k) => sum + (k - mean) ** 2, 0) / draws.length
    expect(Math.abs(mean - 123_000)).toBeLessThan(10)
    expect(variance / (1_000_000 * 0.123 * 0.877)).toBeCloseTo(1, 1)
  })

  it('knows the certain cases', () => {
    const random = seededRandom(1)
    expect(drawBinomial(random, 0, 0.5)).toBe(0)
    expect(drawBinomial(random, 9, 0)).toBe(0)
    expect(drawBinomial(random, 9, 1)).toBe(9)
  })
})
