/**
 * Solves A x = b by elimination with row pivoting, in place.
 *
 * @param a n x n matrix, row by row; overwritten
 * @param b right-hand side of length n; overwritten with the solution, and returned
 * @throws RangeError when the matrix is singular
 */
export function solveLinear(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length
  for (let column = 0; column < n; column++) {
    swapRows(a, b, column, pivotRow(a, n, column))
    const pivot = a[column * n + column] as number
    if (pivot === 0) throw new RangeError('the system of equations is singular')
    for (let row = column + 1; row < n; row++) {
      const factor = (a[row * n + column] as number) / pivot
      if (factor === 0) continue
      for (let k = column; k < n; k++)
        a[row * n + k] = (a[row * n + k] as number) - factor * (a[column * n + k] as number)
      b[row] = (b[row] as number) - factor * (b[column] as number)
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    let rest = b[row] as number
    for (let k = row + 1; k < n; k++) rest -= (a[row * n + k] as number) * (b[k] as number)
    b[row] = rest / (a[row * n + row] as number)
  }
  return b
}

function pivotRow(a: Float64Array, n: number, column: number): number {
  let best = column
  for (let row = column + 1; row < n; row++)
    if (Math.abs(a[row * n + column] as number) > Math.abs(a[best * n + column] as number)) best = row
  return best
}

function swapRows(a: Float64Array, b: Float64Array, row: number, other: number): void {
  if (row === other) return
  const n = b.length
  const kept = a.slice(row * n, row * n + n)
  a.copyWithin(row * n, other * n, other * n + n)
  a.set(kept, other * n)
  const right = b[row] as number
  b[row] = b[other] as number
  b[other] = right
}
