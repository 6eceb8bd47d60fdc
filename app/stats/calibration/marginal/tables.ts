import type { Frame } from '../frame.ts'
import { type Moments, momentsOf } from '../readings.ts'
import { levelProbabilities } from '../steps.ts'
import type { Nodes } from './nodes.ts'
import type { Patterns } from './patterns.ts'

/** What every (rater, dimension) cell expects at every node; visits sum their cells. Rows of one value a node. */
export interface Tables {
  /** (cell x width + level) rows: probability of the level. */
  readonly probability: Float64Array
  /** cell rows: expected level index and its variance. */
  readonly mean: Float64Array
  readonly variance: Float64Array
  /** cell rows: log of the normalising sum. */
  readonly logSum: Float64Array
  /** visit rows: log of the normalising sums, expected total. */
  readonly visitLogSum: Float64Array
  readonly visitMean: Float64Array
}

export function tablesOf(
  frame: Frame,
  patterns: Patterns,
  nodes: Nodes,
  severity: Float64Array,
  b: Float64Array,
): Tables {
  const { scores, steps, width } = frame
  const dimensions = scores.levels.length
  const count = nodes.theta.length
  const cells = scores.raterCount * dimensions
  const visits = patterns.visitRater.length
  const tables: Tables = {
    probability: new Float64Array(cells * width * count),
    mean: new Float64Array(cells * count),
    variance: new Float64Array(cells * count),
    logSum: new Float64Array(cells * count),
    visitLogSum: new Float64Array(visits * count),
    visitMean: new Float64Array(visits * count),
  }
  const p = new Float64Array(width)
  const moments: Moments = { mean: 0, variance: 0, fourth: 0 }
  const filled = new Uint8Array(cells)
  for (const cell of patterns.visitCells) {
    if (filled[cell] === 1) continue
    filled[cell] = 1
    const row = (cell % dimensions) * width
    const lambda = severity[Math.floor(cell / dimensions)] as number
    for (let q = 0; q < count; q++) {
      tables.logSum[cell * count + q] = levelProbabilities(
        (nodes.theta[q] as number) - lambda,
        b,
        steps.used,
        row,
        width,
        p,
        0,
      )
      momentsOf(p, 0, width, 1, moments)
      for (let k = 0; k < width; k++) tables.probability[(cell * width + k) * count + q] = p[k] as number
      tables.mean[cell * count + q] = moments.mean
      tables.variance[cell * count + q] = moments.variance
    }
  }
  for (let visit = 0; visit < visits; visit++) {
    for (
      let place = patterns.visitStarts[visit] as number;
      place < (patterns.visitStarts[visit + 1] as number);
      place++
    ) {
      const cell = patterns.visitCells[place] as number
      for (let q = 0; q < count; q++) {
        const at = visit * count + q
        tables.visitLogSum[at] = (tables.visitLogSum[at] as number) + (tables.logSum[cell * count + q] as number)
        tables.visitMean[at] = (tables.visitMean[at] as number) + (tables.mean[cell * count + q] as number)
      }
    }
  }
  return tables
}
