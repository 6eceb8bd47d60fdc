import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waterfallOf } from './waterfall.server.ts'

const step = (name: string, size: number, reach = 0.1) => ({ name, size, low: size - reach, high: size + reach })

describe('a waterfall', () => {
  it('goes from the figure before to the one after, a row each', () => {
    const chart = waterfallOf({ before: 3, after: 2.7, steps: [step('a', -0.4), step('b', 0.1, 0.2)] })
    expect(chart.ticks.map(({ text }) => text)).toEqual(['2.5', '2.6', '2.7', '2.8', '2.9', '3.0'])
    expect(chart.ends.map(({ x }) => x)).toEqual([100, 40])
    expect(chart.bars).toMatchObject([
      { name: 'a', x: 20, width: 80, hollow: false, line: { from: 0, to: 40 } },
      { name: 'b', x: 20, width: 20, hollow: true, line: { from: 0, to: 80 } },
    ])
    expect(chart.links.at(-1)?.x).toBe(40)
  })

  it('ends where it should and stays on its axis, whatever the steps', () => {
    const size = fc.double({ min: -2, max: 2, noNaN: true })
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 4, noNaN: true }),
        fc.array(size, { minLength: 1, maxLength: 7 }),
        (before, sizes) => {
          const after = sizes.reduce((sum, one) => sum + one, before)
          const chart = waterfallOf({ before, after, steps: sizes.map((one, i) => step(`${i}`, one)) })
          expect(chart.links.at(-1)?.x).toBeCloseTo(chart.ends[1]?.x ?? Number.NaN, 1)
          for (const { x, width, line } of chart.bars)
            for (const place of [x, x + width, line.from, line.to]) {
              expect(place).toBeGreaterThanOrEqual(-0.02)
              expect(place).toBeLessThanOrEqual(100.02)
            }
        },
      ),
    )
  })
})
