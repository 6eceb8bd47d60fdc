import { scaleLinear } from 'd3-scale'

/** Where everything stands: x in per cent, y in pixels. */
export type Histogram = {
  height: number
  floor: number
  /** Where the plot begins; the counts stand before it. */
  left: number
  bars: { x: number; width: number; y: number; height: number; label: string; count: number }[]
  ticks: { y: number; text: string }[]
  /** Below the floor, at the edges of the bins. */
  edges: { x: number; text: string; anchor: 'middle' | 'end' }[]
}

/** Of the width, for the counts beside the bars. */
const LEFT = 9
const TOP = 12
const PLOT = 132
const FOOT = 22
const GAP = 0.8
const TICKS = 3

/**
 * Geometry of a histogram of counts in bins of equal width.
 *
 * @param edges of the bins, one more than there are bins
 */
export function histogramOf(counts: readonly number[], edges: readonly number[]): Histogram {
  const most = Math.max(1, ...counts)
  const y = scaleLinear()
    .domain([0, most])
    .nice(TICKS)
    .range([TOP + PLOT, TOP])
  const floor = TOP + PLOT
  const width = (100 - LEFT) / counts.length
  return {
    height: floor + FOOT,
    floor,
    left: LEFT,
    bars: counts.map((count, i) => ({
      x: round(LEFT + i * width + GAP / 2),
      width: round(width - GAP),
      y: round(y(count)),
      height: round(floor - y(count)),
      label: `${edges[i]} to ${edges[i + 1]}`,
      count,
    })),
    // Counts are whole: between two of them there is nothing to mark.
    ticks: y
      .ticks(TICKS)
      .filter((value) => Number.isInteger(value))
      .map((value) => ({ y: round(y(value)), text: value.toLocaleString('en') })),
    edges: edges.map((edge, i) => ({
      x: round(LEFT + i * width),
      text: String(edge),
      anchor: i === edges.length - 1 ? 'end' : 'middle',
    })),
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
