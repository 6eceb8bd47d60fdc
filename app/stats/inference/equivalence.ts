import { type NotEstimable, notEstimable } from '../estimate.ts'
import { meanOf, squaresOf, varianceOf } from './moments.ts'
import { studentQuantile, studentTwoSided, studentUpperTail } from './student.ts'

/** A difference with its standard error and degrees of freedom, from which all tests on it follow. */
export interface Difference {
  readonly difference: number
  readonly se: number
  readonly df: number
}

/** Two one-sided tests of a difference against a margin. `equivalent` when p < alpha: the 1 - 2 alpha interval is within it. */
export interface Equivalence extends Difference {
  readonly estimable: true
  readonly margin: number
  /** Against "the difference is -margin or less". */
  readonly tLower: number
  readonly pLower: number
  /** Against "the difference is +margin or more". */
  readonly tUpper: number
  readonly pUpper: number
  readonly p: number
  /** Two-sided p of "there is no difference". Not significant is not equivalent. */
  readonly pDifference: number
  readonly equivalent: boolean
}

const NO_SPREAD = 'the values do not vary, so the difference has no standard error'

/**
 * Two one-sided tests, TOST (Schuirmann 1987, "A comparison of the two one-sided tests procedure").
 *
 * @param margin the largest difference that does not matter, in the unit of the difference; positive
 * @param alpha error rate of each one-sided test, .05 by default
 * @throws RangeError when the margin is not positive
 */
export function equivalence(
  found: Difference | NotEstimable,
  margin: number,
  alpha = 0.05,
): Equivalence | NotEstimable {
  if (!(margin > 0)) throw new RangeError(`the margin of an equivalence test must be positive, not ${margin}`)
  if ('estimable' in found) return found
  const { difference, se, df } = found
  if (!(se > 0)) return notEstimable(NO_SPREAD)
  const tLower = (difference + margin) / se
  const tUpper = (difference - margin) / se
  const pLower = studentUpperTail(tLower, df)
  const pUpper = studentUpperTail(-tUpper, df)
  const p = Math.max(pLower, pUpper)
  const pDifference = studentTwoSided(difference / se, df)
  const tests = { margin, tLower, pLower, tUpper, pUpper, p, pDifference, equivalent: p < alpha }
  return { estimable: true, difference, se, df, ...tests }
}

/** Mean of `a` minus mean of `b`, independent samples, variances not assumed equal (Welch 1947, Satterthwaite df). */
export function welchDifference(a: ArrayLike<number>, b: ArrayLike<number>): Difference | NotEstimable {
  if (a.length < 2 || b.length < 2) return notEstimable('a difference of two groups needs two values in each')
  const va = varianceOf(a) / a.length
  const vb = varianceOf(b) / b.length
  const variance = va + vb
  if (variance === 0) return notEstimable(NO_SPREAD)
  const df = variance ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1))
  return { difference: meanOf(a) - meanOf(b), se: Math.sqrt(variance), df }
}

/** Mean of `a` minus mean of `b`, independent samples of one common variance (Student). */
export function pooledDifference(a: ArrayLike<number>, b: ArrayLike<number>): Difference | NotEstimable {
  const df = a.length + b.length - 2
  if (a.length < 1 || b.length < 1 || df < 1)
    return notEstimable('a difference of two groups needs three values or more')
  const variance = ((squaresOf(a) + squaresOf(b)) / df) * (1 / a.length + 1 / b.length)
  return { difference: meanOf(a) - meanOf(b), se: Math.sqrt(variance), df }
}

/** Mean of paired differences, with n - 1 degrees of freedom. */
export function pairedDifference(differences: ArrayLike<number>): Difference | NotEstimable {
  const n = differences.length
  if (n < 2) return notEstimable(`a mean difference needs two items or more; there ${n === 1 ? 'is 1' : 'are 0'}`)
  return { difference: meanOf(differences), se: Math.sqrt(varianceOf(differences) / n), df: n - 1 }
}

/** Interval of a difference at a confidence, .95 by default. */
export function intervalOf(
  { difference, se, df }: Difference,
  confidence = 0.95,
): readonly [low: number, high: number] {
  const reach = studentQuantile((1 + confidence) / 2, df) * se
  return [difference - reach, difference + reach]
}
