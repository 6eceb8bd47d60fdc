import { gaussLegendre } from '#app/stats/drift/quadrature.ts'
import { normalQuantile } from '#app/stats/inference/normal.ts'
import type { Random } from '#app/stats/random.ts'

/**
 * The made-up raters of the simulations: partial credit model with levels 1 to 4 and thresholds -2, 0, 2; quality N(0, 1.5),
 * severity N(0, .5), all in logits.
 */
export const THRESHOLDS = [-2, 0, 2] as const
export const QUALITY_SD = 1.5
export const SEVERITY_SD = 0.5

export const drawNormal = (random: Random, sd = 1): number => sd * normalQuantile(random.uniform() || 2 ** -54)

/** Chances of levels 1 to 4 at quality less severity `eta`. */
export function levelChances(eta: number): number[] {
  const terms = [1]
  let log = 0
  for (const threshold of THRESHOLDS) {
    log += eta - threshold
    terms.push(Math.exp(log))
  }
  const total = terms.reduce((sum, term) => sum + term, 0)
  return terms.map((term) => term / total)
}

export function drawScore(random: Random, eta: number): number {
  let u = random.uniform()
  for (const [k, chance] of levelChances(eta).entries()) {
    u -= chance
    if (u < 0) return k + 1
  }
  return THRESHOLDS.length + 1
}

export const expectedScore = (eta: number): number =>
  levelChances(eta).reduce((sum, chance, k) => sum + chance * (k + 1), 0)

const RULE = gaussLegendre(61, -6, 6)
const MASS = RULE.nodes.map((z, i) => ((RULE.weights[i] as number) * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI))

/** Expected score over items of quality N(centre, 1.5). */
export function meanScore(centre: number): number {
  return RULE.nodes.reduce((sum, z, i) => sum + (MASS[i] as number) * expectedScore(centre + QUALITY_SD * z), 0)
}
