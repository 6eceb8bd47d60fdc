import type { Random } from '../random.ts'
import type { Scores } from './scores.ts'

/** A standard normal deviate (Box & Muller 1958). */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
}

/** What scores are drawn from: the many-facet model with halo and item x dimension differences beside it. */
export interface Generator {
  readonly theta: Float64Array
  readonly severity: Float64Array
  /** D x width: level offsets b and which levels can occur. */
  readonly offsets: Float64Array
  readonly used: Uint8Array
  readonly width: number
  /** Standard deviations in logits: of one rater's impression of an item over all dimensions, of an item's own profile. */
  readonly haloSd: number
  readonly profileSd: number
  /** How sharply each rater tells levels apart: 1 is the model. */
  readonly sharpness: Float64Array
  /** Raters x D: how much more severe each rater is on each dimension than elsewhere, in logits; none where it is missing. */
  readonly leaning?: Float64Array
}

/**
 * Draws a level for every entry of a design; entries must be grouped by item and, within an item, by rater.
 *
 * @param design its levels are overwritten in the result, everything else is kept
 */
export function drawScores(random: Random, design: Scores, generator: Generator): Scores {
  const { item, rater, dimension, levels } = design
  const { width, haloSd, profileSd, leaning } = generator
  const level = new Uint8Array(item.length)
  const profile = new Float64Array(levels.length)
  const p = new Float64Array(width)
  let halo = 0
  for (let entry = 0; entry < item.length; entry++) {
    const i = item[entry] as number
    const j = rater[entry] as number
    const d = dimension[entry] as number
    const newItem = entry === 0 || item[entry - 1] !== i
    if (newItem && profileSd > 0) for (let e = 0; e < levels.length; e++) profile[e] = profileSd * drawNormal(random)
    if (haloSd > 0 && (newItem || rater[entry - 1] !== j)) halo = haloSd * drawNormal(random)
    const severity = (generator.severity[j] as number) + (leaning?.[j * levels.length + d] ?? 0)
    const place = (generator.theta[i] as number) + (profile[d] as number) + halo - severity
    const eta = place * (generator.sharpness[j] as number)
    level[entry] = drawAt(random, eta, generator, d * width, p)
  }
  return { ...design, level }
}

/** Draws a level index at `eta` on the dimension whose offsets begin at `row`; `p` is room for the weights. */
function drawAt(
  random: Random,
  eta: number,
  { offsets, used, width }: Generator,
  row: number,
  p: Float64Array,
): number {
  let top = Number.NEGATIVE_INFINITY
  for (let k = 0; k < width; k++) {
    const value = used[row + k] === 1 ? k * eta - (offsets[row + k] as number) : Number.NEGATIVE_INFINITY
    p[k] = value
    if (value > top) top = value
  }
  let sum = 0
  for (let k = 0; k < width; k++) {
    const weight = Math.exp((p[k] as number) - top)
    p[k] = weight
    sum += weight
  }
  return drawLevel(random, p, sum)
}

/** An index drawn with these weights, whose sum is known. */
export function drawLevel(random: Random, weights: Float64Array, sum = 1): number {
  let rest = random.uniform() * sum
  let last = 0
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k] as number
    if (weight === 0) continue
    last = k
    rest -= weight
    if (rest < 0) return k
  }
  return last
}
