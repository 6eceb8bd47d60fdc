import { incompleteBeta } from './beta.ts'
import { logGamma } from './gamma.ts'
import { normalQuantile } from './normal.ts'
import { increasingRoot } from './solve.ts'

/** P(T > t) for Student's t with `df` > 0 degrees of freedom (real df allowed), exact in the tail. */
export function studentUpperTail(t: number, df: number): number {
  const square = t * t
  const { lower, upper } = incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square))
  return t >= 0 ? lower / 2 : (1 + upper) / 2
}

/** Two-sided p-value of a t statistic; an infinite statistic gives 0. */
export function studentTwoSided(t: number, df: number): number {
  return Math.min(1, 2 * studentUpperTail(Math.abs(t), df))
}

/** Quantile of Student's t at 0 < p < 1, relative error about 1e-14. */
export function studentQuantile(p: number, df: number): number {
  if (p === 0.5) return 0
  if (p < 0.5) return -studentQuantile(1 - p, df)
  const tail = 1 - p
  const constant = Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2)) / Math.sqrt(df * Math.PI)
  const at = (t: number) => ({
    value: tail - studentUpperTail(t, df),
    slope: constant * (1 + (t * t) / df) ** (-(df + 1) / 2),
  })
  let high = Math.max(2, 2 * normalQuantile(p))
  while (at(high).value < 0) high *= 2
  return increasingRoot(at, 0, high, high / 2)
}
