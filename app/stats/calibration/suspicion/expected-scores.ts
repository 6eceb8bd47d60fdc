import type { Frame } from '../frame.ts'
import type { MarginalFit } from '../marginal/marginal.ts'
import { emptyPosterior, fillPosterior, type Posterior, setExponent } from '../marginal/posterior.ts'
import { type Moments, momentsAt } from '../readings.ts'
import { levelOffsets } from '../steps.ts'

/** More rows than this are not kept: 48 MB for items with 15 scores. */
const MOST_KEPT = 200_000

/**
 * Expected level index and variance of every score of an item, at the item's posterior mean. They depend on who scored the item
 * on what and on the total alone, so simulated pools, which draw the same totals again and again, share them.
 */
export class ExpectedScores {
  readonly #frame: Frame
  readonly #fit: MarginalFit
  /** The set of each item: the same raters on the same dimensions. */
  readonly #setOf: Int32Array
  readonly #kept: Map<number, Float64Array>[]
  readonly #offsets: Float64Array
  readonly #exponent: Float64Array
  readonly #posterior: Posterior
  #rows = 0

  /** @param frame its entries grouped by item, and within an item by rater and dimension */
  constructor(frame: Frame, fit: MarginalFit) {
    const { setStarts, patternStarts, itemStarts, items } = fit.patterns
    this.#frame = frame
    this.#fit = fit
    this.#offsets = levelOffsets(frame.steps, fit.steps)
    this.#exponent = new Float64Array(fit.sums.nodes.theta.length)
    this.#posterior = emptyPosterior(fit.sums.nodes)
    this.#setOf = new Int32Array(frame.scores.itemCount).fill(-1)
    this.#kept = Array.from({ length: setStarts.length - 1 }, () => new Map())
    for (let set = 0; set + 1 < setStarts.length; set++) {
      const from = itemStarts[patternStarts[set] as number] as number
      const to = itemStarts[patternStarts[set + 1] as number] as number
      for (let at = from; at < to; at++) this.#setOf[items[at] as number] = set
    }
  }

  /** Pairs of mean and variance, one for each score of the item in the order of the frame, its level indices having this total. */
  of(item: number, total: number): Float64Array {
    const set = this.#setOf[item] as number
    const kept = this.#kept[set] as Map<number, Float64Array>
    const known = kept.get(total)
    if (known !== undefined) return known
    const row = this.#expect(item, set, total)
    if (this.#rows < MOST_KEPT) {
      kept.set(total, row)
      this.#rows++
    }
    return row
  }

  #expect(item: number, set: number, total: number): Float64Array {
    const { patterns, sums, severity } = this.#fit
    const { scores, entries, width } = this.#frame
    const posterior = this.#posterior
    setExponent(patterns, sums.tables, sums.nodes, set, this.#exponent)
    fillPosterior(this.#exponent, sums.nodes, total, posterior)
    let place = 0
    for (let q = posterior.from; q < posterior.to; q++)
      place += (posterior.weights[q] as number) * (sums.nodes.theta[q] as number)
    const [from, to] = [entries.starts[item] as number, entries.starts[item + 1] as number]
    const row = new Float64Array(2 * (to - from))
    const p = new Float64Array(width)
    const moments: Moments = { mean: 0, variance: 0, fourth: 0 }
    for (let entry = from; entry < to; entry++) {
      const eta = place - (severity[scores.rater[entry] as number] as number)
      momentsAt(eta, this.#offsets, this.#frame, scores.dimension[entry] as number, p, moments)
      row[2 * (entry - from)] = moments.mean
      row[2 * (entry - from) + 1] = moments.variance
    }
    return row
  }
}
