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
export function pointsModel(anchors: AnchorRatings, { reading, error, noise }: BaselineReadings): AnchorModel {
  const sums = new Float64Array(anchors.itemCount)
  const counts = new Uint32Array(anchors.itemCount)
  for (const entry of entriesOf(anchors, 0)) {
    const i = anchors.item[entry] as number
    sums[i] =
      (sums[i] as number) + (anchors.score[entry] as number) - (reading[anchors.rater[entry] as number] as number)
    counts[i] = (counts[i] as number) + 1
  }
  const rated = Array.from(counts.keys()).filter((i) => (counts[i] as number) > 0)
  const means = rated.map((i) => (sums[i] as number) / (counts[i] as number))
  const centre = rated.length === 0 ? 0 : meanOf(means)
  const ownNoise = rated.length === 0 ? 0 : meanOf(rated.map((i) => noise / (counts[i] as number)))
  const spread = rated.length < 2 ? 0 : Math.max(0, varianceOf(means) - ownNoise)
  return (item, rater) => {
    const count = counts[item] as number
    const pull = count === 0 ? 0 : spread / (spread + noise / count)
    const level = centre + (count === 0 ? 0 : pull * ((sums[item] as number) / count - centre))
    return {
      mean: level + (reading[rater] as number),
      noise,
      itemVariance: spread * (1 - pull),
      severityVariance: (error[rater] as number) ** 2,
    }
  }
}
