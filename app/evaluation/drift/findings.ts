import type { AnchorPlan } from '#app/stats/drift/monitor/power.ts'
import type { ChartPaths } from '#app/stats/drift/report/chart-paths.ts'
import type { DimensionDrift } from '#app/stats/drift/report/drift-report.ts'
import type { MixBetween } from '#app/stats/drift/report/mix-changes.ts'
import type { PeriodMean } from '#app/stats/drift/report/trend.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { RatingSource } from '../agreement/filter.ts'
import type { PeriodKind } from './filter.ts'
import type { Period } from './periods.ts'
import type { VersionScale } from './scales.ts'

/** What was found of drift in a project's ratings. Raters and segments of the dimensions are numbers into these lists. */
export type DriftFindings = {
  periodKind: PeriodKind
  periods: Period[]
  /** Numbers of the periods whose means are compared; null: there are no two with live items. */
  compared: { before: number; after: number } | null
  /** Ids. */
  raters: string[]
  segments: { category: string; userSegment: string }[]
  basis: DriftBasis
  /** Live items by system version's id, the most first, in each period. */
  systems: { id: string; items: number }[][]
  dimensions: DimensionFindings[]
  /** Dimensions that could not be looked at. */
  leftOut: { key: string; name: string; reason: string }[]
}

/** How many ratings there are, by what they stand for. A live rating of an anchor counts as both. */
export type DriftBasis = {
  ratings: number
  live: number
  anchor: number
  bridge: number
  /** Training, gold, adjudication and the like, which say nothing of drift. */
  aside: number
  sources: Record<RatingSource, number>
}

export type DimensionFindings = {
  key: string
  name: string
  levels: number[]
  /** In the order of their first use; a version's number here is its place in the list. */
  versions: VersionScale[]
  scores: number
  cannotJudge: number
  /** Live means of each version. */
  means: { version: number; periods: PeriodMean[] }[]
  drift: DimensionDrift
  /** The charts as drawn, by version; null where there is none. */
  paths: (ChartPaths | null)[]
  /** Days between both halves of a bridge's pairs, by step; null without pairs. */
  daysApart: (number | null)[]
  /** What a plan of anchors needs to know of this panel, from the latest live period; null: too little to tell. */
  pilot: AnchorKnown | null
  /** Live items by segment in the two periods compared; null where there are none. */
  mix: Estimated<MixBetween>
}

export type AnchorKnown = Omit<AnchorPlan, 'ratings' | 'anchors'>
