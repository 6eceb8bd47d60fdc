/**
 * Everything a rater's browser is told. Nothing here names the system version, a judge, another rating, the reason or the
 * case: an item is known to the browser by its assignment only.
 */
import type { Content } from '../ratings/content.ts'

/** Markdown already rendered and sanitised on the server. */
export type SafeHtml = string

/** `examples`: answers that deserve the level, the first few, shortened; left out where there are none. */
export type ShownLevel = { value: number; label: string; anchor: string; examples?: readonly string[] }

export type ShownDimension = {
  id: string
  key: string
  name: string
  description: string
  levels: ShownLevel[]
  /** A note is asked for at or below this level. */
  rationaleAtOrBelow: number | null
}

export type ShownRubric = { name: string; version: number; dimensions: ShownDimension[] }

export type ShownRound = {
  id: string
  name: string
  instructions: SafeHtml
  referencesShown: 'never' | 'after' | 'always'
  secondsPerItem: number
  endsAt: number | null
  /** How the ratings of this round are simulated; null for a real round. */
  simulated: string | null
  /** A string to find copies of the page by; the same on every page of the project. Null: there is none yet. */
  canary: string | null
}

export type ShownReference = { quality: 'high' | 'borderline'; html: SafeHtml }

export type ShownDocument = { title: string; html: SafeHtml; words: number }

export type ShownItem = {
  assignment: string
  question: SafeHtml
  response: SafeHtml
  documents: ShownDocument[]
  /** Null: not shown, or not yet. */
  references: ShownReference[] | null
  /** True when the case has references that this round shows after scoring. */
  referencesFollow: boolean
  draft: { content: Content; savedAt: number } | null
  leaseExpiresAt: number
}

export type ShownProgress = {
  /** Items this rater has submitted in the round. */
  done: number
  /** Items still to do for this rater as far as can be known now: in hand, and open to them. */
  left: number
  /** Items this rater skipped and may take up again. */
  skipped: number
  /** Seconds left at this rater's own median pace (at the round's guess until there is one). */
  secondsLeft: number
}

/**
 * What the queue answers when asked for work. `order` names the assignments in hand, the one to rate first first; `items`
 * are their contents, in that order, without those the browser said it has already (`known`). An empty `order` means that
 * nothing is left to do here for this rater now.
 */
export type Hand = { order: string[]; items: ShownItem[]; progress: ShownProgress }

export type Submitted = Hand & {
  /** Id of the rating that was stored (the same again when the same submission is sent twice). */
  rating: string
  /** Until when it can be taken back. */
  undoUntil: number
}
