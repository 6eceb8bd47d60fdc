import { type Estimated, notEstimable } from '../../estimate.ts'
import { meanOf } from '../../inference/moments.ts'
import { adjustedP } from '../../inference/multiplicity.ts'
import { studentTwoSided } from '../../inference/student.ts'
import { biweightLocation } from '../decomposition/biweight.ts'
import { type AnchorRatings, entriesOf, scoresByItem } from './anchor-ratings.ts'
import { type MeanChange, meanChange } from './mean-change.ts'

/** One rater on the anchors he or she rated in the baseline and again, blind, in a later period. */
export interface RaterChange {
  readonly rater: number
  readonly change: Estimated<MeanChange>
  /** The change less that of the panel; null where it cannot be estimated. */
  readonly beyondPanel: number | null
  /** p of "no change beyond the panel's", adjusted over the raters (Benjamini-Hochberg). */
  readonly adjustedP: number | null
  /** At least `least` points beyond the panel and adjusted p below `level`. */
  readonly alarm: boolean
}

export interface RaterAlarm {
  /** Points beyond the panel that matter, .25 by default. */
  readonly least?: number
  /** .01 by default. */
  readonly level?: number
}

const FEWEST_ITEMS = 5
/** With fewer raters it cannot be said what the panel did. */
const FEWEST_RATERS = 3

/**
 * Each rater against himself or herself: mean difference over anchors rated in both periods, and what of it is beyond the panel
 * (biweight location of all raters' changes), so that a panel that drifts together is not reported as so many raters who changed.
 */
export function raterChanges(
  anchors: AnchorRatings,
  period: number,
  { least = 0.25, level = 0.01 }: RaterAlarm = {},
): RaterChange[] {
  const changes = Array.from({ length: anchors.raterCount }, (_, rater) => ownChange(anchors, period, rater))
  const known = changes.flatMap((change) => (change.estimable ? [change] : []))
  const panel = panelMove(known)
  const adjusted = adjustedP(
    known.map(({ estimate, se, items }) => beyondP(estimate - panel, se, items)),
    'benjamini-hochberg',
  )
  let next = 0
  return changes.map((change, rater) => {
    if (!change.estimable) return { rater, change, beyondPanel: null, adjustedP: null, alarm: false }
    const beyondPanel = change.estimate - panel
    const p = adjusted[next++] as number
    return { rater, change, beyondPanel, adjustedP: p, alarm: Math.abs(beyondPanel) >= least && p < level }
  })
}

function ownChange(anchors: AnchorRatings, period: number, rater: number): Estimated<MeanChange> {
  const own = (p: number) =>
    scoresByItem(
      anchors,
      entriesOf(anchors, p).filter((entry) => anchors.rater[entry] === rater),
    )
  const after = own(period)
  const differences = [...own(0)].flatMap(([item, before]) => {
    const now = after.get(item)
    return now === undefined ? [] : [meanOf(now) - meanOf(before)]
  })
  if (differences.length < FEWEST_ITEMS)
    return notEstimable(
      `needs ${FEWEST_ITEMS} anchors rated by this rater in the baseline and again in this period; there ${differences.length === 1 ? 'is 1' : `are ${differences.length}`}`,
    )
  return meanChange(differences)
}

function panelMove(changes: readonly MeanChange[]): number {
  if (changes.length < FEWEST_RATERS) return 0
  const error = Math.sqrt(meanOf(changes.map(({ se }) => se * se)))
  return biweightLocation(
    changes.map(({ estimate }) => estimate),
    changes.map(() => 1),
    error,
  )
}

function beyondP(difference: number, se: number, items: number): number {
  if (se > 1e-12) return studentTwoSided(difference / se, items - 1)
  return Math.abs(difference) < 1e-9 ? 1 : 0
}
