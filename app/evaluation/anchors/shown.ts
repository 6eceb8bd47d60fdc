/** What leads and owners are told of anchors. Raters are told nothing of them. */
import type { ANCHORS_DRAWN } from '#db/schema/rounds.ts'

export const ANCHORS_A_PAGE = 25
export const FOUND_A_PAGE = 10

export type AnchorDrawn = (typeof ANCHORS_DRAWN)[number]

/** A response of the project, as one is recognised among others. */
export type ShownResponse = {
  responseId: string
  case: { id: string; key: string; beginning: string }
  systemVersion: string
}

/** One round's ratings of a response, those in force. */
export type RatedIn = {
  round: { id: string; name: string }
  ratings: number
  /** When the last of them was submitted. */
  last: number
}

/** How a response was rated so far. */
export type RatedSoFar = {
  ratings: number
  /** Of all levels under the rubric version of the newest rating; null where none could be judged. */
  mean: { value: number; lowest: number; highest: number; version: string } | null
  /** The newest first. */
  rounds: RatedIn[]
}

export type ListedAnchor = ShownResponse & {
  id: string
  drawn: AnchorDrawn
  selectionProbability: number
  addedBy: string | null
  addedAt: number
  retiredAt: number | null
  /** Rounds in which it was mixed as an anchor, draft ones too. */
  used: number
  rated: RatedSoFar
}

/** `retired`: those that are not mixed into rounds any more. */
export type AnchorState = 'active' | 'retired'

export type AnchorCounts = Record<AnchorState, number>
