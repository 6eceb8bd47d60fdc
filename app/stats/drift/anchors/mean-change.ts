import { analyticInterval, type Estimated, type Interval, type NotEstimable, notEstimable } from '../../estimate.ts'
import { intervalOf, pairedDifference } from '../../inference/equivalence.ts'
import { studentTwoSided } from '../../inference/student.ts'
import { signedRankP } from './signed-rank.ts'

/** A mean of differences, one an item, in score points. */
export interface MeanChange {
  readonly estimable: true
  readonly estimate: number
  readonly interval: Interval | NotEstimable
  readonly items: number
  readonly se: number
  /** Two-sided p of "nothing changed": Student's t, exact signed ranks below 20 items. */
  readonly p: number
}

/** Below this many items the t test leans on a shape the differences may not have. */
const RANKS_BELOW = 20

/** Mean of item differences with an interval over items (Student's t with items - 1 degrees of freedom). */
export function meanChange(differences: readonly number[]): Estimated<MeanChange> {
  const found = pairedDifference(differences)
  if ('estimable' in found) return found
  const { difference, se, df } = found
  const items = differences.length
  const same = { estimable: true as const, estimate: difference, items, se }
  if (se < 1e-12)
    return {
      ...same,
      interval: notEstimable('every item changed by the same amount, so its spread is not known'),
      p: signedRankP(differences),
    }
  const [low, high] = intervalOf(found)
  const p = items < RANKS_BELOW ? signedRankP(differences) : studentTwoSided(difference / se, df)
  return { ...same, interval: analyticInterval(low, high, 'student-t'), p }
}
