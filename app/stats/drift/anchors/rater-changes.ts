import { type Estimated, notEstimable } from '../../estimate.ts'
import { meanOf } from '../../inference/moments.ts'
import { adjustedP } from '../../inference/multiplicity.ts'
import { type AnchorRatings, entriesOf, scoresByItem } from './anchor-ratings.ts'
import { type Beyond, beyondOthers } from './beyond-others.ts'
import { type MeanChange, meanChange } from './mean-change.ts'

/** One rater on the anchors he or she rated in the baseline and again, blind, in a later period. */
export interface RaterChange {
  readonly rater: number
  readonly change: Estimated<MeanChange>
  /** The change less that of the other raters; null where it cannot be estimated. */
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

/**
 * Each rater against himself or herself: mean difference over anchors rated in both periods, and what of it is beyond the panel
 * (the other raters' changes), so that a panel that drifts together is not reported as so many raters who changed.
 */
export function raterChanges(
  anchors: AnchorRatings,
  period: number,
  { least = 0.25, level = 0.01 }: RaterAlarm = {},
): RaterChange[] {
  const [before, after] = [byRater(anchors, 0), byRater(anchors, period)]
  const changes = before.map((own, rater) => ownChange(anchors, own, after[rater] as number[]))
  const known = changes.flatMap((change) => (change.estimable ? [change] : []))
  const beyond = beyondOthers(known)
  const adjusted = adjustedP(
    beyond.map(({ p }) => p),
    'benjamini-hochberg',
  )
  let next = 0
  return changes.map((change, rater) => {
    if (!change.estimable) return { rater, change, beyondPanel: null, beyondSe: null, adjustedP: null, alarm: false }
    const { difference: beyondPanel, se: beyondSe } = beyond[next] as Beyond
    const p = adjusted[next++] as number
    return { rater, change, beyondPanel, beyondSe, adjustedP: p, alarm: Math.abs(beyondPanel) >= least && p < level }
  })
}

/** The entries of a period, by rater. */
function byRater(anchors: AnchorRatings, period: number): number[][] {
  const entries = Array.from({ length: anchors.raterCount }, () => [] as number[])
  for (const entry of entriesOf(anchors, period)) entries[anchors.rater[entry] as number]?.push(entry)
  return entries
}

function ownChange(anchors: AnchorRatings, first: number[], later: number[]): Estimated<MeanChange> {
  const after = scoresByItem(anchors, later)
  const differences = [...scoresByItem(anchors, first)].flatMap(([item, before]) => {
    const now = after.get(item)
    return now === undefined ? [] : [meanOf(now) - meanOf(before)]
  })
  if (differences.length < FEWEST_ITEMS)
    return notEstimable(
      `needs ${FEWEST_ITEMS} anchors rated by this rater in the baseline and again in this period; there ${differences.length === 1 ? 'is 1' : `are ${differences.length}`}`,
    )
  return meanChange(differences)
}
