import { type Estimated, notEstimable } from '../../estimate.ts'
import { varianceOf } from '../../inference/moments.ts'
import { type BaselineRatings, baselineReadings } from './baseline-readings.ts'
import type { AnchorPlan } from './power.ts'

/** What a plan of anchors needs to know of a panel, as far as ratings show it. */
export interface Pilot {
  readonly estimable: true
  readonly plan: Omit<AnchorPlan, 'ratings' | 'anchors'>
}

/** Noise, spread of the items and error of the raters' readings, read off ratings of one period; one rating an anchor assumed. */
export function pilotPlan(ratings: BaselineRatings): Estimated<Pilot> {
  const readings = baselineReadings(ratings)
  if (!readings.estimable) return notEstimable(readings.reason.replace('baseline', 'pilot'))
  const sums = new Float64Array(ratings.itemCount)
  const counts = new Uint32Array(ratings.itemCount)
  ratings.item.forEach((item, entry) => {
    const reading = readings.reading[ratings.rater[entry] as number] as number
    sums[item] = (sums[item] as number) + (ratings.score[entry] as number) - reading
    counts[item] = (counts[item] as number) + 1
  })
  const rated = Array.from(counts.keys()).filter((item) => (counts[item] as number) > 0)
  const means = rated.map((item) => (sums[item] as number) / (counts[item] as number))
  const own = rated.reduce((sum, item) => sum + readings.noise / (counts[item] as number), 0) / rated.length
  const errors = readings.error.reduce((sum, error) => sum + error ** 2, 0) / readings.error.length
  return {
    estimable: true,
    plan: {
      baselineRatings: 1,
      raters: ratings.raterCount,
      noise: Math.sqrt(readings.noise),
      anchorSpread: Math.sqrt(Math.max(0, varianceOf(means) - own)),
      readingError: Math.sqrt(errors),
    },
  }
}
