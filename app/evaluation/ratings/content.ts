/** What a rater enters on the rating page: the shape of a draft, and of what is submitted. Shared with the browser. */

export type Closest = 'high' | 'between' | 'borderline' | 'below'

/** `level` null and `cannotJudge` null: not scored yet. `cannotJudge` is the reason, possibly empty, once chosen. */
export type EnteredScore = { level: number | null; cannotJudge: string | null; note: string }

/** A passage attached to a dimension: characters `start` to `end` of the text shown, and the words themselves. */
export type EnteredEvidence = {
  dimension: string
  source: 'response' | number
  start: number
  end: number
  quote: string
}

export type Content = {
  /** By dimension id. */
  scores: Record<string, EnteredScore>
  closest: Closest | null
  betterAnswer: string
  evidence: EnteredEvidence[]
  /** Time spent on the item with the page visible and the reader not idle. */
  activeMs: number
}

export const emptyContent = (): Content => ({ scores: {}, closest: null, betterAnswer: '', evidence: [], activeMs: 0 })
