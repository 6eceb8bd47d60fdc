import type { Steps } from './steps.ts'

/**
 * From the space in which likelihoods are summed (raters, then D x width level offsets b, then `extra` further parameters) to
 * that of the free parameters (raters, then steps, then the further ones), b being linear in the steps.
 */
export function reducedGradient(full: Float64Array, raters: number, steps: Steps, extra: number): Float64Array {
  const rows = steps.dimensions * steps.width
  const result = new Float64Array(raters + steps.size + extra)
  result.set(full.subarray(0, raters))
  for (let column = 0; column < steps.size; column++) {
    let sum = 0
    for (let row = 0; row < rows; row++)
      sum += (steps.design[row * steps.size + column] as number) * (full[raters + row] as number)
    result[raters + column] = sum
  }
  result.set(full.subarray(raters + rows), raters + steps.size)
  return result
}

/** The same for a symmetric matrix: J' A J, J being the map from free parameters to the full space. */
export function reducedMatrix(full: Float64Array, raters: number, steps: Steps, extra: number): Float64Array {
  const rows = raters + steps.dimensions * steps.width + extra
  const size = raters + steps.size + extra
  const half = new Float64Array(rows * size)
  for (let row = 0; row < rows; row++)
    half.set(reducedGradient(full.subarray(row * rows, (row + 1) * rows), raters, steps, extra), row * size)
  const result = new Float64Array(size * size)
  const column = new Float64Array(rows)
  for (let j = 0; j < size; j++) {
    for (let row = 0; row < rows; row++) column[row] = half[row * size + j] as number
    const reduced = reducedGradient(column, raters, steps, extra)
    for (let i = 0; i < size; i++) result[i * size + j] = reduced[i] as number
  }
  return result
}

/** Adds weight v v' to a matrix: holds the direction v still where the likelihood leaves it free. */
export function hold(matrix: Float64Array, v: Float64Array, weight: number): void {
  const n = v.length
  for (let i = 0; i < n; i++) {
    const vi = (v[i] as number) * weight
    if (vi !== 0) for (let j = 0; j < n; j++) matrix[i * n + j] = (matrix[i * n + j] as number) + vi * (v[j] as number)
  }
}

/** Mirrors the lower triangle into the upper. */
export function mirror(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[j * n + i] = matrix[i * n + j] as number
}
