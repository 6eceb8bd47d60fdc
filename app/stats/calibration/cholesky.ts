/**
 * Symmetric positive definite systems, matrices n x n in rows. Factors by Cholesky in place: the lower triangle becomes L of
 * A = L L'.
 *
 * @param least share of a diagonal element that must be left of it after the ones before it are eliminated
 * @returns false when the matrix is not positive definite to that precision
 */
export function factor(a: Float64Array, n: number, least = 1e-13): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j] as number
      for (let k = 0; k < j; k++) sum -= (a[i * n + k] as number) * (a[j * n + k] as number)
      if (i !== j) a[i * n + j] = sum / (a[j * n + j] as number)
      else if (sum > least * Math.abs(a[i * n + i] as number)) a[i * n + i] = Math.sqrt(sum)
      else return false
    }
  }
  return true
}

/** Solves A x = b in place of b, from the factor. */
export function solve(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] as number) * (b[k] as number)
    b[i] = sum / (l[i * n + i] as number)
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number
    for (let k = i + 1; k < n; k++) sum -= (l[k * n + i] as number) * (b[k] as number)
    b[i] = sum / (l[i * n + i] as number)
  }
}

/** The inverse of A, from the factor. */
export function inverse(l: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n)
  const column = new Float64Array(n)
  for (let j = 0; j < n; j++) {
    column.fill(0)
    column[j] = 1
    solve(l, n, column)
    for (let i = 0; i < n; i++) result[i * n + j] = column[i] as number
  }
  return result
}
