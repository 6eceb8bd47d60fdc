import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'

/** A value in a period; `slot` counts periods from 0 and may lie between two, where a period has several values. */
export type PeriodPoint = { slot: number; value: number; low: number | null; high: number | null; alarm: boolean }

export type PeriodsInput = {
  /** One for each period, in the order of time. */
  labels: readonly string[]
  /** Values that stand by themselves, with their intervals. */
  points: readonly PeriodPoint[]
  /** Values that a line joins; each run is one line. A missing value is a gap: no line crosses it. */
  runs: readonly (readonly { slot: number; value: number }[])[]
  /** Control limits, one run for each series. */
  limits: readonly (readonly { slot: number; low: number; high: number }[])[]
  /** Something that changed before a slot; `detail` is left out in narrow places. */
  marks: readonly { slot: number; text: string; detail: string }[]
  /** A stretch of slots pointed at. */
  span: { from: number; to: number; text: string } | null
  /** Draws a line at 0, and has it in view. */
  zero: boolean
  /** Bounds that no value can leave; intervals beyond them are cut off there. */
  within?: readonly [number, number]
}

/** Where everything stands: x in per cent, y in pixels. Paths are for a box of 100 x `height` stretched to the width. */
export type PeriodsChart = {
  height: number
  top: number
  floor: number
  rows: { y: number; text: string; zero: boolean }[]
  ticks: { x: number; text: string; wide: boolean }[]
  lines: string[]
  limits: string[]
  points: { x: number; y: number; from: number | null; to: number | null; alarm: boolean }[]
  marks: { x: number; text: string; detail: string; end: boolean }[]
  span: { from: number; to: number; y: number; text: string; end: boolean } | null
}

const TOP = 24
const PLOT = 216
const FOOT = 28
/** Room for the numbers at the left, in per cent. */
const LEFT = 9
const RIGHT = 99
const ROWS = 4
const MOST_TICKS = 12
const MOST_NARROW = 4
/** So many letters stand beside each other under half a page, and on a phone; a longer label is cut off. */
const LETTERS = 72
const LETTERS_NARROW = 34
const LONGEST = 16
/** Beyond this a text would leave the drawing at its right. */
const LATE = 62

/** Geometry of values over periods, with limits and what changed between them. */
export function periodsChartOf({
  labels,
  points,
  runs,
  limits,
  marks,
  span,
  zero,
  within,
}: PeriodsInput): PeriodsChart {
  const floor = TOP + PLOT
  const values = [
    ...points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
    ...runs.flat().map(({ value }) => value),
    ...limits.flat().flatMap(({ low, high }) => [low, high]),
    ...(zero ? [0] : []),
  ]
  const y = scaleLinear()
    .domain(domainOf(values, within))
    .nice(ROWS)
    .range([floor, TOP])
    .clamp(within !== undefined)
  const width = (RIGHT - LEFT) / Math.max(1, labels.length)
  const x = (slot: number) => round(LEFT + (slot + 0.5) * width)
  const at = (value: number) => round(y(value))
  const path = line<{ slot: number; value: number }>(
    ({ slot }) => x(slot),
    ({ value }) => at(value),
  )
  return {
    height: floor + FOOT,
    top: TOP,
    floor,
    rows: y.ticks(ROWS).map((value) => ({ y: at(value), text: tickText(value, zero), zero: zero && value === 0 })),
    ticks: ticksOf(labels).map(({ slot, ...tick }) => ({ x: x(slot), ...tick })),
    lines: runs.filter((run) => run.length > 1).map((run) => path(run) ?? ''),
    limits: limits.flatMap((run) => (['low', 'high'] as const).map((side) => path(spread(run, side)) ?? '')),
    points: points.map(({ slot, value, low, high, alarm }) => ({
      x: x(slot),
      y: at(value),
      from: low === null ? null : at(low),
      to: high === null ? null : at(high),
      alarm,
    })),
    marks: marks.map(({ slot, text, detail }) => {
      const place = x(slot - 0.5)
      return { x: place, text, detail, end: place > LATE }
    }),
    span: span && {
      from: x(span.from - 0.3),
      to: x(span.to + 0.3),
      y: floor - 8,
      text: span.text,
      end: x(span.from) > LATE,
    },
  }
}

function domainOf(values: readonly number[], within: PeriodsInput['within']): [number, number] {
  if (values.length === 0) return [0, 1]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max(0.05, (high - low) * 0.06)
  const [least, most] = within ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return [Math.max(least, low - room), Math.min(most, high + room)]
}

/** A limit of a single period is a short stroke. */
function spread(run: readonly { slot: number; low: number; high: number }[], side: 'low' | 'high') {
  const [only] = run
  if (run.length !== 1 || only === undefined) return run.map((one) => ({ slot: one.slot, value: one[side] }))
  return [-0.3, 0.3].map((by) => ({ slot: only.slot + by, value: only[side] }))
}

function ticksOf(labels: readonly string[]): { slot: number; text: string; wide: boolean }[] {
  const short = labels.map((text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text))
  const room = 2 + Math.max(0, ...short.map((text) => text.length))
  const ticksIn = (letters: number, most: number) => Math.max(1, Math.min(most, Math.floor(letters / room)))
  const step = Math.ceil(labels.length / ticksIn(LETTERS, MOST_TICKS))
  const shown = short.flatMap((text, slot) => (slot % step === 0 ? [{ slot, text }] : []))
  const narrow = Math.ceil(shown.length / ticksIn(LETTERS_NARROW, MOST_NARROW))
  return shown.map((tick, i) => ({ ...tick, wide: i % narrow !== 0 }))
}

const tickText = (value: number, signed: boolean): string => {
  const text = String(Math.round(value * 1000) / 1000).replace('-', '−')
  return signed && value > 0 ? `+${text}` : text
}

const round = (value: number): number => Math.round(value * 100) / 100
