import { scaleLinear } from 'd3-scale'

/** What carries a figure from `before` to `after`; the steps add up to the difference. */
export type WaterfallInput = {
  before: number
  after: number
  steps: readonly { name: string; size: number; low: number; high: number }[]
}

/** Where everything stands: x in per cent, y in pixels. */
export type Waterfall = {
  height: number
  top: number
  floor: number
  ticks: { x: number; text: string; anchor: 'start' | 'middle' | 'end' }[]
  ends: { x: number; y: number }[]
  /** `hollow`: the interval holds zero, so the step may be nothing. */
  bars: { name: string; x: number; width: number; y: number; hollow: boolean; line: { from: number; to: number } }[]
  /** From the end of a bar down to the next. */
  links: { x: number; from: number; to: number }[]
}

export const WATERFALL_ROW = 40
const TOP = 20
const FOOT = 26
const BAR = 12
const TICKS = 5

/** Geometry of a waterfall: a row for the figure before, one for each step, one for the figure after. */
export function waterfallOf({ before, after, steps }: WaterfallInput): Waterfall {
  const starts = [before]
  for (const { size } of steps) starts.push((starts.at(-1) as number) + size)
  const reached = steps.flatMap(({ size, low, high }, i) => {
    const start = starts[i] as number
    return [start, start + size, start + low, start + high]
  })
  const x = scaleLinear()
    .domain([Math.min(before, after, ...reached), Math.max(before, after, ...reached)])
    .nice(TICKS)
    .range([0, 100])
  const [first = 0, last = 1] = x.domain()
  const at = (value: number) => round(first === last ? 50 : x(value))
  const middle = (row: number) => TOP + WATERFALL_ROW * row + WATERFALL_ROW / 2
  const rows = steps.length + 2
  const floor = TOP + WATERFALL_ROW * rows
  return {
    height: floor + FOOT,
    top: TOP,
    floor,
    ticks: x.ticks(TICKS).map((value) => ({
      x: at(value),
      text: x.tickFormat(TICKS)(value).replace('-', '−'),
      anchor: value === first ? 'start' : value === last ? 'end' : 'middle',
    })),
    ends: [
      { x: at(before), y: middle(0) },
      { x: at(after), y: middle(rows - 1) },
    ],
    bars: steps.map(({ name, size, low, high }, i) => {
      const start = starts[i] as number
      const [left, right] = [at(Math.min(start, start + size)), at(Math.max(start, start + size))]
      return {
        name,
        x: left,
        width: round(right - left),
        y: middle(i + 1) - BAR / 2,
        hollow: low <= 0 && high >= 0,
        line: { from: at(start + low), to: at(start + high) },
      }
    }),
    links: steps.map(({ size }, i) => ({
      x: at((starts[i] as number) + size),
      from: middle(i + 1) + BAR / 2,
      to: middle(i + 2) - BAR / 2,
    })),
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
