/** What raters are told about their own ratings. As blind as the queue: nothing names the case, the system version or the reason. */
import type { SafeHtml, ShownDocument, ShownReference, ShownRound, ShownRubric } from '../queue/shown.ts'
import type { Content } from './content.ts'

/** One of a rater's own ratings in a list. */
export type OwnRating = {
  assignment: string
  round: { id: string; name: string }
  /** The first words of the question, as plain text; null in a project that keeps a holdout. */
  question: string | null
  submittedAt: number
  /** 1 for a rating never corrected. */
  revision: number
  /** In the rubric's order; a null level is "cannot judge". */
  scores: { dimension: string; name: string; level: number | null; least: number; most: number }[]
  canCorrect: boolean
}

/** One page of a list; `next` asks for the following one (null: this was the last). */
export type OwnRatings = { ratings: OwnRating[]; next: string | null }

/** Something entered and never submitted, and why it cannot be taken up from here any more (null: it can, in the queue). */
export type KeptDraft = {
  assignment: string
  round: { id: string; name: string }
  question: string | null
  savedAt: number
  why: 'completed by others' | 'round closed' | 'skipped' | 'lease expired' | null
}

/** An earlier state of a rating. */
export type OwnRevision = {
  revision: number
  submittedAt: number
  supersededAt: number | null
  because: 'correction' | 'undo' | null
  /** By dimension id. */
  levels: Record<string, number | null>
}

/** One of a rater's own ratings (or a kept draft, then `rating` is null) with the item as they saw it. */
export type OwnRatingInFull = {
  assignment: string
  round: ShownRound
  rubric: ShownRubric
  question: SafeHtml
  response: SafeHtml
  documents: ShownDocument[]
  /** Only when they were seen. */
  references: ShownReference[] | null
  /** True where the closest reference is asked for. */
  asksClosest: boolean
  content: Content
  rating: { id: string; submittedAt: number; revision: number } | null
  /** Newest first, without the current one. */
  former: OwnRevision[]
  canCorrect: boolean
  /** Why it cannot be corrected, in words; null when it can. */
  whyNot: string | null
}
