/** How many cases each segment gets: counts in, a plan out. docs/methods/sampling.md has the formulas. */
import { apportion } from '#app/stats/apportion.ts'
import { floorOf } from './floor.ts'
import type {
  PlannedCategory,
  PlannedSegment,
  SamplingAsked,
  SamplingPlan,
  SegmentTraffic,
  Traffic,
} from './planned.ts'
import { holdoutOf } from './split.ts'

/** So that a share of a size that is whole but for rounding is not rounded up. */
const CLOSE = 1e-9

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0)

/**
 * Plans a sampling. Every category gets its floor, the rest goes by traffic: a category's cases are in proportion to its
 * traffic but for those that the floor lifts. Within a category user segments share by traffic, each never more than it has
 * traces. The same counts and terms give the same plan, whatever order the counts come in.
 */
export function planFrom(counted: Traffic, asked: SamplingAsked): SamplingPlan {
  const given = counted.segments.filter(({ traffic }) => traffic > 0)
  const names = ordered(
    counted.categories,
    given.map(({ category }) => category),
  )
  const bySegment = ordered(
    counted.userSegments,
    given.map(({ userSegment }) => userSegment),
  )
  const own = names.map((category) =>
    given
      .filter((one) => one.category === category)
      .sort((a, b) => bySegment.indexOf(a.userSegment) - bySegment.indexOf(b.userSegment)),
  )
  const traffic = own.map((segments) => sum(segments, (one) => one.traffic))
  const waiting = own.map((segments) => sum(segments, (one) => one.waiting))
  const everything = sum(traffic, (one) => one)
  const size = Math.min(
    asked.size,
    sum(waiting, (one) => one),
  )
  const floor = floorOf(asked.floorShare, names.length)
  const least = floorCases(floor.share, size, names.length)
  const wanted = apportion(
    size,
    traffic.map((weight) => ({ weight, atLeast: least, atMost: size })),
  )
  const drawn = apportion(
    size,
    traffic.map((weight, i) => ({ weight, atLeast: Math.min(least, waiting[i] ?? 0), atMost: waiting[i] ?? 0 })),
  )
  const segments = own.map((some, i) => plannedSegments(some, drawn[i] ?? 0, asked.holdoutShare))
  const categories = names.map((category, i): PlannedCategory => {
    const [mine, got, due] = [segments[i] ?? [], drawn[i] ?? 0, wanted[i] ?? 0]
    return {
      category,
      traffic: traffic[i] ?? 0,
      trafficShare: everything === 0 ? 0 : (traffic[i] ?? 0) / everything,
      waiting: waiting[i] ?? 0,
      floor: least,
      wanted: due,
      drawn: got,
      setShare: size === 0 ? 0 : got / size,
      active: sum(mine, (one) => one.active),
      holdout: sum(mine, (one) => one.holdout),
      short: Math.max(0, due - got),
    }
  })
  return {
    asked,
    floor,
    drawn: sum(drawn, (one) => one),
    active: sum(categories, (one) => one.active),
    holdout: sum(categories, (one) => one.holdout),
    traffic: everything,
    waiting: sum(waiting, (one) => one),
    unassigned: counted.unassigned,
    categories,
    segments: segments.flat(),
  }
}

/** The floor in cases: rounded up, or down where there are too few cases to round it up for all. */
function floorCases(share: number, size: number, categories: number): number {
  const up = Math.ceil(share * size - CLOSE)
  return up * categories <= size ? up : Math.floor(share * size + CLOSE)
}

function plannedSegments(segments: readonly SegmentTraffic[], drawn: number, holdoutShare: number): PlannedSegment[] {
  const counts = apportion(
    drawn,
    segments.map(({ traffic, waiting }) => ({ weight: traffic, atLeast: 0, atMost: waiting })),
  )
  return segments.map(({ category, userSegment, traffic, waiting }, i) => {
    const own = counts[i] ?? 0
    const holdout = holdoutOf(own, holdoutShare)
    const weight = own === 0 ? null : traffic / own
    return { category, userSegment, traffic, waiting, drawn: own, active: own - holdout, holdout, weight }
  })
}

/** Those of the list in its order, then the others by name. */
function ordered(listed: readonly string[], found: readonly string[]): string[] {
  const others = [...new Set(found)].filter((name) => !listed.includes(name))
  return [...new Set(listed), ...others.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))]
}
