import { meanOf, varianceOf } from '../../inference/moments.ts'
import { type AnchorRatings, entriesOf } from '../anchors/anchor-ratings.ts'
import type { BaselineReadings } from './baseline-readings.ts'
import type { AnchorModel } from './expectation.ts'

/**
 * Expectations in score points, for data without a calibration: score = anchor + rater + noise, each anchor's level shrunk towards
 * the mean of the anchors by what its baseline ratings are worth (Robbins 1956, empirical Bayes; variance components by moments).
 *
 * @param readings frozen beforehand, from live items and anchors of the baseline
 */
export function pointsModel(
  anchors: AnchorRatings,
  { reading, error, covariance, noise, degrees }: BaselineReadings,
): AnchorModel {
  const seen = Array.from({ length: anchors.itemCount }, () => ({ sum: 0, raters: [] as number[] }))
  for (const entry of entriesOf(anchors, 0)) {
    const rater = anchors.rater[entry] as number
    const item = seen[anchors.item[entry] as number] as (typeof seen)[number]
    item.sum += (anchors.score[entry] as number) - (reading[rater] as number)
    item.raters.push(rater)
  }
  const rated = seen.filter(({ raters }) => raters.length > 0)
  const means = rated.map(({ sum, raters }) => sum / raters.length)
  const centre = rated.length === 0 ? 0 : meanOf(means)
  const ownNoise = rated.length === 0 ? 0 : meanOf(rated.map(({ raters }) => noise / raters.length))
  const spread = rated.length < 2 ? 0 : Math.max(0, varianceOf(means) - ownNoise)
  const levels = seen.map(({ sum, raters }) => {
    const count = raters.length
    const pull = count === 0 || spread === 0 ? 0 : spread / (spread + noise / count)
    return {
      level: centre + (count === 0 ? 0 : pull * (sum / count - centre)),
      variance: spread * (1 - pull),
      pull,
      learned: raters.map((rater) => ({ rater, weight: pull / count })),
    }
  })
  const known = (item: number) => levels[item] as (typeof levels)[number]
  return {
    expect: (item, rater) => ({
      mean: known(item).level + (reading[rater] as number),
      noise,
      itemVariance: known(item).variance,
      slope: 1,
    }),
    severityError: (rater) => error[rater] as number,
    severityCovariance: covariance,
    learnedFrom: (item) => known(item).learned,
    noiseDegrees: degrees,
    centreError: rated.length === 0 ? 0 : Math.sqrt((spread + ownNoise) / rated.length),
    centreWeight: (item) => 1 - known(item).pull,
  }
}
