import { describe, expect, it } from 'vitest'
import { drawActiveMs, drawLevel, seededRandom } from './simulate.ts'

const even = { severity: 0, spread: 0 }
const meanOf = (quality: number, rater: { severity: number; spread: number }, bias = 0) => {
  const random = seededRandom(7)
  const draws = Array.from({ length: 4000 }, () => drawLevel(quality, rater, bias, random))
  return draws.reduce((sum, level) => sum + level, 0) / draws.length
}

describe('drawLevel', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const run = (seed: number) => {
      const random = seededRandom(seed)
      return Array.from({ length: 40 }, () => drawLevel(2.5, even, 0, random)).join('')
    }
    expect(run(1)).toBe(run(1))
    expect(run(1)).not.toBe(run(2))
  })

  it('is symmetric about the middle of the scale for a rater who is neither severe nor lenient', () => {
    expect(meanOf(2.5, even)).toBeCloseTo(2.5, 1)
    expect(meanOf(1.5, even) + meanOf(3.5, even)).toBeCloseTo(5, 1)
  })

  it('gives lower levels by a severe rater, and by one who is severe on this dimension', () => {
    expect(meanOf(2.5, { severity: 1, spread: 0 })).toBeLessThan(meanOf(2.5, even) - 0.2)
    expect(meanOf(2.5, even, 1)).toBe(meanOf(2.5, { severity: 1, spread: 0 }))
  })

  it('stays within 1 and 4', () => {
    const random = seededRandom(3)
    const draws = Array.from({ length: 2000 }, (_, i) =>
      drawLevel(1 + (i % 4), { severity: (i % 7) - 3, spread: 1 }, 0, random),
    )
    expect(Math.min(...draws)).toBe(1)
    expect(Math.max(...draws)).toBe(4)
  })
})

it('draws times whose median is what was asked', () => {
  const random = seededRandom(5)
  const times = Array.from({ length: 3001 }, () => drawActiveMs(100, random)).sort((a, b) => a - b)
  expect(times[1500]).toBeGreaterThan(95_000)
  expect(times[1500]).toBeLessThan(105_000)
})
