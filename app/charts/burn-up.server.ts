import { scaleLinear, scaleUtc } from 'd3-scale'
import { curveStepAfter, line } from 'd3-shape'

const DAY_MS = 86_400_000

/** Ratings by UTC day, the time they had, and how many were wanted. */
export type BurnUpInput = {
  days: readonly { day: number; count: number }[]
  startsAt: number
  endsAt: number | null
  now: number
  needed: number
}

/** Where everything stands: x in per cent, y in pixels. Paths are for a box of 100 x `floor` stretched to the width. */
export type BurnUp = {
  height: number
  top: number
  floor: number
  done: string
  /** From nothing at the start to all at the date; null without a date. */
  plan: string | null
  dot: { x: number; y: number } | null
  end: { x: number; late: boolean } | null
  rows: { y: number; count: number }[]
  ticks: { x: number; at: number; wide: boolean; anchor: 'start' | 'middle' | 'end' }[]
}

const TOP = 16
const FLOOR = 200
const HEIGHT = 226

/** Geometry of a burn-up chart: what was done by when, against what was wanted by its date. */
export function burnUpOf({ days, startsAt, endsAt, now, needed }: BurnUpInput): BurnUp {
  const firstDay = days[0]?.day ?? startsAt
  const lastDay = days.at(-1)?.day ?? startsAt
  const from = Math.min(startsAt, firstDay)
  const to = Math.max(endsAt ?? 0, Math.min(now, lastDay + DAY_MS), from + DAY_MS)
  const x = scaleUtc().domain([from, to]).range([0, 100])
  const total = days.reduce((sum, { count }) => sum + count, 0)
  const y = scaleLinear()
    .domain([0, Math.max(needed, total, 1)])
    .range([FLOOR, TOP])
  const at = (time: number): number => round(x(Math.min(to, Math.max(from, time))))

  let sum = 0
  const steps = days.map(({ day, count }) => {
    sum += count
    return { x: at(Math.min(day + DAY_MS, Math.max(now, day))), y: round(y(sum)) }
  })
  const start = { x: at(from), y: FLOOR }
  const seen = at(Math.min(now, to))
  const last = steps.at(-1)
  const still = last && last.x < seen ? [{ x: seen, y: last.y }] : []
  const path = line<{ x: number; y: number }>(
    (point) => point.x,
    (point) => point.y,
  ).curve(curveStepAfter)
  return {
    height: HEIGHT,
    top: TOP,
    floor: FLOOR,
    done: steps.length === 0 ? '' : (path([start, ...steps, ...still]) ?? ''),
    plan: endsAt === null ? null : `M${at(startsAt)},${FLOOR}L${at(endsAt)},${round(y(needed))}`,
    dot: last ? { x: still[0]?.x ?? last.x, y: last.y } : null,
    end: endsAt === null ? null : { x: at(endsAt), late: now > endsAt && total < needed },
    rows: rowsOf(needed).map((count) => ({ y: round(y(count)), count })),
    ticks: ticksOf(from, to, at),
  }
}

const rowsOf = (needed: number): number[] => (needed < 4 ? [0, needed] : [0, Math.round(needed / 2), needed])

const MOST_TICKS = 8

/** One tick every so many whole days, as many as fit; every second one is for wide places only. */
function ticksOf(from: number, to: number, at: (time: number) => number): BurnUp['ticks'] {
  const first = Math.ceil(from / DAY_MS)
  const last = Math.floor(to / DAY_MS)
  const step = Math.max(1, Math.ceil((last - first + 1) / MOST_TICKS))
  const days = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => (first + i * step) * DAY_MS)
  return days.map((day, i) => {
    const x = at(day)
    return { x, at: day, wide: i % 2 === 1, anchor: x < 3 ? 'start' : x > 97 ? 'end' : 'middle' }
  })
}

const round = (value: number): number => Math.round(value * 100) / 100
