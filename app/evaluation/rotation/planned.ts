/** What a rotation is planned from, and what the plan says. */

export type Segment = { category: string; userSegment: string }

/** A case of the holdout. */
export type HeldCase = Segment & {
  id: string
  key: string
  sealedAt: number
  /** When its seal was to end; a rotation before that ends it early, and the plan says for how many. */
  sealedUntil: number
  /** How often it was opened. */
  exposures: number
  burnt: boolean
}

/** A case that is run. */
export type ActiveCase = Segment & { id: string; key: string; enteredAt: number; burnt: boolean }

/** Traces of a segment that may be drawn. */
export type WaitingTraces = Segment & { traces: number }

export type RotationState = {
  holdout: readonly HeldCase[]
  active: readonly ActiveCase[]
  waiting: readonly WaitingTraces[]
}

export type RotationTerms = {
  rotationDays: number
  /** The share of the holdout that graduates, 0 to 1. */
  graduatingShare: number
  /** How long a case stays active, in rotations. */
  activeRotations: number
  /** The share of each segment that is to be sealed, 0 to 1. */
  holdoutShare: number
}

/** Why a case leaves the pools that are used: it was active for its time, or two people broke its seal. */
export type Retiring = { id: string; key: string; why: 'old' | 'burnt' }

export type PlannedSegment = Segment & {
  before: { active: number; holdout: number }
  /** From holdout to active. */
  graduating: number
  /** Out of active, for age or a broken seal. */
  retiring: number
  /** Out of the holdout, for a broken seal. */
  burnt: number
  /** How many cases its holdout is to hold afterwards. */
  target: number
  /** New cases into the holdout. */
  entering: number
  /** How many the traffic is short of the target. */
  short: number
  after: { active: number; holdout: number }
}

export type RotationPlan = {
  /** In the order of leaving: the longest sealed first. */
  graduating: { id: string; key: string }[]
  retiring: Retiring[]
  /** By name of category, then of user segment. */
  segments: PlannedSegment[]
  /** How many of those that graduate were to stay sealed for longer. */
  early: number
}
