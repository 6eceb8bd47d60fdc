import type { RatingSource } from '../agreement/filter.ts'

export const PERIOD_KINDS = ['week', 'month', 'quarter', 'round'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

/** Which ratings of a project drift is looked for in, and how; null: no limit, or left to Assay. */
export type DriftFilter = {
  /** Null: the rubric of the newest ratings. All its versions are looked at, each by itself. */
  rubricId: string | null
  /** Submitted at or after, and before, in milliseconds. */
  from: number | null
  to: number | null
  category: string | null
  userSegment: string | null
  source: RatingSource | null
  raterId: string | null
  /** Null: months, or rounds where all ratings fall into one month. */
  periods: PeriodKind | null
  /** Keys of the two periods whose means are compared; null: the first and the last with live items. */
  before: string | null
  after: string | null
  /** False alarms in 100 periods, over all dimensions together. */
  falseAlarms: number
}

export const FALSE_ALARMS = [0.5, 1, 2, 5] as const

export const NO_DRIFT_FILTER: DriftFilter = {
  rubricId: null,
  from: null,
  to: null,
  category: null,
  userSegment: null,
  source: null,
  raterId: null,
  periods: null,
  before: null,
  after: null,
  falseAlarms: 1,
}

/** A filter whose rubric is settled, and known to be of the project. */
export type SettledDrift = DriftFilter & { rubricId: string }
