import { type Estimated, type NotEstimable, notEstimable } from '../../estimate.ts'
import { type Equivalence, equivalence, intervalOf } from '../../inference/equivalence.ts'
import { meanOf } from '../../inference/moments.ts'
import { type MeanChange, meanChange } from '../anchors/mean-change.ts'
import { type Equated, equipercentile, type LevelCounts, type LinearEquating, linearEquating } from '../equating.ts'
import { type ChiSquareTest, stuartMaxwell } from '../homogeneity.ts'
import { smoothedCounts } from '../smoothing.ts'
import { crossedError } from './crossed-error.ts'
import { type BridgeRatings, pairsOf, type RaterPair } from './pairs.ts'

/** What a new rubric version does to the scores of the same items. */
export interface Bridge {
  readonly estimable: true
  /** Items rated under both versions, raters among them, and pairs of ratings by one rater. */
  readonly items: number
  readonly raters: number
  readonly pairs: number
  /** Mean of new less old, each item once: these raters, interval over items. */
  readonly shift: MeanChange
  /** The same for all raters there could be: items and raters as random; from 8 raters up. */
  readonly anyRaters: { readonly se: number; readonly low: number; readonly high: number } | NotEstimable
  /** Is the shift small enough not to matter? */
  readonly equivalence: Equivalence | NotEstimable
  /** Row: level under the old version, column: under the new; one count a pair of one rater's ratings of one item. */
  readonly transitions: readonly (readonly number[])[]
  /** Are the levels used alike? By rater pairs, which are not independent within an item: for screening. */
  readonly levelsAlike: ChiSquareTest | NotEstimable
  /** What each old level is worth on the new version. */
  readonly equated: {
    readonly counts: LevelCounts
    readonly linear: LinearEquating
    /** After log-linear smoothing; for 100 pairs or more. */
    readonly equipercentile: readonly Equated[]
    readonly advised: 'linear' | 'equipercentile'
  }
}

export interface BridgeOptions {
  /** Points of shift that do not matter, .15 by default. */
  readonly margin?: number
  /** Error rate of the equivalence test, .05 by default. */
  readonly alpha?: number
}

/** Fewer pairs carry a straight line only (Kolen & Brennan 2014, 8.3). */
const CURVE_FROM = 100

/**
 * Links two rubric versions by items rated blind under both: paired shift with interval, change of levels, equating, and a test of
 * equivalence against the margin. Where it is not equivalent the series are kept apart, or linked by the shift.
 *
 * @param levels of both versions, rising
 */
export function bridge(
  ratings: BridgeRatings,
  levels: readonly number[],
  { margin = 0.15, alpha = 0.05 }: BridgeOptions = {},
): Estimated<Bridge> {
  const pairs = pairsOf(ratings)
  if (pairs.length === 0) return notEstimable('no rater rated an item under both versions')
  const byItem = differencesByItem(pairs)
  const shift = meanChange([...byItem.values()].map(meanOf))
  if (!shift.estimable) return shift
  const transitions = transitionsOf(pairs, levels)
  const counts = {
    levels,
    old: transitions.map((row) => row.reduce((sum, count) => sum + count, 0)),
    new: levels.map((_, k) => transitions.reduce((sum, row) => sum + (row[k] as number), 0)),
  }
  const smooth = { levels, old: smoothedCounts(counts.old), new: smoothedCounts(counts.new) }
  return {
    estimable: true,
    items: byItem.size,
    raters: new Set(pairs.map(({ rater }) => rater)).size,
    pairs: pairs.length,
    shift,
    anyRaters: anyRaters(pairs),
    equivalence: equivalence({ difference: shift.estimate, se: shift.se, df: byItem.size - 1 }, margin, alpha),
    transitions,
    levelsAlike: stuartMaxwell(transitions),
    equated: {
      counts,
      linear: linearEquating(counts),
      equipercentile: equipercentile(smooth),
      advised: pairs.length < CURVE_FROM ? 'linear' : 'equipercentile',
    },
  }
}

function differencesByItem(pairs: readonly RaterPair[]): Map<number, number[]> {
  const differences = new Map<number, number[]>()
  for (const { item, before, after } of pairs) {
    const known = differences.get(item)
    if (known === undefined) differences.set(item, [after - before])
    else known.push(after - before)
  }
  return differences
}

function anyRaters(pairs: readonly RaterPair[]): Bridge['anyRaters'] {
  const error = crossedError(pairs)
  if ('estimable' in error) return error
  const [low, high] = intervalOf(error)
  return { se: error.se, low, high }
}

function transitionsOf(pairs: readonly RaterPair[], levels: readonly number[]): number[][] {
  const lowest = levels[0] as number
  const table = levels.map(() => levels.map(() => 0))
  for (const { before, after } of pairs) {
    const row = table[before - lowest] as number[]
    row[after - lowest] = (row[after - lowest] as number) + 1
  }
  return table
}
