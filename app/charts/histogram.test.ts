import { describe, expect, it } from 'vitest'
import { histogramOf } from './histogram.server.ts'

describe('a histogram', () => {
  it('stands on its floor, the highest bar below the top, in the order of the bins', () => {
    const { bars, floor, ticks, edges } = histogramOf([0, 4, 2], [0, 10, 20, 30])
    expect(bars.map(({ count, label }) => [count, label])).toEqual([
      [0, '0 to 10'],
      [4, '10 to 20'],
      [2, '20 to 30'],
    ])
    for (const { y, height } of bars) expect(y + height).toBeCloseTo(floor, 6)
    expect(bars[1]?.height).toBeCloseTo(2 * (bars[2]?.height ?? 0), 1)
    expect(bars[0]?.height).toBe(0)
    expect(ticks.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4'])
    expect(edges.map(({ x, anchor }) => [x, anchor])).toEqual([
      [9, 'middle'],
      [39.33, 'middle'],
      [69.67, 'middle'],
      [100, 'end'],
    ])
  })

  it('marks whole counts alone, and is drawn where there is nothing', () => {
    expect(histogramOf([1, 0], [0, 50, 100]).ticks.map(({ text }) => text)).toEqual(['0', '1'])
    expect(histogramOf([0, 0], [0, 50, 100]).bars.every(({ height }) => height === 0)).toBe(true)
  })
})
