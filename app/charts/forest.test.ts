import { describe, expect, it } from 'vitest'
import { type ForestBand, forestOf } from './forest.server.ts'

const BANDS: ForestBand[] = [
  { from: -1, label: 'not reliable', tone: null },
  { from: 0.667, label: 'tentative', tone: 'warn' },
  { from: 0.8, label: 'reliable', tone: 'good' },
]

describe('the forest plot', () => {
  it('puts 0.4 at the left, 1 at the right, and what lies between in proportion', () => {
    const forest = forestOf([{ name: 'A', estimate: 0.7, low: 0.55, high: 0.85 }], BANDS)
    expect(forest.marks).toEqual([{ name: 'A', y: 40, x: 50, line: { from: 25, to: 75 }, second: null }])
    expect(forest.bands).toEqual([
      { x: 44.5, width: 22.17, tone: 'warn' },
      { x: 66.67, width: 33.33, tone: 'good' },
    ])
    expect(forest.ticks.map(({ text }) => text)).toEqual(['0.4', '0.5', '0.6', '0.667', '0.8', '0.9', '1'])
    expect(forest.ticks.filter(({ strong }) => strong).map(({ text }) => text)).toEqual(['0.667', '0.8'])
    expect([forest.axis, forest.height]).toEqual([60, 86])
  })

  it('begins lower where an interval does, and thins its ticks out', () => {
    const forest = forestOf(
      [
        { name: 'A', estimate: 0.1, low: -0.25, high: 0.4 },
        { name: 'B', estimate: 0.9, low: 0.85, high: 0.95 },
      ],
      BANDS,
    )
    expect(forest.ticks.map(({ text }) => text)).toEqual(['−0.3', '−0.2', '0', '0.2', '0.4', '0.667', '0.8', '1'])
    expect(forest.marks[0]?.line?.from).toBeGreaterThan(0)
    expect(forest.marks[1]?.y).toBe(80)
    expect(forest.labels.map(({ narrow }) => narrow)).toEqual([false, true, false])
  })

  it('draws nothing for what cannot be estimated, and a mark alone without an interval', () => {
    const forest = forestOf(
      [
        { name: 'A', estimate: null, low: null, high: null },
        { name: 'B', estimate: 0.7, low: null, high: null },
      ],
      BANDS,
    )
    expect(forest.marks).toEqual([{ name: 'B', y: 80, x: 50, line: null, second: null }])
    expect(forest.axis).toBe(100)
  })

  it('never leaves the axis', () => {
    const { marks } = forestOf([{ name: 'A', estimate: -1.7, low: -2, high: -1.2 }], BANDS)
    expect(marks[0]).toMatchObject({ x: 0, line: { from: 0, to: 0 } })
  })
})
