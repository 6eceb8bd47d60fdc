import type { Frame } from '../frame.ts'
import { mirror } from '../reduced.ts'
import type { Patterns } from './patterns.ts'
import { emptyPosterior, fillPosterior, setExponent } from './posterior.ts'
import type { MarginalSums } from './sums.ts'

/**
 * Expected information of the complete data (items' places known) given the scores, for raters, D x width level offsets and
 * log sd: positive definite, the metric of the EM gradient algorithm (Lange 1995).
 */
export function completeInformation(
  frame: Frame,
  { nodes, tables, atNode, atNodeOfCell }: MarginalSums,
  sd: number,
): Float64Array {
  const { scores, width } = frame
  const raters = scores.raterCount
  const dimensions = scores.levels.length
  const n = raters + dimensions * width + 1
  const count = nodes.theta.length
  const information = new Float64Array(n * n)
  for (let cell = 0; cell < raters * dimensions; cell++) {
    const rater = Math.floor(cell / dimensions)
    const place = raters + (cell % dimensions) * width
    for (let q = 0; q < count; q++) {
      const weight = atNodeOfCell[cell * count + q] as number
      if (weight === 0) continue
      const mean = tables.mean[cell * count + q] as number
      information[rater * n + rater] =
        (information[rater * n + rater] as number) + weight * (tables.variance[cell * count + q] as number)
      for (let k = 0; k < width; k++) {
        const row = (place + k) * n
        const wp = weight * (tables.probability[(cell * width + k) * count + q] as number)
        information[row + rater] = (information[row + rater] as number) + wp * (k - mean)
        information[row + place + k] = (information[row + place + k] as number) + wp
        for (let l = 0; l <= k; l++)
          information[row + place + l] =
            (information[row + place + l] as number) -
            wp * (tables.probability[(cell * width + l) * count + q] as number)
      }
    }
  }
  let spread = 0
  for (let q = 0; q < count; q++) spread += (atNode[q] as number) * 2 * ((nodes.theta[q] as number) / sd) ** 2
  information[n * n - 1] = spread
  mirror(information, n)
  return information
}

/**
 * Takes from the complete information what the items' unknown places cost: the covariance of each item's complete score under
 * its posterior. What is left is the observed information (Louis 1982, equation 3.1).
 */
export function subtractMissing(
  information: Float64Array,
  frame: Frame,
  patterns: Patterns,
  sums: MarginalSums,
  sd: number,
): void {
  const { scores, width } = frame
  const { nodes, tables } = sums
  const raters = scores.raterCount
  const dimensions = scores.levels.length
  const rows = dimensions * width
  const n = raters + rows + 1
  const count = nodes.theta.length
  const most = raters + rows + 1
  const place = new Uint32Array(most)
  const score = new Float64Array(most * count)
  const weighted = new Float64Array(count)
  const means = new Float64Array(most)
  const weights = new Float64Array(count)
  const exponent = new Float64Array(count)
  const posterior = emptyPosterior(nodes)
  const rowOf = new Int32Array(rows)
  const spread = nodes.theta.map((theta) => (theta / sd) ** 2)
  const moved = steppedRows(frame)

  for (let set = 0; set + 1 < patterns.setStarts.length; set++) {
    // The functions of theta in this item's complete score, one row each.
    let functions = 0
    rowOf.fill(-1)
    for (let at = patterns.setStarts[set] as number; at < (patterns.setStarts[set + 1] as number); at++) {
      const visit = patterns.setVisits[at] as number
      score.set(tables.visitMean.subarray(visit * count, (visit + 1) * count), functions * count)
      place[functions++] = patterns.visitRater[visit] as number
    }
    for (let at = patterns.setStarts[set] as number; at < (patterns.setStarts[set + 1] as number); at++) {
      const visit = patterns.setVisits[at] as number
      for (let c = patterns.visitStarts[visit] as number; c < (patterns.visitStarts[visit + 1] as number); c++) {
        const cell = patterns.visitCells[c] as number
        const first = (cell % dimensions) * width
        for (let k = 0; k < width; k++) {
          if (moved[first + k] !== 1) continue
          let row = rowOf[first + k] as number
          if (row < 0) {
            row = functions++
            rowOf[first + k] = row
            place[row] = raters + first + k
            score.fill(0, row * count, (row + 1) * count)
          }
          const from = (cell * width + k) * count
          for (let q = 0; q < count; q++)
            score[row * count + q] = (score[row * count + q] as number) + (tables.probability[from + q] as number)
        }
      }
    }
    score.set(spread, functions * count)
    place[functions++] = n - 1

    setExponent(patterns, tables, nodes, set, exponent)
    let [from, to] = [count, 0]
    for (
      let pattern = patterns.patternStarts[set] as number;
      pattern < (patterns.patternStarts[set + 1] as number);
      pattern++
    ) {
      fillPosterior(exponent, nodes, patterns.totals[pattern] as number, posterior)
      const items = patterns.counts[pattern] as number
      for (let q = posterior.from; q < posterior.to; q++)
        weights[q] = (weights[q] as number) + items * (posterior.weights[q] as number)
      from = Math.min(from, posterior.from)
      to = Math.max(to, posterior.to)
      for (let f = 0; f < functions; f++) {
        let mean = 0
        for (let q = posterior.from; q < posterior.to; q++)
          mean += (posterior.weights[q] as number) * (score[f * count + q] as number)
        means[f] = mean
      }
      for (let f = 0; f < functions; f++) {
        const row = (place[f] as number) * n
        const scaled = items * (means[f] as number)
        for (let g = 0; g < functions; g++) {
          const cell = row + (place[g] as number)
          information[cell] = (information[cell] as number) + scaled * (means[g] as number)
        }
      }
    }
    for (let f = 0; f < functions; f++) {
      for (let q = from; q < to; q++) weighted[q] = (weights[q] as number) * (score[f * count + q] as number)
      const row = (place[f] as number) * n
      for (let g = 0; g <= f; g++) {
        let sum = 0
        const other = g * count
        for (let q = from; q < to; q++) sum += (weighted[q] as number) * (score[other + q] as number)
        const cell = row + (place[g] as number)
        information[cell] = (information[cell] as number) - sum
        if (f !== g) {
          const mirrored = (place[g] as number) * n + (place[f] as number)
          information[mirrored] = (information[mirrored] as number) - sum
        }
      }
    }
    for (let q = from; q < to; q++) weights[q] = 0
  }
}

/** Level offsets that move with some parameter. */
function steppedRows({ steps }: Frame): Uint8Array {
  return Uint8Array.from({ length: steps.dimensions * steps.width }, (_, row) =>
    steps.design.subarray(row * steps.size, (row + 1) * steps.size).some((value) => value !== 0) ? 1 : 0,
  )
}
