import { type AnchorRatings, entriesOf } from '../anchors/anchor-ratings.ts'
import type { AnchorModel } from './expectation.ts'

/**
 * How many times as far single ratings lie from what the baseline leads one to expect as it says they should: the mean square of
 * their deviations from their period's mean, over the expected one. A baseline of few ratings knows its noise poorly, and scores
 * that the model did not make are noisier than it says; later ratings, which are many, tell. The baseline's own view, 1, counts as
 * many ratings as it rests on. Never less than 1: where errors of raters' readings are most of what is expected, all later ratings
 * share a single draw of them, and lie near by chance.
 */
export function dispersionOf(anchors: AnchorRatings, model: AnchorModel): number {
  if (!Number.isFinite(model.noiseDegrees)) return 1
  let [observed, expected, degrees] = [0, 0, 0]
  const learnedVariance = varianceLearned(model)
  for (let period = 1; period < anchors.periodCount; period++) {
    const entries = entriesOf(anchors, period)
    if (entries.length < 2) continue
    const own = (entries.length - 1) / entries.length
    const residuals = entries.map((entry) => {
      const [item, rater] = [anchors.item[entry] as number, anchors.rater[entry] as number]
      const { mean, noise, itemVariance, slope } = model.expect(item, rater)
      const severityVariance =
        model.severityError(rater) ** 2 + learnedVariance(item) - 2 * inCommon(model, item, rater)
      expected += own * (noise + itemVariance + slope ** 2 * severityVariance)
      return (anchors.score[entry] as number) - mean
    })
    const centre = residuals.reduce((sum, residual) => sum + residual, 0) / residuals.length
    observed += residuals.reduce((sum, residual) => sum + (residual - centre) ** 2, 0)
    degrees += entries.length - 1
  }
  if (!(expected > 0)) return 1
  return Math.max(1, (model.noiseDegrees + (degrees * observed) / expected) / (model.noiseDegrees + degrees))
}

/** Variance of what errors of severities add to the level taken for an anchor. */
function varianceLearned(model: AnchorModel): (item: number) => number {
  const known = new Map<number, number>()
  return (item) => {
    const before = known.get(item)
    if (before !== undefined) return before
    const variance = model
      .learnedFrom(item)
      .reduce((sum, { rater, weight }) => sum + weight * inCommon(model, item, rater), 0)
    known.set(item, variance)
    return variance
  }
}

/** Covariance of that with the error of a rater's own severity. */
const inCommon = (model: AnchorModel, item: number, rater: number): number =>
  model.learnedFrom(item).reduce((sum, one) => sum + one.weight * model.severityCovariance(rater, one.rater), 0)
