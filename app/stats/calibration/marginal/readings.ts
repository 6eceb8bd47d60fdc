import { averageRaters } from '../average-rater.ts'
import { addScore, type ScoreFit } from '../fit-statistics.ts'
import type { Frame } from '../frame.ts'
import { averageSeverity, emptyReadings, type Moments, momentsOf, type Readings } from '../readings.ts'
import { levelOffsets } from '../steps.ts'
import { type CellExpectation, emptyExpectation, expectCell, expectedSpread, expectedValue } from './expectation.ts'
import type { GradientSpread } from './gradient-spread.ts'
import type { MarginalPoint } from './marginal.ts'
import { emptyPosterior, fillPosterior, setExponent } from './posterior.ts'

/**
 * Readings under each item's posterior: squares of residuals and their variances are averaged over it, so that mean squares are
 * 1 on average under the model however few ratings an item has. Fair scores are posterior means with posterior standard
 * deviations, given severities and steps: their own error is not in it.
 *
 * @param spread if wanted, gathers each item's gradient for raters, D x width level offsets and log sd
 */
export function marginalReadings(frame: Frame, fit: MarginalPoint, spread?: GradientSpread): Readings {
  const { scores, components, width, entries } = frame
  const { patterns, sums } = fit
  const { nodes, tables } = sums
  const count = nodes.theta.length
  const dimensions = scores.levels.length
  const raters = scores.raterCount
  const sdPlace = raters + dimensions * width
  const readings = emptyReadings(frame)
  const average = averageSeverity(frame, fit.severity)
  const raterOf = averageRaters(frame, nodes.theta, levelOffsets(frame.steps, fit.steps), average)
  const fourth = fourthMoments(frame, fit)
  const square = nodes.theta.map((theta) => (theta / fit.sd) ** 2)
  const exponent = new Float64Array(count)
  const posterior = emptyPosterior(nodes)
  const cells = new Uint32Array(patterns.mostCells)
  const expectations = Array.from({ length: patterns.mostCells }, emptyExpectation)
  const byAverage = new Float64Array(patterns.mostCells)
  const probability = new Float64Array(patterns.mostCells * width)
  const score: ScoreFit = { residual: 0, square: 0, variance: 0, standardised: 0, excess: 0, relativeFourth: 0 }

  for (let set = 0; set + 1 < patterns.setStarts.length; set++) {
    setExponent(patterns, tables, nodes, set, exponent)
    const cellCount = cellsOfSet(fit, set, cells)
    const component = components.ofRater[Math.floor((cells[0] as number) / dimensions)] as number
    const averageRater = raterOf(component)
    const last = patterns.patternStarts[set + 1] as number
    for (let pattern = patterns.patternStarts[set] as number; pattern < last; pattern++) {
      fillPosterior(exponent, nodes, patterns.totals[pattern] as number, posterior)
      for (let c = 0; c < cellCount; c++) {
        const cell = cells[c] as number
        expectCell(posterior, tables.mean, tables.variance, fourth, cell * count, expectations[c] as CellExpectation)
        byAverage[c] = expectedValue(posterior, averageRater.mean, (cell % dimensions) * count)
        for (let k = 0; k < width && spread !== undefined; k++)
          probability[c * width + k] = expectedValue(posterior, tables.probability, (cell * width + k) * count)
      }
      const sdGradient = expectedValue(posterior, square, 0) - 1
      const measure = expectedSpread(posterior, nodes.theta)
      const fair = expectedSpread(posterior, averageRater.fair)
      for (let at = patterns.itemStarts[pattern] as number; at < (patterns.itemStarts[pattern + 1] as number); at++) {
        const item = patterns.items[at] as number
        readings.measure[item] = measure.mean - (average[component] as number)
        readings.measureSe[item] = measure.sd
        readings.fair[item] = fair.mean
        readings.fairSe[item] = fair.sd
        for (let c = 0; c < cellCount; c++) {
          const entry = entries.order[(entries.starts[item] as number) + c] as number
          const cell = cells[c] as number
          const rater = scores.rater[entry] as number
          const d = scores.dimension[entry] as number
          const x = scores.level[entry] as number
          const expected = expectations[c] as CellExpectation
          scoreUnder(expected, x, score)
          addScore(readings.raterFit, rater, score)
          addScore(readings.itemFit, item, score)
          addScore(readings.dimensionFit, d, score)
          addScore(readings.cellFit, cell, score)
          readings.points[rater] = (readings.points[rater] as number) + expected.mean - (byAverage[c] as number)
          readings.pointsSlope[rater] = (readings.pointsSlope[rater] as number) + expected.variance
          readings.pointsScores[rater] = (readings.pointsScores[rater] as number) + 1
          if (spread === undefined) continue
          spread.add(rater, -score.residual)
          for (let k = 0; k < width; k++)
            spread.add(raters + d * width + k, (probability[c * width + k] as number) - (k === x ? 1 : 0))
        }
        spread?.add(sdPlace, sdGradient)
        spread?.closeItem()
      }
    }
  }
  return readings
}

function scoreUnder(expected: CellExpectation, x: number, out: ScoreFit): void {
  out.residual = x - expected.mean
  out.square = x * x - 2 * x * expected.mean + expected.meanSquare
  out.variance = expected.variance
  out.standardised = x * x * expected.inverse - 2 * x * expected.meanOverVariance + expected.squareOverVariance
  out.excess = expected.excess
  out.relativeFourth = expected.relativeFourth
}

function cellsOfSet({ patterns }: MarginalPoint, set: number, out: Uint32Array): number {
  let count = 0
  for (let at = patterns.setStarts[set] as number; at < (patterns.setStarts[set + 1] as number); at++) {
    const visit = patterns.setVisits[at] as number
    for (let c = patterns.visitStarts[visit] as number; c < (patterns.visitStarts[visit + 1] as number); c++)
      out[count++] = patterns.visitCells[c] as number
  }
  return count
}

/** Fourth central moments of every cell in use, rows by node. */
function fourthMoments({ width }: Frame, { patterns, sums: { nodes, tables } }: MarginalPoint): Float64Array {
  const count = nodes.theta.length
  const fourth = new Float64Array(tables.mean.length)
  const moments: Moments = { mean: 0, variance: 0, fourth: 0 }
  for (const cell of new Set(patterns.visitCells))
    for (let q = 0; q < count; q++) {
      momentsOf(tables.probability, cell * width * count + q, width, count, moments)
      fourth[cell * count + q] = moments.fourth
    }
  return fourth
}
