import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowPlotOf } from './row-plot.server.ts'

const row = (name: string, estimate: number | null, low: number | null, high: number | null) => ({
  name,
  estimate,
  low,
  high,
})

describe('a plot of rows on an axis of its own', () => {
  it('has 0 in the middle of an even axis, and rows 28 apart', () => {
    const plot = rowPlotOf([row('a', -0.2, -0.4, 0), row('b', 0.4, 0.2, 0.6)], {
      shown: [-0.6, 0.6],
      zero: 0,
      bands: [],
    })
    expect(plot.zero).toBe(50)
    expect(plot.marks.map(({ y }) => y)).toEqual([42, 70])
    expect(plot.marks[0]).toMatchObject({ x: 33.33, line: { from: 16.67, to: 50 }, second: null })
    expect(plot.ticks.map(({ text }) => text)).toEqual(['−0.6', '−0.4', '−0.2', '0.0', '0.2', '0.4', '0.6'])
    expect(plot.ticks.filter(({ strong }) => strong).map(({ x }) => x)).toEqual([50])
    expect(plot.height).toBe(28 + 2 * 28 + 26)
  })

  it('leaves every second tick out on a phone, never the one at 0', () => {
    const spare = (reach: number) =>
      rowPlotOf([row('a', 0, -reach, reach)], { shown: [-reach, reach], zero: 0, bands: [] }).ticks.flatMap(
        ({ text, spare: left }) => (left ? [text] : []),
      )
    expect(spare(1)).toEqual(['−1.0', '−0.6', '−0.2', '0.2', '0.6', '1.0'])
    expect(spare(0.2)).not.toContain('0.00')
    expect(
      rowPlotOf([], { shown: [0, 1], most: [0, 1], bands: [] }).ticks.filter(({ spare: left }) => left).length,
    ).toBe(0)
  })

  it('draws bands and their labels, a second mark, and a rug of what has no row', () => {
    const plot = rowPlotOf([{ ...row('a', 1, null, null), second: 1.5 }, row('b', null, null, null)], {
      shown: [0, 2],
      most: [0, 3],
      zero: 1,
      rug: [0.5, 9],
      bands: [
        { from: 0, label: 'too even', tone: 'warn' },
        { from: 0.5, label: 'as expected', tone: 'good' },
        { from: 1.5, label: 'erratic', tone: 'warn' },
      ],
    })
    expect(plot.bands).toEqual([
      { x: 0, width: 25, tone: 'warn' },
      { x: 25, width: 50, tone: 'good' },
      { x: 75, width: 25, tone: 'warn' },
    ])
    expect(plot.labels.map(({ anchor, x }) => [anchor, x])).toEqual([
      ['start', 0],
      ['middle', 50],
      ['end', 100],
    ])
    expect(plot.marks).toEqual([{ name: 'a', y: 42, x: 50, line: null, second: 75 }])
    expect(plot.rug).toEqual([25, 100])
  })

  it('never leaves the axis, and cuts off where it is told to', () => {
    expect(rowPlotOf([row('a', 12, 4, 20)], { shown: [0, 2], most: [0, 3], bands: [] }).marks[0]).toMatchObject({
      x: 100,
      line: { from: 100, to: 100 },
    })
    const value = fc.double({ min: -50, max: 50, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 30 }), (triples) => {
        const rows = triples.map(([a, b, c], i) => {
          const [low = 0, estimate = 0, high = 0] = [a, b, c].sort((x, y) => x - y)
          return row(String(i), estimate, low, high)
        })
        const { marks } = rowPlotOf(rows, { shown: [-1, 1], zero: 0, bands: [] })
        for (const { x, line } of marks) {
          expect(x >= 0 && x <= 100).toBe(true)
          expect(line && line.from <= x && x <= line.to && line.from >= 0 && line.to <= 100).toBe(true)
        }
      }),
    )
  })
})
