import type { Scores } from '../scores.ts'
import type { MarginalPoint } from './marginal.ts'
import { emptyPosterior, fillPosterior, setExponent } from './posterior.ts'

/**
 * Posterior mean of every item's place for other scores in the same design (the same entries, other levels), parameters and
 * tables being those of the point; NaN for items outside it.
 *
 * @param starts entries of each item: from `starts[item]` up to `starts[item + 1]`
 */
export function placesFor(
  { patterns, sums }: MarginalPoint,
  { level, itemCount }: Scores,
  starts: Uint32Array,
): Float64Array {
  const { nodes, tables } = sums
  const places = new Float64Array(itemCount).fill(Number.NaN)
  const exponent = new Float64Array(nodes.theta.length)
  const posterior = emptyPosterior(nodes)
  for (let set = 0; set + 1 < patterns.setStarts.length; set++) {
    setExponent(patterns, tables, nodes, set, exponent)
    const from = patterns.itemStarts[patterns.patternStarts[set] as number] as number
    const to = patterns.itemStarts[patterns.patternStarts[set + 1] as number] as number
    for (let at = from; at < to; at++) {
      const item = patterns.items[at] as number
      let total = 0
      for (let entry = starts[item] as number; entry < (starts[item + 1] as number); entry++)
        total += level[entry] as number
      fillPosterior(exponent, nodes, total, posterior)
      let mean = 0
      for (let q = posterior.from; q < posterior.to; q++)
        mean += (posterior.weights[q] as number) * (nodes.theta[q] as number)
      places[item] = mean
    }
  }
  return places
}
