import type { Estimated } from '../../estimate.ts'
import { quantileOfSorted } from '../../inference/quantile.ts'
import type { Scores } from '../scores.ts'
import { type ClusteredMean, clusteredMean } from './clustered.ts'
import { type LevelUse, levelUse, middleShares } from './level-use.ts'
import { entriesByRater, othersOf } from './others.ts'
import { type Profile, profileOf } from './profile.ts'

/** What can be said of a rater without a model, from scores alone. */
export interface Companion extends LevelUse, Profile {
  readonly rater: number
  readonly scores: number
  /** Mean of the rater's score less the mean of the others on the same item and dimension, in points: below 0 is severe. */
  readonly difference: Estimated<ClusteredMean>
  /** Standard deviation of that difference: how erratic the rater is. */
  readonly differenceSd: number | null
}

/**
 * Descriptive companions of every rater: signed difference to the others (error by item), range, middle, slope, halo,
 * straight-lining. They need no model, and so no assumption, but do not adjust for who the others were.
 */
export function companionsOf(scores: Scores): Companion[] {
  const others = othersOf(scores)
  const middle = middleShares(scores)
  return entriesByRater(scores).map((entries, rater) => {
    const shared = entries.filter((entry) => (others.count[entry] as number) > 0)
    const differences = Float64Array.from(
      shared,
      (entry) => (scores.level[entry] as number) - (others.mean[entry] as number),
    )
    const difference = clusteredMean(
      differences,
      Uint32Array.from(shared, (entry) => scores.item[entry] as number),
    )
    return {
      rater,
      scores: entries.length,
      difference,
      differenceSd: difference.estimable ? sdOf(differences, difference.estimate) : null,
      ...levelUse(scores, others, entries, middle),
      ...profileOf(scores, others, entries),
    }
  })
}

function sdOf(values: Float64Array, mean: number): number | null {
  if (values.length < 2) return null
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

/** The usual value of each index among raters, to hold one rater's against; null where nobody has one. */
export interface Pool {
  readonly differenceSd: number | null
  readonly sdRatio: number | null
  readonly slope: number | null
  readonly halo: number | null
  readonly straightLined: number | null
  readonly withinSd: number | null
}

/** Medians over raters. */
export function poolOf(companions: readonly Companion[]): Pool {
  const median = (pick: (companion: Companion) => number | null) => {
    const values = companions.flatMap((companion) => pick(companion) ?? []).sort((a, b) => a - b)
    return values.length === 0 ? null : quantileOfSorted(Float64Array.from(values), 0.5)
  }
  return {
    differenceSd: median(({ differenceSd }) => differenceSd),
    sdRatio: median(({ sdRatio }) => (sdRatio.estimable ? sdRatio.value : null)),
    slope: median(({ slope }) => (slope.estimable ? slope.value : null)),
    halo: median(({ halo }) => (halo.estimable ? halo.correlation : null)),
    straightLined: median(({ straightLined }) => (straightLined.estimable ? straightLined.share : null)),
    withinSd: median(({ straightLined }) => (straightLined.estimable ? straightLined.withinSd : null)),
  }
}
