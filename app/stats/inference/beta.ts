import { devianceTerm, stirlingError } from './gamma.ts'

const MOST_TERMS = 10_000
const TINY = 1e-300

/**
 * Regularised incomplete beta function I_x(a, b) and its complement 1 - I_x(a, b), each without cancellation.
 * Continued fraction by Lentz's method, its front factor by Loader's (2000) binomial terms.
 *
 * @param a, b positive shapes
 * @param x, complement the argument and 1 - x, given both so that neither end loses digits
 */
export function incompleteBeta(
  a: number,
  b: number,
  x: number,
  complement = 1 - x,
): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (complement <= 0) return { lower: 1, upper: 0 }
  if (x > (a + 1) / (a + b + 2)) {
    const mirrored = incompleteBeta(b, a, complement, x)
    return { lower: mirrored.upper, upper: mirrored.lower }
  }
  const lower = Math.min(1, frontFactor(a, b, x, complement) / continuedFraction(a, b, x, complement))
  return { lower, upper: 1 - lower }
}

/** x^a (1 - x)^b / B(a, b) */
function frontFactor(a: number, b: number, x: number, complement: number): number {
  const n = a + b
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - devianceTerm(a, n * x) - devianceTerm(b, n * complement)
  return Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(exponent)
}

/**
 * The even part of the classical continued fraction, in the form of Didonato & Morris (1992, TOMS 708): it uses
 * a (1 - x) - b x as a whole, where the classical one cancels for large shapes and x near 1.
 */
function continuedFraction(a: number, b: number, x: number, complement: number): number {
  const lambda = a * complement - b * x + 1
  let h = (a * lambda) / (a + 1)
  let c = h
  let d = 0
  for (let m = 1; m < MOST_TERMS; m++) {
    const odd = a + 2 * m - 1
    const numerator = ((a + m - 1) * (a + b + m - 1) * m * (b - m) * x * x) / (odd * odd)
    const denominator = m + (m * (b - m) * x) / odd + ((a + m) * (lambda + m * (1 + complement))) / (odd + 2)
    d = 1 / awayFromZero(denominator + numerator * d)
    c = awayFromZero(denominator + numerator / c)
    h *= c * d
    if (Math.abs(c * d - 1) < 1e-16) return h
  }
  return h
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
