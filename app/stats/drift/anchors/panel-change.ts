import { type Estimated, notEstimable } from '../../estimate.ts'
import { meanOf } from '../../inference/moments.ts'
import { type AnchorRatings, entriesOf, scoresByItem } from './anchor-ratings.ts'
import { type MeanChange, meanChange } from './mean-change.ts'

/** How often the consensus (median) of an anchor moved by a level or more. */
export interface Moved {
  readonly items: number
  readonly up: number
  readonly down: number
  /** Share that moved either way; some of it is noise, which moves as many up as down. */
  readonly share: number
}

/** The panel on the anchors rated in the baseline and in a later period. */
export interface PanelChange {
  readonly change: Estimated<MeanChange>
  readonly moved: Moved
  /** Row: level in the baseline, column: level now; each anchor spreads a weight of 1 over its pairs of ratings. */
  readonly transitions: readonly (readonly number[])[]
}

/**
 * Mean within-item difference of a period against the baseline, over anchors rated in both: what the panel as a whole changed.
 * Only for anchors drawn at random: with anchors drawn by their earlier score use `stratifiedChange`.
 *
 * @param levels of the rubric, rising
 * @param readings of the raters in score points (frozen), taken off each score so that a change of raters is not taken for one of
 *   the panel; none taken off where null
 */
export function panelChange(
  anchors: AnchorRatings,
  period: number,
  levels: readonly number[],
  readings: ArrayLike<number> | null = null,
): PanelChange {
  const adjusted =
    readings === null
      ? anchors
      : { ...anchors, score: anchors.score.map((score, e) => score - (readings[anchors.rater[e] as number] as number)) }
  const pairs = bothTimes(anchors, period)
  const differences = bothTimes(adjusted, period).map(([before, after]) => meanOf(after) - meanOf(before))
  return {
    change: pairs.length === 0 ? notEstimable(NO_ANCHORS) : meanChange(differences),
    moved: movedOf(pairs),
    transitions: transitionsOf(pairs, levels),
  }
}

const NO_ANCHORS = 'no anchor was rated both in the baseline and in this period'

type Pair = readonly [before: readonly number[], after: readonly number[]]

/** Scores of each anchor rated in both periods. */
function bothTimes(anchors: AnchorRatings, period: number): Pair[] {
  const before = scoresByItem(anchors, entriesOf(anchors, 0))
  const after = scoresByItem(anchors, entriesOf(anchors, period))
  return [...before].flatMap(([item, scores]) => {
    const now = after.get(item)
    return now === undefined ? [] : [[scores, now] as const]
  })
}

function movedOf(pairs: readonly Pair[]): Moved {
  const moves = pairs.map(([before, after]) => medianOf(after) - medianOf(before))
  const up = moves.filter((move) => move >= 1).length
  const down = moves.filter((move) => move <= -1).length
  return { items: pairs.length, up, down, share: pairs.length === 0 ? 0 : (up + down) / pairs.length }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2
}

function transitionsOf(pairs: readonly Pair[], levels: readonly number[]): number[][] {
  const lowest = levels[0] as number
  const table = levels.map(() => levels.map(() => 0))
  for (const [before, after] of pairs)
    for (const from of before)
      for (const to of after) {
        const row = table[from - lowest] as number[]
        row[to - lowest] = (row[to - lowest] as number) + 1 / (before.length * after.length)
      }
  return table
}
