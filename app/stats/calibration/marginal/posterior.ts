import type { Nodes } from './nodes.ts'
import type { Patterns } from './patterns.ts'
import type { Tables } from './tables.ts'

/** Weights below exp(-this) of the largest are left out: together they are below the rounding of the sums. */
const NEGLIGIBLE = 34

/** Posterior weights of one pattern over the nodes `from` to `to` (without it); the others are as good as 0. */
export interface Posterior {
  readonly weights: Float64Array
  from: number
  to: number
  /** Log of the marginal likelihood without the part that is linear in severities and level offsets. */
  logIntegral: number
}

export function emptyPosterior(nodes: Nodes): Posterior {
  return { weights: new Float64Array(nodes.theta.length), from: 0, to: 0, logIntegral: 0 }
}

/** Log prior less the normalising sums of the set's visits, for every node, into `out`. */
export function setExponent(patterns: Patterns, tables: Tables, nodes: Nodes, set: number, out: Float64Array): void {
  const count = nodes.theta.length
  out.set(nodes.logWeight)
  for (let place = patterns.setStarts[set] as number; place < (patterns.setStarts[set + 1] as number); place++) {
    const row = (patterns.setVisits[place] as number) * count
    for (let q = 0; q < count; q++) out[q] = (out[q] as number) - (tables.visitLogSum[row + q] as number)
  }
}

/** Posterior of a pattern with this total, given the exponent of its set. The posterior has one peak. */
export function fillPosterior(exponent: Float64Array, nodes: Nodes, total: number, posterior: Posterior): void {
  const { theta } = nodes
  const { weights } = posterior
  const count = theta.length
  let top = Number.NEGATIVE_INFINITY
  let peak = 0
  for (let q = 0; q < count; q++) {
    const value = (exponent[q] as number) + total * (theta[q] as number)
    weights[q] = value
    if (value > top) {
      top = value
      peak = q
    }
  }
  let from = peak
  while (from > 0 && (weights[from - 1] as number) > top - NEGLIGIBLE) from--
  let to = peak + 1
  while (to < count && (weights[to] as number) > top - NEGLIGIBLE) to++
  let sum = 0
  for (let q = from; q < to; q++) {
    const weight = Math.exp((weights[q] as number) - top)
    weights[q] = weight
    sum += weight
  }
  for (let q = from; q < to; q++) weights[q] = (weights[q] as number) / sum
  posterior.from = from
  posterior.to = to
  posterior.logIntegral = top + Math.log(sum)
}
