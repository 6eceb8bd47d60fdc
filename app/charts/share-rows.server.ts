import { scaleLinear } from 'd3-scale'

/** A row's bars, one under the other; the parts of a bar are shares, 0 to 1, and stand end to end. */
export type ShareRow = { name: string; bars: readonly (readonly number[])[] }

/** Where everything stands: x and widths in per cent of the drawing, y in pixels. */
export type ShareRows = {
  height: number
  top: number
  axis: number
  ticks: { x: number; text: string; anchor: 'start' | 'middle' | 'end' }[]
  /** A share that all rows are held against. */
  line: { x: number; text: string; anchor: 'start' | 'middle' | 'end' } | null
  bars: { key: string; bar: number; part: number; x: number; width: number; y: number; height: number }[]
}

const ROW = 40
const TOP = 20
const FOOT = 26
/** Above a row's bars there is room for its name, where the page is narrow. */
const NAME = 16
const BARS = 20
const GAP = 2
const TICKS = 5
/** So near an end a label would leave the drawing. */
const NEAR_END = 12

/** Geometry of a chart of shares: a row each, with a line across all of them. */
export function shareRowsOf(rows: readonly ShareRow[], held: { share: number; text: string } | null = null): ShareRows {
  const lengths = rows.flatMap(({ bars }) => bars.map((parts) => parts.reduce((sum, part) => sum + part, 0)))
  const x = scaleLinear()
    .domain([0, Math.max(0.01, held?.share ?? 0, ...lengths)])
    .nice(TICKS)
    .range([0, 100])
  const axis = TOP + ROW * rows.length
  const anchorAt = (place: number) => (place < NEAR_END ? 'start' : place > 100 - NEAR_END ? 'end' : 'middle')
  return {
    height: axis + FOOT,
    top: TOP,
    axis,
    ticks: x.ticks(TICKS).map((share) => {
      const place = round(x(share))
      return { x: place, text: `${round(100 * share)} %`, anchor: anchorAt(place) }
    }),
    line: held ? { x: round(x(held.share)), text: held.text, anchor: anchorAt(x(held.share)) } : null,
    bars: rows.flatMap(({ name, bars }, row) => {
      const height = (BARS - GAP * (bars.length - 1)) / Math.max(1, bars.length)
      const first = TOP + ROW * row + NAME
      return bars.flatMap((parts, bar) => {
        let start = 0
        return parts.flatMap((share, part) => {
          const from = start
          start += share
          if (share === 0) return []
          const width = round(x(start) - x(from))
          return {
            key: `${name} ${bar} ${part}`,
            bar,
            part,
            x: round(x(from)),
            width,
            y: first + bar * (height + GAP),
            height,
          }
        })
      })
    }),
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
