import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareRowsOf } from './share-rows.server.ts'

describe('a chart of shares', () => {
  it('lays parts end to end, bars one under the other, on one scale with the line', () => {
    const chart = shareRowsOf(
      [
        { name: 'a', bars: [[0.4], [0.14, 0.06]] },
        { name: 'b', bars: [[0], [0.1, 0]] },
      ],
      { share: 0.15, text: 'floor 15 %' },
    )
    expect(chart.ticks.map(({ x, text, anchor }) => [x, text, anchor])).toEqual([
      [0, '0 %', 'start'],
      [25, '10 %', 'middle'],
      [50, '20 %', 'middle'],
      [75, '30 %', 'middle'],
      [100, '40 %', 'end'],
    ])
    expect(chart.line).toEqual({ x: 37.5, text: 'floor 15 %', anchor: 'middle' })
    expect(chart.bars.map(({ key, x, width, y }) => [key, x, width, y])).toEqual([
      ['a 0 0', 0, 100, 36],
      ['a 1 0', 0, 35, 47],
      ['a 1 1', 35, 15, 47],
      ['b 1 0', 0, 25, 87],
    ])
  })

  it('stays within its drawing, whatever the shares', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share, share), { maxLength: 8 }), share, (rows, line) => {
        const chart = shareRowsOf(
          rows.map(([one, two, three], i) => ({ name: `${i}`, bars: [[one], [two / 2, three / 2]] })),
          { share: line, text: '' },
        )
        for (const { x, width, y, height } of chart.bars) {
          expect(x + width).toBeLessThanOrEqual(100.02)
          expect(y).toBeGreaterThanOrEqual(chart.top)
          expect(y + height).toBeLessThanOrEqual(chart.axis)
        }
        expect(chart.line?.x).toBeLessThanOrEqual(100)
      }),
    )
  })
})
