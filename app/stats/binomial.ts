import type { Random } from './random.ts'

/** Below this mean the sequential search of the distribution function is faster than rejection. */
const REJECTION_FROM = 10

/**
 * One draw from Binomial(n, p). Exact at any size: inversion for small means, else BTRS, transformed rejection with squeeze
 * (Hörmann 1993, "The generation of binomial random variates"), whose cost does not grow with n.
 *
 * @param n trials, a non-negative integer up to 2^31
 * @param p chance in [0, 1]
 */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (n === 0 || p <= 0) return 0
  if (p >= 1) return n
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p)
  return n * p < REJECTION_FROM ? byInversion(random, n, p) : byRejection(random, n, p)
}

function byInversion(random: Random, n: number, p: number): number {
  const odds = p / (1 - p)
  let mass = Math.exp(n * Math.log1p(-p))
  let rest = random.uniform() - mass
  let k = 0
  while (rest >= 0 && k < n) {
    k++
    mass *= (odds * (n - k + 1)) / k
    rest -= mass
  }
  return k
}

function byRejection(random: Random, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p))
  const b = 1.15 + 2.53 * spread
  const a = -0.0873 + 0.0248 * b + 0.01 * p
  const centre = n * p + 0.5
  const squeeze = 0.92 - 4.2 / b
  const scale = (2.83 + 5.1 / b) * spread
  const odds = p / (1 - p)
  const mode = Math.floor((n + 1) * p)
  for (;;) {
    const u = random.uniform() - 0.5
    const v = random.uniform()
    const edge = 0.5 - Math.abs(u)
    if (edge === 0) continue
    const k = Math.floor(((2 * a) / edge + b) * u + centre)
    if (edge >= 0.07 && v <= squeeze) return k
    if (k < 0 || k > n) continue
    const height = Math.log((v * scale) / (a / (edge * edge) + b))
    if (height <= logRatioToMode(n, odds, mode, k)) return k
  }
}

/** ln of P(k) / P(mode), by Stirling's formula with its remainder. */
function logRatioToMode(n: number, odds: number, mode: number, k: number): number {
  return (
    (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
    (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
    (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
    remainder(mode) +
    remainder(n - mode) -
    remainder(k) -
    remainder(n - k)
  )
}

/** ln k! - [ln sqrt(2 pi) + (k + 1/2) ln(k + 1) - (k + 1)], exact to about 1e-9 where k < 10 and better above. */
function remainder(k: number): number {
  const small = SMALL_REMAINDERS[k]
  if (small !== undefined) return small
  const next = k + 1
  const square = next * next
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / next
}

const SMALL_REMAINDERS = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211, 0.0138761288230707,
  0.0118967099458917, 0.010411265261972, 0.0092554621827127, 0.0083305634333631,
]
