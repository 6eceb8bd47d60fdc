/** What is kept of a row in `sealed_texts`, by kind. */
import type { Metadata } from '#db/schema/cases.ts'
import type { Signals } from '#db/schema/traces.ts'
import type { Content } from '../ratings/content.ts'

export type SealedDocument = { title: string; text: string }

/** `category` and `userSegment` are no secret: they are here as they went into the hash. */
export type CaseText = {
  input: string
  category: string
  userSegment: string
  metadata: Metadata
  documents: SealedDocument[]
}
export type ResponseText = { text: string; metadata: Metadata }
/** `note`: what the one who checked it said of it. */
export type ReferenceText = { text: string; note: string }
export type TraceText = {
  input: string
  response: string
  metadata: Metadata
  signals: Signals
  documents: SealedDocument[]
}
/** `quotes` in the order of the rating's evidence; notes and reasons by dimension id. */
export type RatingText = {
  betterAnswer: string
  quotes: string[]
  notes: Record<string, string>
  cannotJudge: Record<string, string>
}

export type SealedText = {
  case: CaseText
  response: ResponseText
  reference: ReferenceText
  trace: TraceText
  rating: RatingText
  draft: Content
  task: { draft: string }
  flag: { note: string }
  /** Why a rater gave the item back; by assignment id. */
  skip: { reason: string }
}
