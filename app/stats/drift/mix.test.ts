import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { drawHypergeometric } from './hypergeometric.ts'
import { jensenShannon, mixPermutationP, stabilityIndex } from './mix.ts'

const counts = fc
  .array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 6 })
  .filter((c) => c.some((n) => n > 0))

describe('distances of a mix', () => {
  it('are symmetric, 0 only without change, and do not depend on sample size or on the order of segments', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const [p, q] = [a.slice(0, b.length), b.slice(0, a.length)]
        fc.pre(p.some((n) => n > 0) && q.some((n) => n > 0))
        const js = jensenShannon(p, q)
        expect(jensenShannon(q, p)).toBeCloseTo(js, 12)
        expect(jensenShannon([...p].reverse(), [...q].reverse())).toBeCloseTo(js, 12)
        expect(jensenShannon(p, p)).toBeCloseTo(0, 12)
        expect(stabilityIndex(p, p)).toBe(0)
        expect(stabilityIndex(q, p)).toBeCloseTo(stabilityIndex(p, q), 9)
        expect(js).toBeLessThanOrEqual(1 + 1e-12)
        expect(
          jensenShannon(
            p.map((n) => n * 7),
            q,
          ),
        ).toBeCloseTo(js, 12)
      }),
    )
  })

  it('has a permutation p that is 1 for equal mixes and small for different ones', () => {
    expect(mixPermutationP([20, 30, 50], [20, 30, 50], seededRandom(1), 199)).toBe(1)
    expect(mixPermutationP([80, 10, 10], [10, 10, 80], seededRandom(1), 199)).toBe(1 / 200)
  })

  it('has a permutation p that is at most .05 in one of twenty unchanged pairs of periods', () => {
    const random = seededRandom(5)
    const shares = [0.1, 0.2, 0.3, 0.4]
    const period = () => {
      const drawn = [0, 0, 0, 0]
      for (let i = 0; i < 100; i++) {
        let u = random.uniform()
        const segment = shares.findIndex((share) => {
          u -= share
          return u < 0
        })
        drawn[segment] = (drawn[segment] as number) + 1
      }
      return drawn
    }
    let small = 0
    for (let i = 0; i < 1000; i++) if (mixPermutationP(period(), period(), random, 99) <= 0.05) small++
    expect(small).toBeGreaterThan(30)
    expect(small).toBeLessThan(72)
  })
})

describe('drawHypergeometric', () => {
  it.each([
    [10, 6, 15],
    [3, 3, 5],
    [200, 900, 1000],
    [5_000, 40_000, 100_000],
  ])('%i drawn of which %i are marked among %i: mean and variance', (drawn, marked, total) => {
    const random = seededRandom(3)
    const draws = Array.from({ length: 20_000 }, () => drawHypergeometric(random, drawn, marked, total))
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length
    const share = marked / total
    const expected = (drawn * share * (1 - share) * (total - drawn)) / (total - 1)
    expect(Math.abs(mean - drawn * share)).toBeLessThan(4 * Math.sqrt(expected / draws.length))
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.05)
  })
})
