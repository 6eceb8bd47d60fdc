import { scaleLinear } from 'd3-scale'
import type { Forest, ForestBand } from './forest.server.ts'

/** One thing with its estimate and interval, and perhaps a second figure on the same axis; null: there is none. */
export type PlotRow = {
  name: string
  estimate: number | null
  low: number | null
  high: number | null
  second?: number | null
}

export type PlotAxis = {
  /** Values that must be on the axis whatever the rows say. */
  shown: readonly [number, number]
  /** The axis never reaches further; what lies beyond is drawn at its end. */
  most?: readonly [number, number]
  bands: readonly ForestBand[]
  /** A value with a line of its own, such as "no difference". */
  zero?: number
  /** Values without a row, ticked at the foot, as where a long list is shown in pages. */
  rug?: readonly number[]
}

const ROW = 28
const TOP = 28
const FOOT = 26
const TICKS = 7
/** So many ticks have room on a phone. */
const ON_A_PHONE = 6
/** A band narrower than this, in per cent, cannot hold its label on a phone. */
const NARROW = 15

/** Geometry of rows of figures on a common axis whose ends follow from them; drawn as a forest plot. */
export function rowPlotOf(rows: readonly PlotRow[], { shown, most, bands, zero, rug = [] }: PlotAxis): Forest {
  const values = rows.flatMap(({ estimate, low, high, second }) =>
    [estimate, low, high, second ?? null].flatMap((value) => (value === null ? [] : [value])),
  )
  const wanted = [Math.min(shown[0], ...values), Math.max(shown[1], ...values)] as const
  const ends = [Math.max(wanted[0], most?.[0] ?? wanted[0]), Math.min(wanted[1], most?.[1] ?? wanted[1])]
  const x = scaleLinear().domain(ends).nice(TICKS).range([0, 100])
  const [start = 0, end = 1] = x.domain()
  const at = (value: number) => hundredth(x(Math.min(end, Math.max(start, value))))
  const ticks = x.ticks(TICKS)
  const axis = TOP + ROW * rows.length
  const stretches = bands.map((band, i) => ({
    ...band,
    left: at(band.from),
    right: at(bands[i + 1]?.from ?? end),
  }))
  return {
    height: axis + FOOT,
    row: ROW,
    top: TOP,
    axis,
    zero: zero === undefined ? null : at(zero),
    rug: rug.map(at),
    bands: stretches.flatMap(({ left, right, tone }) =>
      tone === null || right <= left ? [] : [{ x: left, width: hundredth(right - left), tone }],
    ),
    labels: stretches.flatMap(({ left, right, label }, i) => {
      if (right <= left || label === '') return []
      const place = i === 0 ? left : i === stretches.length - 1 ? right : hundredth((left + right) / 2)
      const anchor = i === 0 ? 'start' : i === stretches.length - 1 ? 'end' : 'middle'
      return [{ x: place, anchor, text: label, narrow: right - left < NARROW }] as const
    }),
    ticks: ticks.map((value, i) => ({
      x: at(value),
      anchor: value === start ? ('start' as const) : value === end ? ('end' as const) : ('middle' as const),
      text: x.tickFormat(TICKS)(value).replace('-', '−'),
      strong: value === zero,
      // every second one as counted from the line of its own, or from the start
      spare: ticks.length > ON_A_PHONE && (i - Math.max(0, ticks.indexOf(zero ?? start))) % 2 !== 0,
    })),
    marks: rows.flatMap(({ name, estimate, low, high, second }, i) =>
      estimate === null
        ? []
        : [
            {
              name,
              y: TOP + ROW * i + ROW / 2,
              x: at(estimate),
              line: low === null || high === null ? null : { from: at(low), to: at(high) },
              second: second === undefined || second === null ? null : at(second),
            },
          ],
    ),
  }
}

const hundredth = (value: number): number => Math.round(value * 100) / 100
