import { incompleteBeta } from './beta.ts'
import type { ErrorRates } from './sequential.ts'

/** P(X >= successes) for X of Binomial(items, p). */
export function binomialUpperTail(items: number, successes: number, p: number): number {
  if (successes <= 0) return 1
  if (successes > items) return 0
  return incompleteBeta(successes, items - successes + 1, p).lower
}

/** Error rates of the plain test "pass with at least `cut` of `items`", to compare a sequential one with. */
export function fixedTestErrors(items: number, cut: number, p0: number, p1: number): ErrorRates {
  return { alpha: binomialUpperTail(items, cut, p0), beta: 1 - binomialUpperTail(items, cut, p1) }
}
