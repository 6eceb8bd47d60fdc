import { describe, expect, it } from 'vitest'
import { type PeriodsInput, periodsChartOf } from './periods.server.ts'

const input = (over: Partial<PeriodsInput> = {}): PeriodsInput => ({
  labels: ['May', 'Jun', 'Jul', 'Aug'],
  points: [],
  runs: [],
  limits: [],
  marks: [],
  span: null,
  zero: true,
  ...over,
})
const point = (slot: number, value: number, alarm = false) => ({
  slot,
  value,
  low: value - 0.1,
  high: value + 0.1,
  alarm,
})

describe('values over periods', () => {
  it('stand in the middle of their periods, zero in view', () => {
    const chart = periodsChartOf(input({ points: [point(0, 0.1), point(3, 0.3, true)] }))
    expect(chart.points.map(({ x, alarm }) => [x, alarm])).toEqual([
      [20.25, false],
      [87.75, true],
    ])
    const zero = chart.rows.find((row) => row.zero)
    expect(zero).toMatchObject({ text: '0' })
    for (const { y, from, to } of chart.points) {
      expect(from).toBeGreaterThan(y)
      expect(to).toBeLessThan(y)
      expect(from).toBeLessThanOrEqual(chart.floor)
      expect(to).toBeGreaterThanOrEqual(chart.top)
    }
    expect(chart.ticks.map(({ x }) => x)).toEqual([20.25, 42.75, 65.25, 87.75])
  })

  it('draw no line across a gap, and a short stroke for the limit of a single period', () => {
    const run = (...slots: number[]) => slots.map((slot) => ({ slot, value: slot / 10 }))
    const chart = periodsChartOf(input({ runs: [run(0, 1), run(3)], limits: [[{ slot: 3, low: -0.2, high: 0.2 }]] }))
    expect(chart.lines).toHaveLength(1)
    expect(chart.lines[0]).toMatch(/^M20\.25,[\d.]+L42\.75,[\d.]+$/)
    expect(chart.limits.every((path) => /^M81,[\d.]+L94\.5,[\d.]+$/.test(path))).toBe(true)
  })

  it('mark a change between two periods, its text turned to where there is room', () => {
    const chart = periodsChartOf(input({ marks: [1, 3].map((slot) => ({ slot, text: 'Version', detail: '' })) }))
    expect(chart.marks).toMatchObject([
      { x: 31.5, end: false },
      { x: 76.5, end: true },
    ])
  })

  it('leave out labels that would run into each other, and cut off long ones', () => {
    const long = Array.from({ length: 9 }, (_, i) => `A round with a long name, number ${i}`)
    const { ticks } = periodsChartOf(input({ labels: long }))
    expect(ticks.every(({ text }) => text.length <= 16 && text.endsWith('…'))).toBe(true)
    expect(ticks.reduce((sum, { text }) => sum + text.length + 2, 0)).toBeLessThanOrEqual(72)
    expect(ticks.filter(({ wide }) => !wide).length).toBeLessThanOrEqual(2)
  })

  it('stay within bounds where there are any, however wide the intervals', () => {
    const wild = { slot: 1, value: 2, low: -3, high: 7, alarm: false }
    const chart = periodsChartOf(input({ points: [wild], zero: false, within: [1, 4] }))
    expect(chart.rows.map(({ text }) => text)).toEqual(['1', '2', '3', '4'])
    expect(chart.points).toMatchObject([{ from: chart.floor, to: chart.top }])
  })

  it('can be drawn without anything, and with years of weeks', () => {
    expect(periodsChartOf(input()).rows.length).toBeGreaterThan(1)
    const many = periodsChartOf(input({ labels: Array.from({ length: 100 }, (_, i) => `${i}`) }))
    expect(many.ticks.length).toBeLessThanOrEqual(12)
    expect(many.ticks.filter(({ wide }) => !wide).length).toBeLessThanOrEqual(4)
  })
})
