import type { Frame } from '../frame.ts'
import { levelOffsets } from '../steps.ts'
import { type Nodes, nodesFor } from './nodes.ts'
import type { Patterns } from './patterns.ts'
import { emptyPosterior, fillPosterior, setExponent } from './posterior.ts'
import { type Tables, tablesOf } from './tables.ts'

/** Parameters of the marginal model: severities, steps, standard deviation of the items. */
export interface MarginalParameters {
  readonly severity: Float64Array
  readonly steps: Float64Array
  readonly sd: number
}

/** Everything that one pass over the patterns gives at a point. */
export interface MarginalSums {
  readonly logLikelihood: number
  /** Raters, D x width level offsets, log sd. */
  readonly gradient: Float64Array
  readonly nodes: Nodes
  readonly tables: Tables
  /** Expected number of items at each node, over all items and over those with each cell (rows). */
  readonly atNode: Float64Array
  readonly atNodeOfCell: Float64Array
}

/** What does not change while the parameters do. */
export interface Observed {
  readonly patterns: Patterns
  /** Total of level indices per rater. */
  readonly raterTotals: Float64Array
  /** Upper bound of the information on an item: sum of the largest variances of its scores. */
  readonly mostInformation: number
}

export function observedOf(frame: Frame, patterns: Patterns): Observed {
  const { scores, taking, width } = frame
  const raterTotals = new Float64Array(scores.raterCount)
  for (let entry = 0; entry < scores.item.length; entry++) {
    if (taking.takes[entry] !== 1) continue
    const rater = scores.rater[entry] as number
    raterTotals[rater] = (raterTotals[rater] as number) + (scores.level[entry] as number)
  }
  // Neighbouring levels share a score's probability near its mean: its variance seldom passes half of (levels - 1) / 2.
  return { patterns, raterTotals, mostInformation: (patterns.mostCells * (width - 1)) / 4 }
}

export function marginalSums(frame: Frame, observed: Observed, at: MarginalParameters): MarginalSums {
  const { scores, steps, width, perLevel } = frame
  const { patterns, raterTotals } = observed
  const dimensions = scores.levels.length
  const b = levelOffsets(steps, at.steps)
  const nodes = nodesFor(at.sd, 1 / Math.sqrt(observed.mostInformation + 1 / at.sd ** 2))
  const tables = tablesOf(frame, patterns, nodes, at.severity, b)
  const count = nodes.theta.length
  const { logIntegrals, atNode, atNodeOfVisit } = expectations(patterns, tables, nodes)
  const atNodeOfCell = new Float64Array(scores.raterCount * dimensions * count)
  const gradient = new Float64Array(scores.raterCount + dimensions * width + 1)
  for (let visit = 0; visit < patterns.visitRater.length; visit++) {
    const rater = patterns.visitRater[visit] as number
    let expected = 0
    for (let q = 0; q < count; q++)
      expected += (atNodeOfVisit[visit * count + q] as number) * (tables.visitMean[visit * count + q] as number)
    gradient[rater] = (gradient[rater] as number) + expected
    for (
      let place = patterns.visitStarts[visit] as number;
      place < (patterns.visitStarts[visit + 1] as number);
      place++
    ) {
      const row = (patterns.visitCells[place] as number) * count
      for (let q = 0; q < count; q++)
        atNodeOfCell[row + q] = (atNodeOfCell[row + q] as number) + (atNodeOfVisit[visit * count + q] as number)
    }
  }
  let logLikelihood = logIntegrals
  for (let rater = 0; rater < scores.raterCount; rater++) {
    gradient[rater] = (gradient[rater] as number) - (raterTotals[rater] as number)
    logLikelihood -= (at.severity[rater] as number) * (raterTotals[rater] as number)
  }
  for (let cell = 0; cell < scores.raterCount * dimensions; cell++) {
    const place = scores.raterCount + (cell % dimensions) * width
    for (let k = 0; k < width; k++) {
      let expected = 0
      const row = (cell * width + k) * count
      for (let q = 0; q < count; q++)
        expected += (atNodeOfCell[cell * count + q] as number) * (tables.probability[row + q] as number)
      gradient[place + k] = (gradient[place + k] as number) + expected
    }
  }
  perLevel.forEach((observedCount, row) => {
    gradient[scores.raterCount + row] = (gradient[scores.raterCount + row] as number) - observedCount
    logLikelihood -= (b[row] as number) * observedCount
  })
  let spread = 0
  for (let q = 0; q < count; q++) spread += (atNode[q] as number) * (((nodes.theta[q] as number) / at.sd) ** 2 - 1)
  gradient[gradient.length - 1] = spread
  return { logLikelihood, gradient, nodes, tables, atNode, atNodeOfCell }
}

function expectations(patterns: Patterns, tables: Tables, nodes: Nodes) {
  const count = nodes.theta.length
  const atNode = new Float64Array(count)
  const atNodeOfVisit = new Float64Array(patterns.visitRater.length * count)
  const exponent = new Float64Array(count)
  const weights = new Float64Array(count)
  const posterior = emptyPosterior(nodes)
  let logIntegrals = 0
  for (let set = 0; set + 1 < patterns.setStarts.length; set++) {
    setExponent(patterns, tables, nodes, set, exponent)
    let [from, to] = [count, 0]
    for (
      let pattern = patterns.patternStarts[set] as number;
      pattern < (patterns.patternStarts[set + 1] as number);
      pattern++
    ) {
      fillPosterior(exponent, nodes, patterns.totals[pattern] as number, posterior)
      const items = patterns.counts[pattern] as number
      logIntegrals += items * posterior.logIntegral
      for (let q = posterior.from; q < posterior.to; q++)
        weights[q] = (weights[q] as number) + items * (posterior.weights[q] as number)
      from = Math.min(from, posterior.from)
      to = Math.max(to, posterior.to)
    }
    for (let place = patterns.setStarts[set] as number; place < (patterns.setStarts[set + 1] as number); place++) {
      const row = (patterns.setVisits[place] as number) * count
      for (let q = from; q < to; q++)
        atNodeOfVisit[row + q] = (atNodeOfVisit[row + q] as number) + (weights[q] as number)
    }
    for (let q = from; q < to; q++) {
      atNode[q] = (atNode[q] as number) + (weights[q] as number)
      weights[q] = 0
    }
  }
  return { logIntegrals, atNode, atNodeOfVisit }
}
