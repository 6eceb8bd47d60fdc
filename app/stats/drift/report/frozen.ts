import type { Estimated } from '../../estimate.ts'
import type { AnchorRatings } from '../anchors/anchor-ratings.ts'
import { baselineReadings } from '../monitor/baseline-readings.ts'
import type { AnchorModel } from '../monitor/expectation.ts'
import { type PartialCreditScale, partialCreditModel } from '../monitor/partial-credit.ts'
import { pointsModel } from '../monitor/points-model.ts'
import { at, type DriftRatings, entriesWhere, scoresAt } from './drift-ratings.ts'

/** How the raters read in the baseline, frozen there, and what that leads one to expect of anchors. */
export interface Frozen {
  readonly estimable: true
  /** Score points about the panel's mean, by rater. */
  readonly reading: ArrayLike<number>
  /** From the baseline ratings of the anchors (their period 0). */
  modelOf(anchors: AnchorRatings): AnchorModel
}

/** Finds the frozen readings of a version in its baseline, `first` to `last` period: from a calibration, or by `plainlyFrozen`. */
export type FrozenOf = (ratings: DriftRatings, version: number, first: number, last: number) => Estimated<Frozen>

/** All ratings under the version in its baseline. */
export function baselineEntries(ratings: DriftRatings, version: number, first: number, last: number): Uint32Array {
  return entriesWhere(
    ratings,
    (entry) =>
      ratings.version[entry] === version &&
      (ratings.period[entry] as number) >= first &&
      (ratings.period[entry] as number) <= last,
  )
}

/** Readings by least squares from all ratings of the baseline, live ones too: no calibration needed. */
export function plainlyFrozen(ratings: DriftRatings, version: number, first: number, last: number): Estimated<Frozen> {
  const entries = baselineEntries(ratings, version, first, last)
  const readings = baselineReadings({
    itemCount: ratings.itemCount,
    raterCount: ratings.raterCount,
    item: at(ratings.item, entries),
    rater: at(ratings.rater, entries),
    score: scoresAt(ratings, entries),
  })
  if (!readings.estimable) return readings
  return { estimable: true, reading: readings.reading, modelOf: (anchors) => pointsModel(anchors, readings) }
}

/**
 * Readings from a calibration by the many-facet model.
 *
 * @param scale of the dimension, with severities and their errors in logits
 * @param reading the same severities in score points, positive = gives more
 */
export function frozenByCalibration(scale: PartialCreditScale, reading: ArrayLike<number>): Frozen {
  return { estimable: true, reading, modelOf: (anchors) => partialCreditModel(anchors, scale) }
}
