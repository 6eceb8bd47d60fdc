/** What those who plan and watch rounds are told. */
import type { REASONS } from '#db/schema/rounds.ts'

export type RoundState = 'draft' | 'open' | 'closed'
export const REFERENCES_RATED = ['none', 'beside', 'only'] as const
export type ReferencesRated = (typeof REFERENCES_RATED)[number]
export type ReferencesShown = 'never' | 'after' | 'always'

export const ROUND_POOLS = ['active', 'holdout'] as const
export type RoundPool = (typeof ROUND_POOLS)[number]

/** Which responses a round takes: those of the given system versions to cases that pass the filter. Empty lists: all. */
export type ItemFilter = {
  /** Of which cases: the active ones, or the sealed ones of the holdout. */
  pool: RoundPool
  systemVersionIds: string[]
  categories: string[]
  userSegments: string[]
  /** Words that the case's key or question must contain. */
  search: string
  /** Take this many at random; null: all of them. */
  sample: number | null
}

export type RoundValues = ItemFilter & {
  name: string
  rubricVersionId: string
  /** Raters per item. */
  overlap: number
  raterIds: string[]
  referencesShown: ReferencesShown
  instructions: string
  secondsPerItem: number
  startsAt: number | null
  endsAt: number | null
  /** Share of the items that are anchors, mixed in blind; 0: none. */
  anchorShare: number
  /** Whether references are items themselves, blind: beside responses, or only they. */
  referencesRated: ReferencesRated
}

export type SegmentCount = { category: string; userSegment: string; items: number }

/** What a round would hold, before it is made. */
export type RoundPreview = {
  /** Items that pass the filter, and how many of them would be taken. */
  matched: number
  taken: number
  segments: SegmentCount[]
  /** The anchors that come on top of `taken`; null: none are asked for. */
  anchors: AnchorsInPreview | null
  /** The references that are rated themselves. */
  references: number
  /** Of all items, anchors and references among them, and the hours they take at the guess of time per item. */
  ratings: number
  hours: number
  warnings: string[]
}

export type AnchorsInPreview = {
  /** How many the share comes to, how many the round would have, and how many the project has. */
  wanted: number
  taken: number
  active: number
  /** Raters each. */
  overlap: number
}

export type RoundSummary = {
  id: string
  name: string
  state: RoundState
  rubric: { name: string; version: number }
  overlap: number
  referencesShown: ReferencesShown
  startsAt: number | null
  endsAt: number | null
  simulated: string | null
  createdAt: number
  items: number
  /** Whether it is one half of a bridge between two rubric versions. */
  isBridge: boolean
  raters: number
  /** Ratings needed in all, and ratings in force. */
  needed: number
  ratings: number
}

export type RaterProgress = {
  id: string
  name: string
  submitted: number
  /** Items now with this rater. */
  inHand: number
  /** Places of a bridge kept for this rater, who has not had them yet. */
  kept: number
  skipped: number
  expired: number
  flags: number
  /** Of this rater's ratings in force; null: none was timed. */
  medianActiveMs: number | null
  lastSubmittedAt: number | null
}

export type ReasonCount = {
  reason: (typeof REASONS)[number]
  items: number
  finished: number
  /** Ratings submitted, and needed. */
  ratings: number
  needed: number
}

/** What makes a round a bridge between two versions of a rubric. */
export type BridgeHalf = {
  from: { id: string; number: number }
  to: { id: string; number: number }
  /** Whether this round is rated under the older or the newer of the two. */
  under: 'from' | 'to'
  /** The round in which the same raters rate the same items under the other version; null: their earlier ratings count. */
  twin: { id: string; name: string; state: RoundState } | null
}

export type RoundProgress = {
  round: RoundSummary & {
    instructions: string
    secondsPerItem: number
    rubricVersionId: string
    createdBy: string | null
    anchorShare: number
    /** Null: it is no bridge. */
    bridge: BridgeHalf | null
  }
  items: { all: number; finished: number; begun: number; untouched: number }
  /** The same by why they are in the round, the most frequent first. */
  reasons: ReasonCount[]
  segments: (SegmentCount & { finished: number })[]
  raters: RaterProgress[]
  /** By day (start of the UTC day in milliseconds), days without any left out. */
  days: { day: number; ratings: number }[]
  flagsOpen: number
}

export type RaisedFlag = {
  id: string
  round: { id: string; name: string }
  case: { id: string; key: string }
  systemVersion: string
  rater: string
  kind: string
  note: string
  createdAt: number
  resolvedAt: number | null
  resolvedBy: string | null
}
