import { incompleteBeta } from './beta.ts'
import { increasingRoot } from './solve.ts'

/** P(F > f) for Fisher's F with real degrees of freedom, exact in the tail. */
export function fisherUpperTail(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1
  if (f === Number.POSITIVE_INFINITY) return 0
  const whole = df1 * f + df2
  return incompleteBeta(df2 / 2, df1 / 2, df2 / whole, (df1 * f) / whole).lower
}

/** Quantile of Fisher's F at 0 < p < 1, relative error about 1e-13. Solved on ln F, which is more nearly normal than F. */
export function fisherQuantile(p: number, df1: number, df2: number): number {
  const at = (log: number) => ({
    value: 1 - p - fisherUpperTail(Math.exp(log), df1, df2),
    slope: logDensity(log, df1, df2),
  })
  let low = -1
  let high = 1
  while (at(low).value > 0) low *= 2
  while (at(high).value < 0) high *= 2
  return Math.exp(increasingRoot(at, low, high, (low + high) / 2))
}

/** Density of ln F by a central difference: only the speed of the search depends on it. */
function logDensity(log: number, df1: number, df2: number): number {
  const h = 1e-5
  return (fisherUpperTail(Math.exp(log - h), df1, df2) - fisherUpperTail(Math.exp(log + h), df1, df2)) / (2 * h)
}
