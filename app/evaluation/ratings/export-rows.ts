/** What an export says of a rating: one row a dimension, with all that is known of how it came about. */
import type { Evidence, ratings, scores } from '#db/schema/ratings.ts'
import type { RatingText } from '../seal/texts.ts'
import { contentOf } from './stored.ts'

export type ExportRow = {
  rating_id: string
  round_id: string
  round: string
  item_id: string
  reason: string
  selection_probability: number
  case_key: string
  category: string
  user_segment: string
  /** Its case is sealed, and with it what was said in words: note, reason, passages and better answer are empty. */
  sealed: boolean
  /** Null: the item is a reference, of the quality beside it. */
  system_version: string | null
  reference_quality: string | null
  response_hash: string
  rubric: string
  rubric_version: number
  dimension: string
  /** Null: it could not be judged, for the reason beside it. */
  level: number | null
  cannot_judge: string | null
  note: string
  /** From here on as for the rating as a whole, but `evidence`. */
  closest_reference: string | null
  better_answer: string
  /** The passages attached to this dimension. */
  evidence: Omit<Evidence, 'dimension'>[]
  active_seconds: number | null
  references_seen: boolean
  changed_after_references: boolean
  rater_id: string
  rater: string
  /** `app`, `import` or `simulated`. */
  source: string
  /** How the round's ratings were simulated; null for people's. */
  simulated: string | null
  submitted_at: string
  revision: number
  superseded_at: string | null
  superseded_because: string | null
}

/** The columns, in their order in a CSV file. */
export const COLUMNS = [
  'rating_id',
  'round_id',
  'round',
  'item_id',
  'reason',
  'selection_probability',
  'case_key',
  'category',
  'user_segment',
  'sealed',
  'system_version',
  'reference_quality',
  'response_hash',
  'rubric',
  'rubric_version',
  'dimension',
  'level',
  'cannot_judge',
  'note',
  'closest_reference',
  'better_answer',
  'evidence',
  'active_seconds',
  'references_seen',
  'changed_after_references',
  'rater_id',
  'rater',
  'source',
  'simulated',
  'submitted_at',
  'revision',
  'superseded_at',
  'superseded_because',
] as const satisfies readonly (keyof ExportRow)[]

export type ExportedRating = {
  rating: typeof ratings.$inferSelect
  round: string
  simulated: string | null
  reason: string
  selectionProbability: number
  caseKey: string
  sealed: boolean
  category: string
  userSegment: string
  systemVersion: string | null
  referenceQuality: string | null
  responseHash: string
  rater: string
}

export type ExportedDimension = { key: string; rubric: string; rubricVersion: number }

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** The rows of one rating, in the order of the scores given. */
export function rowsOf(
  { rating, simulated, ...from }: ExportedRating,
  given: readonly (typeof scores.$inferSelect)[],
  dimensions: ReadonlyMap<string, ExportedDimension>,
  words: RatingText | undefined,
): ExportRow[] {
  const whole = contentOf(rating, given, words)
  return given.flatMap(({ dimensionId }) => {
    const dimension = dimensions.get(dimensionId)
    const score = whole.scores[dimensionId]
    if (!dimension || !score) return []
    const { level, cannotJudge, note } = score
    return {
      rating_id: rating.id,
      round_id: rating.roundId,
      round: from.round,
      item_id: rating.itemId,
      reason: from.reason,
      selection_probability: from.selectionProbability,
      case_key: from.caseKey,
      category: from.category,
      user_segment: from.userSegment,
      sealed: from.sealed,
      system_version: from.systemVersion,
      reference_quality: from.referenceQuality,
      response_hash: from.responseHash,
      rubric: dimension.rubric,
      rubric_version: dimension.rubricVersion,
      dimension: dimension.key,
      level,
      cannot_judge: cannotJudge,
      note,
      closest_reference: rating.closestReference,
      better_answer: whole.betterAnswer,
      evidence: whole.evidence
        .filter((passage) => passage.dimension === dimensionId)
        .map(({ source, start, end, quote }) => ({ source, start, end, quote })),
      active_seconds: rating.activeMs === null ? null : rating.activeMs / 1000,
      references_seen: rating.referencesSeen,
      changed_after_references: rating.changedAfterReferences,
      rater_id: rating.raterId,
      rater: from.rater,
      source: rating.source,
      simulated,
      submitted_at: new Date(rating.submittedAt).toISOString(),
      revision: rating.revision,
      superseded_at: iso(rating.supersededAt),
      superseded_because: rating.supersededBecause,
    }
  })
}
