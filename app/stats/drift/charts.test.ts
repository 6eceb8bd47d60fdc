import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cusum } from './cusum.ts'
import { ewma } from './ewma.ts'
import { pageHinkley } from './page-hinkley.ts'
import { segmented } from './pelt.ts'
import { cusumRunLength, ewmaRunLength } from './run-length.ts'

const series = fc.array(
  fc.integer({ min: -20, max: 20 }).map((x) => x / 4),
  { minLength: 1, maxLength: 12 },
)

describe('control charts', () => {
  it('turn over with the sign of the observations', () => {
    fc.assert(
      fc.property(series, (x) => {
        const mirrored = x.map((value) => -value)
        const here = cusum(x, { target: 0, slack: 0.5, limit: 3 })
        const there = cusum(mirrored, { target: 0, slack: 0.5, limit: 3 })
        expect(there.lower).toEqual(here.upper)
        expect(there.alarms).toEqual(here.alarms)
        const settings = { target: 0, sigma: 1, lambda: 0.2, width: 2 }
        expect(ewma(mirrored, settings).alarms).toEqual(ewma(x, settings).alarms)
        const [up, down] = [pageHinkley(x, 0.1).up, pageHinkley(mirrored, 0.1).down]
        up.forEach((value, i) => {
          expect(down[i]).toBeCloseTo(value, 9)
        })
      }),
    )
  })

  it('stay silent where nothing changes', () => {
    const flat = new Array<number>(50).fill(2)
    expect(cusum(flat, { target: 2, slack: 0.25, limit: 1 }).alarms).toEqual([])
    expect(ewma(flat, { target: 2, sigma: 1, lambda: 0.2, width: 2.9 }).alarms).toEqual([])
    expect(pageHinkley(flat, 0.1).up.every((value) => value === 0)).toBe(true)
    expect(segmented(flat, 1).changePoints).toEqual([])
  })

  it('a smaller slack or limit finds a shift sooner on average', () => {
    expect(cusumRunLength(0.5, 4, 1)).toBeLessThan(cusumRunLength(0.5, 5, 1))
    expect(ewmaRunLength(0.2, 2.5, 1)).toBeLessThan(ewmaRunLength(0.2, 3, 1))
  })
})

describe('segmented', () => {
  it('finds the least penalised cost of all ways to cut the series', () => {
    const costOf = (x: readonly number[]) => {
      const mean = x.reduce((sum, value) => sum + value, 0) / x.length
      return x.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    }
    fc.assert(
      fc.property(series, fc.constantFrom(0.5, 3, 20), (x, penalty) => {
        let least = Number.POSITIVE_INFINITY
        for (let cuts = 0; cuts < 2 ** (x.length - 1); cuts++) {
          let total = -penalty
          let start = 0
          for (let t = 1; t <= x.length; t++)
            if (t === x.length || (cuts >> (t - 1)) & 1) {
              total += costOf(x.slice(start, t)) + penalty
              start = t
            }
          least = Math.min(least, total)
        }
        const found = segmented(x, penalty)
        expect(found.cost + penalty * found.changePoints.length).toBeCloseTo(least, 9)
      }),
      { numRuns: 60 },
    )
  })
})
