/**
 * The seeded model behind every simulated rating of the demo workspace. docs/methods/simulation.md says it in words.
 * It is the many-facet partial credit model of STATISTICS: log(P(k) / P(k-1)) = theta - severity - bias - tau_k.
 */

/** Uniform numbers in [0, 1) from a 32-bit seed (mulberry32, Tommy Ettinger 2017). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A standard normal number (Box and Muller 1958). */
export const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const THRESHOLDS = [-4.5, 0, 4.5]
export const LOGITS_PER_LEVEL = 5.4
const MIDDLE = 2.5

export type SimulatedRater = {
  /** Logits; above 0 is severe. */
  severity: number
  /** Standard deviation, in logits, of what this rater adds to each score at random. */
  spread: number
}

/**
 * Draws a level 1 to 4 for a response of true quality `quality` (1 to 4, fractions allowed) on one dimension.
 * `bias` is the rater's own severity on that dimension, in logits, on top of the general one.
 */
export function drawLevel(quality: number, rater: SimulatedRater, bias: number, random: () => number): number {
  const eta = LOGITS_PER_LEVEL * (quality - MIDDLE) - rater.severity - bias + rater.spread * normal(random)
  const weights = [1]
  let exponent = 0
  for (const threshold of THRESHOLDS) {
    exponent += eta - threshold
    weights.push(Math.exp(exponent))
  }
  let rest = random() * weights.reduce((sum, weight) => sum + weight, 0)
  const found = weights.findIndex((weight) => {
    rest -= weight
    return rest < 0
  })
  return found === -1 ? weights.length : found + 1
}

/** Active time for one item in milliseconds: log-normal about `median` seconds with a standard deviation of .35. */
export const drawActiveMs = (medianSeconds: number, random: () => number): number =>
  Math.round(1000 * medianSeconds * Math.exp(0.35 * normal(random)))
