const HALF_LOG_TWO_PI = 0.9189385332046727

/** Above this, seven terms of Stirling's series are exact to double precision. */
const SERIES_FROM = 12

/** Stirling's series ln x! - [(x + 1/2) ln x - x + ln sqrt(2 pi)] (Abramowitz & Stegun 1964, 6.1.41), for x >= 12. */
function stirlingSeries(x: number): number {
  const square = 1 / (x * x)
  return (
    (1 / 12 -
      square *
        (1 / 360 -
          square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360 - square / 156)))))) /
    x
  )
}

/** Natural logarithm of the gamma function for x > 0. Shifts small arguments up to where Stirling's series holds. */
export function logGamma(x: number): number {
  let shifted = x
  let product = 1
  while (shifted < SERIES_FROM) {
    product *= shifted
    shifted += 1
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingSeries(shifted) - Math.log(product)
}

/** Error of Stirling's formula for x! at real x > 0 (Loader 2000, "Fast and accurate computation of binomial probabilities"). */
export function stirlingError(x: number): number {
  if (x >= SERIES_FROM) return stirlingSeries(x)
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI
}

const MOST_TERMS = 10_000

/** Deviance part x ln(x/mean) + mean - x, without the cancellation near x = mean (Loader 2000). */
export function devianceTerm(x: number, mean: number): number {
  const difference = x - mean
  if (!(Math.abs(difference) < 0.1 * (x + mean))) return x * Math.log(x / mean) - difference
  const v = difference / (x + mean)
  let sum = difference * v
  let term = 2 * x * v
  for (let j = 3; j < MOST_TERMS; j += 2) {
    term *= v * v
    const next = sum + term / j
    if (next === sum) break
    sum = next
  }
  return sum
}

/** Regularised lower incomplete gamma function P(a, x), a > 0, x >= 0, and its complement (Numerical Recipes, 6.2: series or Lentz). */
export function incompleteGamma(a: number, x: number): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  // x^a e^-x / Gamma(a), by Loader's terms so that large a loses no digits
  const front = Math.exp(-stirlingError(a) - devianceTerm(a, x)) * Math.sqrt(a / (2 * Math.PI))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let k = 1; k < MOST_TERMS && term > sum * 1e-17; k++) {
      term *= x / (a + k)
      sum += term
    }
    const lower = Math.min(1, front * sum)
    return { lower, upper: 1 - lower }
  }
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let k = 1; k < MOST_TERMS; k++) {
    const an = -k * (k - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    const change = c * d
    h *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  const upper = Math.min(1, front * h)
  return { lower: 1 - upper, upper }
}
