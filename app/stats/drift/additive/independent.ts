import type { NormalEquations } from './absorbed.ts'

/** Which unknowns a design can tell apart, and along which directions it cannot. */
export interface Independence {
  /** A largest set of unknowns that the design determines once the others are held at 0, in the order of elimination. */
  readonly kept: readonly number[]
  /** One direction for each unknown not kept: moving the unknowns along it changes no fitted score. */
  readonly undetermined: readonly Float64Array[]
}

/** A pivot below this share of the largest diagonal element is rounding: all unknowns are in the same unit, a rating's score. */
const TOLERANCE = 1e-9

/** Cholesky factor of the chosen rows and columns; throws where they are not independent. */
function choleskyOf(matrix: Float64Array, columns: number, chosen: readonly number[]): Float64Array {
  const n = chosen.length
  const factor = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[(chosen[i] as number) * columns + (chosen[j] as number)] as number
      for (let k = 0; k < j; k++) sum -= (factor[i * n + k] as number) * (factor[j * n + k] as number)
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / (factor[j * n + j] as number)
    }
  return factor
}

function solveCholesky(factor: Float64Array, right: Float64Array): Float64Array {
  const n = right.length
  const x = right.slice()
  for (let i = 0; i < n; i++) {
    let sum = x[i] as number
    for (let k = 0; k < i; k++) sum -= (factor[i * n + k] as number) * (x[k] as number)
    x[i] = sum / (factor[i * n + i] as number)
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] as number
    for (let k = i + 1; k < n; k++) sum -= (factor[k * n + i] as number) * (x[k] as number)
    x[i] = sum / (factor[i * n + i] as number)
  }
  return x
}

/** Finds independent unknowns by Cholesky elimination with diagonal pivoting, and the directions left over. */
export function independence({ columns, matrix }: NormalEquations): Independence {
  const work = matrix.slice()
  const diagonal = (c: number) => work[c * columns + c] as number
  let least = 1e-300
  for (let c = 0; c < columns; c++) least = Math.max(least, TOLERANCE * diagonal(c))
  const left = new Set(Array.from({ length: columns }, (_, c) => c))
  const kept: number[] = []
  for (;;) {
    let pivot = -1
    for (const c of left) if (diagonal(c) > least && (pivot < 0 || diagonal(c) > diagonal(pivot))) pivot = c
    if (pivot < 0) break
    left.delete(pivot)
    kept.push(pivot)
    for (const row of left) {
      const factor = (work[row * columns + pivot] as number) / diagonal(pivot)
      if (factor === 0) continue
      for (const c of left)
        work[row * columns + c] = (work[row * columns + c] as number) - factor * (work[pivot * columns + c] as number)
    }
  }
  const factor = choleskyOf(matrix, columns, kept)
  const undetermined = [...left].map((dropped) => {
    const right = Float64Array.from(kept, (c) => -(matrix[c * columns + dropped] as number))
    const direction = new Float64Array(columns)
    solveCholesky(factor, right).forEach((value, k) => {
      direction[kept[k] as number] = Math.abs(value) < TOLERANCE ? 0 : value
    })
    direction[dropped] = 1
    return direction
  })
  return { kept, undetermined }
}

/** Solves the equations of the kept unknowns for right side after right side, into `out`; the others are left alone. */
export type Solver = (right: Float64Array, out: Float64Array) => void

export function solverOf({ columns, matrix }: NormalEquations, kept: readonly number[]): Solver {
  const factor = choleskyOf(matrix, columns, kept)
  return (right, out) => {
    solveCholesky(
      factor,
      Float64Array.from(kept, (c) => right[c] as number),
    ).forEach((value, k) => {
      out[kept[k] as number] = value
    })
  }
}

/** Solution with the unknowns that are not kept at 0. */
export function solveKept({ columns, matrix, right }: NormalEquations, kept: readonly number[]): Float64Array {
  const solved = solveCholesky(
    choleskyOf(matrix, columns, kept),
    Float64Array.from(kept, (c) => right[c] as number),
  )
  const solution = new Float64Array(columns)
  kept.forEach((c, k) => {
    solution[c] = solved[k] as number
  })
  return solution
}
