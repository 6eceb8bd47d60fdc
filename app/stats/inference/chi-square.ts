import { incompleteGamma } from './gamma.ts'

/** P(X > x) for the chi-square distribution with `df` > 0 degrees of freedom. */
export function chiSquareUpperTail(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).upper
}
