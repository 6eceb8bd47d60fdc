import { solveLinear } from './linear.ts'

const MOST_STEPS = 100

/**
 * Log-linear presmoothing of counts per level (Holland & Thayer 1987; Kolen & Brennan 2014, chapter 3): the polynomial of `degree`
 * in the level whose exponential keeps the total and the first `degree` moments of the counts, by Newton's method on the Poisson
 * likelihood. Removes the accidents of few scores before equating.
 *
 * @param degree moments kept, 2 by default; at levels - 1 or more, or with fewer used levels than degree + 1, nothing is left to
 *   smooth and the counts come back as they are
 */
export function smoothedCounts(counts: readonly number[], degree = 2): number[] {
  const used = counts.filter((count) => count > 0).length
  if (degree >= counts.length - 1 || used <= degree) return [...counts]
  const basis = orthonormalPolynomials(counts.length, degree)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const size = degree + 1
  const coefficients = new Float64Array(size)
  coefficients[0] = Math.log(total / counts.length) * Math.sqrt(counts.length)
  let fitted = expected(basis, coefficients)
  for (let step = 0; step < MOST_STEPS; step++) {
    const score = new Float64Array(size)
    const information = new Float64Array(size * size)
    counts.forEach((count, k) => {
      for (let a = 0; a < size; a++) {
        const here = basis[a]?.[k] ?? 0
        score[a] = (score[a] as number) + (count - (fitted[k] as number)) * here
        for (let b = 0; b < size; b++)
          information[a * size + b] =
            (information[a * size + b] as number) + (fitted[k] as number) * here * (basis[b]?.[k] ?? 0)
      }
    })
    if (score.every((value) => Math.abs(value) < 1e-11 * total)) break
    const move = solveLinear(information, score)
    // a long step would send the exponential to infinity
    const longest = move.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const scale = Math.min(1, 2 / longest)
    move.forEach((value, a) => {
      coefficients[a] = (coefficients[a] as number) + scale * value
    })
    fitted = expected(basis, coefficients)
  }
  return fitted
}

function expected(basis: readonly (readonly number[])[], coefficients: Float64Array): number[] {
  return (basis[0] ?? []).map((_, k) =>
    Math.exp(basis.reduce((sum, column, a) => sum + (coefficients[a] as number) * (column[k] as number), 0)),
  )
}

/** Polynomials of degree 0 to `degree` over the levels, orthonormal, so that the information matrix is well conditioned. */
function orthonormalPolynomials(levels: number, degree: number): number[][] {
  const basis: number[][] = []
  for (let power = 0; power <= degree; power++) {
    const column = Array.from({ length: levels }, (_, k) => (k - (levels - 1) / 2) ** power)
    for (const earlier of basis) {
      const overlap = column.reduce((sum, value, k) => sum + value * (earlier[k] as number), 0)
      column.forEach((value, k) => {
        column[k] = value - overlap * (earlier[k] as number)
      })
    }
    const norm = Math.sqrt(column.reduce((sum, value) => sum + value * value, 0))
    basis.push(column.map((value) => value / norm))
  }
  return basis
}
