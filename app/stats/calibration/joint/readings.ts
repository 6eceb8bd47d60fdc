import { addScore, type ScoreFit } from '../fit-statistics.ts'
import type { Frame } from '../frame.ts'
import {
  averageSeverity,
  emptyReadings,
  expectedScore,
  type Moments,
  momentsAt,
  type Readings,
  seenDimensions,
} from '../readings.ts'
import { byItem } from '../scores.ts'
import { levelOffsets } from '../steps.ts'
import type { JointFit } from './joint.ts'

/** How far inside its end an extreme total is measured, as FACETS does (Linacre). */
const INSIDE = 0.3

/**
 * Readings at the joint estimates: residuals at each item's own measure. Items with the lowest or highest total are measured
 * with the total moved .3 inwards and count in points, not in fit.
 */
export function jointReadings(frame: Frame, fit: JointFit): Readings {
  const { scores, taking, components } = frame
  const readings = emptyReadings(frame)
  const b = levelOffsets(frame.steps, fit.steps)
  const average = averageSeverity(frame, fit.severity)
  const seen = seenDimensions(frame)
  const p = new Float64Array(frame.width)
  const own: Moments = { mean: 0, variance: 0, fourth: 0 }
  const byAverage: Moments = { mean: 0, variance: 0, fourth: 0 }
  const score: ScoreFit = { residual: 0, square: 0, variance: 0, standardised: 0, excess: 0, relativeFourth: 0 }
  const entries = byItem(scores, measurable(frame))
  for (let item = 0; item < scores.itemCount; item++) {
    const group = entries.order.subarray(entries.starts[item], entries.starts[item + 1])
    const component = components.ofRater[scores.rater[group[0] as number] as number]
    if (component === undefined || !group.every((e) => components.ofRater[scores.rater[e] as number] === component))
      continue
    const end = taking.itemEnd[item] as number
    const theta = end === 0 ? (fit.theta[item] as number) : extremeMeasure(frame, fit.severity, b, group, end)
    if (Number.isNaN(theta)) continue
    const severityOfAverage = average[component] as number
    let information = 0
    for (const entry of group) {
      const rater = scores.rater[entry] as number
      const d = scores.dimension[entry] as number
      momentsAt(theta - (fit.severity[rater] as number), b, frame, d, p, own)
      momentsAt(theta - severityOfAverage, b, frame, d, p, byAverage)
      information += own.variance
      readings.points[rater] = (readings.points[rater] as number) + own.mean - byAverage.mean
      readings.pointsSlope[rater] = (readings.pointsSlope[rater] as number) + own.variance
      readings.pointsScores[rater] = (readings.pointsScores[rater] as number) + 1
      if (end !== 0) continue
      score.residual = (scores.level[entry] as number) - own.mean
      score.square = score.residual ** 2
      score.variance = own.variance
      score.standardised = score.square / own.variance
      score.excess = own.fourth - own.variance ** 2
      score.relativeFourth = own.fourth / own.variance ** 2
      addScore(readings.raterFit, rater, score)
      addScore(readings.itemFit, item, score)
      addScore(readings.dimensionFit, d, score)
      addScore(readings.cellFit, rater * scores.levels.length + d, score)
    }
    const fair = expectedScore(theta - severityOfAverage, b, frame, seen)
    readings.measure[item] = theta - severityOfAverage
    readings.measureSe[item] = 1 / Math.sqrt(information)
    readings.fair[item] = fair.score
    readings.fairSe[item] = fair.slope / Math.sqrt(information)
  }
  return readings
}

/** The scores that a measure can rest on: raters and dimensions that take part, extreme items too. */
function measurable({ scores, taking }: Frame): Uint8Array {
  return taking.takes.map((takes, entry) => {
    const isExtreme = taking.itemEnd[scores.item[entry] as number] !== 0
    const isKnown =
      taking.raterOut[scores.rater[entry] as number] === null &&
      taking.dimensionOut[scores.dimension[entry] as number] === null
    return takes === 1 || (isExtreme && isKnown) ? 1 : 0
  })
}

/** The measure at which the expected total is .3 inside the item's total; NaN where the scale does not reach it. */
function extremeMeasure(
  frame: Frame,
  severity: Float64Array,
  b: Float64Array,
  group: Uint32Array,
  end: number,
): number {
  const { scores } = frame
  const p = new Float64Array(frame.width)
  const moments: Moments = { mean: 0, variance: 0, fourth: 0 }
  let total = -end * INSIDE
  for (const entry of group) total += scores.level[entry] as number
  const missing = (theta: number): number => {
    let expected = 0
    for (const entry of group) {
      const lambda = severity[scores.rater[entry] as number] as number
      momentsAt(theta - lambda, b, frame, scores.dimension[entry] as number, p, moments)
      expected += moments.mean
    }
    return total - expected
  }
  let [low, high] = [-40, 40]
  if (missing(low) < 0 || missing(high) > 0) return Number.NaN
  while (high - low > 1e-12) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (missing(middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}
