import { scaleLinear } from 'd3-scale'

/** One thing with its estimate and interval; null: there is none. */
export type ForestRow = { name: string; estimate: number | null; low: number | null; high: number | null }

/** A stretch of the axis with a meaning, from here to the next one's start. `tone` null: no ground of its own. */
export type ForestBand = { from: number; label: string; tone: 'warn' | 'good' | null }

type Anchor = 'start' | 'middle' | 'end'

/** Where everything stands: x in per cent of the width, y in pixels. */
export type Forest = {
  height: number
  /** Height of a row; the names and figures beside the drawing keep to it. */
  row: number
  top: number
  axis: number
  /** Where a line of its own stands, if anywhere. */
  zero: number | null
  /** Small ticks at the foot: things without a row of their own. */
  rug: number[]
  bands: { x: number; width: number; tone: 'warn' | 'good' }[]
  labels: { x: number; anchor: Anchor; text: string; narrow: boolean }[]
  /** `spare`: left out where there is little room. */
  ticks: { x: number; anchor: Anchor; text: string; strong: boolean; spare?: boolean }[]
  /** A row without estimate has no mark. `line` null: no interval; `second`: another figure of the row. */
  marks: { name: string; y: number; x: number; line: { from: number; to: number } | null; second: number | null }[]
}

const ROW = 40
const TOP = 20
const FOOT = 26
/** The axis begins here, or a tenth below the lowest thing drawn. */
const USUAL_START = 0.4
/** Ticks nearer to a band's edge than this share of the axis would touch its label. */
const CROWDED = 0.055
/** A band narrower than this, in per cent, cannot hold its label on a phone. */
const NARROW = 15

/** Geometry of a forest plot of coefficients whose highest value is 1. */
export function forestOf(rows: readonly ForestRow[], bands: readonly ForestBand[]): Forest {
  const start = startOf(rows)
  const x = scaleLinear().domain([start, 1]).range([0, 100])
  const at = (value: number) => round(x(Math.min(1, Math.max(start, value))))
  const axis = TOP + ROW * rows.length
  const edges = bands.map(({ from }) => from).filter((from) => from > start)
  return {
    height: axis + FOOT,
    row: ROW,
    top: TOP,
    axis,
    zero: null,
    rug: [],
    bands: bands.flatMap(({ from, tone }, i) => {
      const to = bands[i + 1]?.from ?? 1
      return tone === null ? [] : [{ x: at(from), width: round(at(to) - at(from)), tone }]
    }),
    labels: bands.flatMap(({ from, label }, i) => {
      const [left, right] = [at(from), at(bands[i + 1]?.from ?? 1)]
      const first = i === 0
      return [
        {
          x: first ? right : round((left + right) / 2),
          anchor: first ? ('end' as const) : ('middle' as const),
          text: label,
          narrow: right - left < NARROW,
        },
      ]
    }),
    ticks: [...ticksFrom(start, edges), ...edges.map((value) => ({ value, strong: true }))]
      .sort((a, b) => a.value - b.value)
      .map(({ value, strong }) => ({
        x: at(value),
        anchor: value === start ? ('start' as const) : value === 1 ? ('end' as const) : ('middle' as const),
        text: tickText(value),
        strong,
      })),
    marks: rows.flatMap(({ name, estimate, low, high }, i) =>
      estimate === null
        ? []
        : [
            {
              name,
              y: TOP + ROW * i + ROW / 2,
              x: at(estimate),
              line: low === null || high === null ? null : { from: at(low), to: at(high) },
              second: null,
            },
          ],
    ),
  }
}

function startOf(rows: readonly ForestRow[]): number {
  const lowest = Math.min(
    USUAL_START,
    ...rows.flatMap(({ estimate, low }) => (estimate === null ? [] : [low ?? estimate])),
  )
  return Math.max(-1, lowest < USUAL_START ? Math.floor((lowest - 0.02) * 10) / 10 : USUAL_START)
}

/** Every tenth, or every second one on a long axis, leaving room for the edges' own labels. */
function ticksFrom(start: number, edges: readonly number[]): { value: number; strong: boolean }[] {
  const step = 1 - start > 0.85 ? 2 : 1
  const crowded = CROWDED * (1 - start)
  const tenths = Array.from({ length: Math.round((1 - start) * 10) + 1 }, (_, i) => Math.round(start * 10) + i)
  return tenths
    .filter((tenth) => tenth === tenths[0] || tenth === 10 || tenth % step === 0)
    .map((tenth) => ({ value: tenth / 10, strong: false }))
    .filter(({ value }) => edges.every((edge) => Math.abs(edge - value) > crowded))
    .filter(({ value }) => value === start || value - start > crowded)
}

const tickText = (value: number): string => String(value).replace('-', '−')

const round = (value: number): number => Math.round(value * 100) / 100
