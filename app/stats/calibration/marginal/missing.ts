import type { Frame } from '../frame.ts'
import type { Patterns } from './patterns.ts'
import { emptyPosterior, fillPosterior, type Posterior, setExponent } from './posterior.ts'
import type { MarginalSums } from './sums.ts'

/**
 * Takes from the complete information what the items' unknown places cost: the covariance of each item's complete score under
 * its posterior. What is left is the observed information (Louis 1982, equation 3.1).
 *
 * @param information of raters, D x width level offsets and log sd, symmetric; changed in place
 */
export function subtractMissing(
  information: Float64Array,
  frame: Frame,
  patterns: Patterns,
  sums: MarginalSums,
  sd: number,
): void {
  const { nodes, tables } = sums
  const n = Math.sqrt(information.length)
  const functions = completeScores(frame, patterns, sums, sd)
  const { place, values, count } = functions
  const posterior = emptyPosterior(nodes)
  const exponent = new Float64Array(count)
  const weights = new Float64Array(count)
  const weighted = new Float64Array(count)
  const means = new Float64Array(n)
  const covariance = new Float64Array(n * n)

  for (let set = 0; set + 1 < patterns.setStarts.length; set++) {
    setExponent(patterns, tables, nodes, set, exponent)
    const first = patterns.patternStarts[set] as number
    const last = (patterns.patternStarts[set + 1] as number) - 1
    let [from, to] = [count, 0]
    for (let pattern = first; pattern <= last; pattern++) {
      fillPosterior(exponent, nodes, patterns.totals[pattern] as number, posterior)
      addWeights(weights, posterior, patterns.counts[pattern] as number)
      from = Math.min(from, posterior.from)
      to = Math.max(to, posterior.to)
    }
    const size = functions.fill(set, from, to)
    for (let f = 0; f < size; f++) {
      for (let q = from; q < to; q++) weighted[q] = (weights[q] as number) * (values[f * count + q] as number)
      for (let g = 0; g <= f; g++) {
        let sum = 0
        const other = g * count
        for (let q = from; q < to; q++) sum += (weighted[q] as number) * (values[other + q] as number)
        covariance[f * n + g] = sum
      }
    }
    for (let pattern = first; pattern <= last; pattern++) {
      // a set with one pattern still has its posterior
      if (first !== last) fillPosterior(exponent, nodes, patterns.totals[pattern] as number, posterior)
      const items = patterns.counts[pattern] as number
      for (let f = 0; f < size; f++) {
        let mean = 0
        for (let q = posterior.from; q < posterior.to; q++)
          mean += (posterior.weights[q] as number) * (values[f * count + q] as number)
        means[f] = mean
        for (let g = 0; g <= f; g++)
          covariance[f * n + g] = (covariance[f * n + g] as number) - items * mean * (means[g] as number)
      }
    }
    for (let f = 0; f < size; f++) {
      const row = place[f] as number
      for (let g = 0; g <= f; g++) {
        const column = place[g] as number
        const cell = row > column ? row * n + column : column * n + row
        information[cell] = (information[cell] as number) - (covariance[f * n + g] as number)
      }
    }
    for (let q = from; q < to; q++) weights[q] = 0
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) information[j * n + i] = information[i * n + j] as number
}

function addWeights(weights: Float64Array, posterior: Posterior, items: number): void {
  for (let q = posterior.from; q < posterior.to; q++)
    weights[q] = (weights[q] as number) + items * (posterior.weights[q] as number)
}

/**
 * The functions of theta in the complete score of a set's items, up to constants: expected total of each visit, probability of
 * each level that moves, square of theta over sd. Rows by node in `values`, with their `place` among the parameters.
 */
function completeScores(frame: Frame, patterns: Patterns, { nodes, tables }: MarginalSums, sd: number) {
  const { scores, width, steps } = frame
  const dimensions = scores.levels.length
  const raters = scores.raterCount
  const rows = dimensions * width
  const count = nodes.theta.length
  const most = raters + rows + 1
  const place = new Uint32Array(most)
  const values = new Float64Array(most * count)
  const rowOf = new Int32Array(rows)
  const spread = nodes.theta.map((theta) => (theta / sd) ** 2)
  const moves = Uint8Array.from({ length: rows }, (_, row) =>
    steps.design.subarray(row * steps.size, (row + 1) * steps.size).some((value) => value !== 0) ? 1 : 0,
  )
  /** Fills the rows of a set for the nodes `from` to `to`; the number of rows. */
  const fill = (set: number, from: number, to: number): number => {
    let size = 0
    rowOf.fill(-1)
    const [begin, end] = [patterns.setStarts[set] as number, patterns.setStarts[set + 1] as number]
    for (let at = begin; at < end; at++) {
      const visit = patterns.setVisits[at] as number
      for (let q = from; q < to; q++) values[size * count + q] = tables.visitMean[visit * count + q] as number
      place[size++] = patterns.visitRater[visit] as number
    }
    for (let at = begin; at < end; at++) {
      const visit = patterns.setVisits[at] as number
      for (let c = patterns.visitStarts[visit] as number; c < (patterns.visitStarts[visit + 1] as number); c++) {
        const cell = patterns.visitCells[c] as number
        const first = (cell % dimensions) * width
        for (let k = 0; k < width; k++) {
          if (moves[first + k] !== 1) continue
          const source = (cell * width + k) * count
          const known = rowOf[first + k] as number
          const row = (known < 0 ? size : known) * count
          if (known < 0) {
            rowOf[first + k] = size
            place[size++] = raters + first + k
            for (let q = from; q < to; q++) values[row + q] = tables.probability[source + q] as number
          } else {
            for (let q = from; q < to; q++)
              values[row + q] = (values[row + q] as number) + (tables.probability[source + q] as number)
          }
        }
      }
    }
    for (let q = from; q < to; q++) values[size * count + q] = spread[q] as number
    place[size++] = most - 1
    return size
  }
  return { place, values, count, fill }
}
