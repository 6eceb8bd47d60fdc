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
  /** Its standard error; null where it cannot be estimated. */
  readonly beyondSe: number | null
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
/** Degrees of freedom that the variance of all raters counts for beside a rater's own. */
const PRIOR_WEIGHT = 4
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
  const pooled = pooledVariance(known)
  const errors = known.map((one) => errorOf(one, pooled))
  const adjusted = adjustedP(
    known.map(({ estimate, items }, i) => beyondP(estimate - panel, errors[i] as number, items)),
    'benjamini-hochberg',
  )
  let next = 0
  return changes.map((change, rater) => {
    if (!change.estimable) return { rater, change, beyondPanel: null, beyondSe: null, adjustedP: null, alarm: false }
    const beyondPanel = change.estimate - panel
    const beyondSe = errors[next] as number
    const p = adjusted[next++] as number
    return { rater, change, beyondPanel, beyondSe, adjustedP: p, alarm: Math.abs(beyondPanel) >= least && p < level }
  })
}

/** Variance of one anchor's difference, over all raters. */
function pooledVariance(changes: readonly MeanChange[]): number {
  const freedom = changes.reduce((sum, { items }) => sum + items - 1, 0)
  return changes.reduce((sum, { se, items }) => sum + (items - 1) * items * se * se, 0) / freedom
}

/**
 * The standard error of a rater's mean difference, no smaller than with a variance drawn towards that of all raters. On a few
 * anchors and whole levels a steady rater gives the very same scores again: by their own spread alone any move of the panel would
 * then be a change of theirs. (A variance moderated as by Smyth 2004, doi 10.2202/1544-6115.1027, with fixed prior weight.)
 */
function errorOf({ se, items }: MeanChange, pooled: number): number {
  const own = items * se * se
  const moderated = (PRIOR_WEIGHT * pooled + (items - 1) * own) / (PRIOR_WEIGHT + items - 1)
  return Math.sqrt(Math.max(own, moderated) / items)
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
