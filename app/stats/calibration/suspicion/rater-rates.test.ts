import { describe, expect, it } from 'vitest'
import { ratesByRater, surpriseAt } from './rater-rates.ts'

const RATERS = 8

/** All pairs of eight raters, 60 items each, of whom each pair is taken to match on six: what they do match on by `count`. */
function table(count: (first: number, second: number) => number) {
  const pairs = Array.from({ length: RATERS }, (_, second) =>
    Array.from({ length: second }, (_, first) => ({ first, second, items: 60 })),
  ).flat()
  const identical = Float64Array.from(pairs, ({ first, second }) => count(first, second))
  const plain = new Float64Array(pairs.length).fill(6)
  const rates = ratesByRater(pairs, RATERS, identical, plain)
  const at = (first: number, second: number) =>
    pairs.findIndex((pair) => pair.first === first && pair.second === second)
  return { ...rates, at }
}

const TWICE = [2, 2, 1, 1, 1, 1, 1, 1]

describe('ratesByRater', () => {
  it('leaves counts that are as expected', () => {
    for (const value of table(() => 6).expected) expect(value).toBeCloseTo(6, 6)
  })

  it('expects more of two who match everybody more often, each for themselves', () => {
    const { expected, at } = table((a, b) => 6 * (TWICE[a] as number) * (TWICE[b] as number))
    // drawn towards the pool's rate a little
    expect(expected[at(0, 1)]).toBeGreaterThan(21)
    expect(expected[at(0, 1)]).toBeLessThan(24)
    expect(Math.abs((expected[at(0, 5)] as number) - 12)).toBeLessThan(0.7)
    expect(Math.abs((expected[at(4, 5)] as number) - 6)).toBeLessThan(0.3)
  })

  it('copying does not excuse itself: the pair’s own items are left out', () => {
    const { expected, at } = table((a, b) => (a === 2 && b === 6 ? 60 : 6))
    // the ten times as many pull at the rest of the table only
    expect(expected[at(2, 6)]).toBeLessThan(9)
  })

  it('knows a rate from fewer counts less well', () => {
    const [many, few] = [table(() => 6), table(() => 1)]
    expect(few.variance[0]).toBeGreaterThan(2 * (many.variance[0] as number))
  })
})

describe('surpriseAt', () => {
  it('is the tail of a negative binomial', () => {
    // shape 1 is geometric: P(X >= 3) = (mean / (mean + 1))^3
    expect(surpriseAt(3, 2, 1)).toBeCloseTo(-3 * Math.log10(2 / 3), 10)
    expect(surpriseAt(0, 2, 1)).toBe(0)
  })

  it('comes near a Poisson tail where the mean is known, and is smaller where it is not', () => {
    const poisson = -Math.log10(1 - Math.exp(-1) * (1 + 1 + 1 / 2 + 1 / 6))
    expect(surpriseAt(4, 1, 1e-4)).toBeCloseTo(poisson, 3)
    expect(surpriseAt(4, 1, 0.5)).toBeLessThan(poisson - 0.3)
  })
})
