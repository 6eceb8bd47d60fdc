import { distancesOf, type Metric } from '../agreement/metric.ts'
import { gaussLegendre } from '../drift/quadrature.ts'
import { normalCdf, normalQuantile } from '../inference/normal.ts'

/**
 * Raters of a wanted agreement: behind each level lies a normal variable, of which a share `correlation` of the variance is the
 * item's and the rest the rater's own; it is cut into levels of the wanted shares (a polychoric model of equal raters).
 */
export interface LatentLevels {
  readonly correlation: number
  /** Cuts between the levels; -Infinity or Infinity around a level without a share at the ends. */
  readonly cuts: readonly number[]
}

const POINTS = 60
const REACH = 7

/**
 * The model whose alpha, over endlessly many items, is the wanted one; found by halving.
 *
 * @param alpha wanted, at least 0 and below 1
 * @param shares of the levels, at least two of them positive; scaled to add up to 1
 * @throws RangeError when there is no such model
 */
export function latentLevels(alpha: number, shares: readonly number[], metric: Metric = 'ordinal'): LatentLevels {
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (shares.some((share) => !(share >= 0)) || shares.filter((share) => share > 0).length < 2)
    throw new RangeError('shares of levels must not be negative, and two of them must be positive')
  if (!(alpha >= 0 && alpha < 1)) throw new RangeError(`alpha must be from 0 to below 1, not ${alpha}`)
  const scaled = shares.map((share) => share / total)
  const cuts = cutsOf(scaled)
  let [low, high] = [0, 1]
  for (let step = 0; step < 50; step++) {
    const correlation = (low + high) / 2
    if (alphaOf({ correlation, cuts }, scaled, metric) < alpha) low = correlation
    else high = correlation
  }
  return { correlation: (low + high) / 2, cuts }
}

function cutsOf(shares: readonly number[]): number[] {
  let below = 0
  return shares.slice(0, -1).map((share) => {
    below += share
    return normalQuantile(Math.min(1, below))
  })
}

/** Chances of the levels for an item at `quality` (standard normal). */
export function levelChances({ correlation, cuts }: LatentLevels, quality: number): number[] {
  const spread = Math.sqrt(1 - correlation)
  const below = cuts.map((cut) => normalCdf((cut - Math.sqrt(correlation) * quality) / spread))
  return [...below, 1].map((chance, k) => chance - (below[k - 1] ?? 0))
}

/** Krippendorff's alpha of the model over endlessly many items. */
export function alphaOf(model: LatentLevels, shares: readonly number[], metric: Metric): number {
  const { nodes, weights } = gaussLegendre(POINTS, -REACH, REACH)
  const chances = Array.from(nodes, (quality) => levelChances(model, quality))
  const mass = nodes.map((z, i) => ((weights[i] as number) * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI))
  const levels = shares.map((_, k) => k)
  const squared = new Float64Array((levels.length * (levels.length - 1)) / 2)
  distancesOf(metric, levels)(Float64Array.from(shares), squared)
  let observed = 0
  let expected = 0
  let cell = 0
  for (let c = 0; c < levels.length; c++)
    for (let k = c + 1; k < levels.length; k++) {
      const distance = squared[cell++] as number
      const together = mass.reduce(
        (sum, weight, i) => sum + weight * ((chances[i]?.[c] ?? 0) * (chances[i]?.[k] ?? 0)),
        0,
      )
      observed += distance * together
      expected += distance * (shares[c] as number) * (shares[k] as number)
    }
  return 1 - observed / expected
}
