import type { Kind } from '#app/stats/drift/report/drift-ratings.ts'
import type { DriftAnchor, DriftRow } from './rows.ts'

/**
 * Reasons whose ratings say nothing of the product or of drift: raters are told the key (training), items were chosen for a key
 * or for a quarrel (gold, adjudication), rated a second time by the same rater (repeat), or are no answers of a system (reference).
 */
export const LEFT_OUT: readonly DriftRow['reason'][] = ['training', 'gold', 'adjudication', 'repeat', 'reference']

/**
 * What a rating stands for in the measuring of drift; null: nothing.
 *
 * An answer is one item in all rounds and under all versions. Where it was rated as an ordinary item and is an anchor as well,
 * that rating counts as both. Ratings made before it became an anchor are among them only if it was drawn at random: one that was
 * picked, or screened by its scores, was chosen knowing them, and scores chosen by regress to the mean when they are given again,
 * which looks like drift.
 */
export function kindOf({ reason, at }: Pick<DriftRow, 'reason' | 'at'>, anchor: DriftAnchor | undefined): Kind | null {
  if (LEFT_OUT.includes(reason)) return null
  if (reason === 'anchor' || reason === 'bridge') return reason
  return anchor !== undefined && (anchor.drawn === 'random' || at >= anchor.addedAt) ? 'live-anchor' : 'live'
}
