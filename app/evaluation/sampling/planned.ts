/** What a sampling is planned from, and what the plan says. */
import type { Floor } from './floor.ts'

export type Segment = { category: string; userSegment: string }

export type SamplingAsked = {
  /** How many cases are to enter the eval set. */
  size: number
  /** The least share of them that every category is to get, 0 to 1. */
  floorShare: number
  /** The share of each segment that is sealed, 0 to 1. */
  holdoutShare: number
  /** Decides which traces are drawn: the same seed and traces give the same cases. */
  seed: number
}

/** What waits to be sampled in a segment. */
export type SegmentTraffic = Segment & {
  /** Interactions: traces that wait, and those that were merged into them. */
  traffic: number
  /** Traces that may be drawn. */
  waiting: number
}

export type Traffic = {
  segments: readonly SegmentTraffic[]
  /** Traces that wait and lack a category or a user segment: they cannot be drawn, and hold nothing else up. */
  unassigned: number
  /** The project's lists, in their order. */
  categories: readonly string[]
  userSegments: readonly string[]
}

export type PlannedSegment = SegmentTraffic & {
  /** How many become cases, and of those how many go where. */
  drawn: number
  active: number
  holdout: number
  /** How many interactions each case stands for; null where none is drawn. */
  weight: number | null
}

export type PlannedCategory = {
  category: string
  traffic: number
  /** Of the traffic of all categories, 0 to 1. */
  trafficShare: number
  waiting: number
  /** The least it is to get. */
  floor: number
  /** What it would get if it had traces without end. */
  wanted: number
  drawn: number
  /** Of all that is drawn, 0 to 1. */
  setShare: number
  active: number
  holdout: number
  /** How many traces it lacks of what it would get; the others get those, by their traffic. */
  short: number
}

export type SamplingPlan = {
  asked: SamplingAsked
  /** The floor it went by. */
  floor: Floor
  /** How many are drawn; fewer than asked where there are not as many traces. */
  drawn: number
  active: number
  holdout: number
  traffic: number
  waiting: number
  unassigned: number
  categories: PlannedCategory[]
  /** Those with traffic, in the order of the project's lists. */
  segments: PlannedSegment[]
}
