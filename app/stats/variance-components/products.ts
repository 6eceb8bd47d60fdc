import { factor, inverse } from '../calibration/cholesky.ts'
import type { Columns } from './columns.ts'
import type { Design } from './design.ts'

/** Squared ratios of the parts within a case to the residual. */
export interface WithinCase {
  readonly case: number
  readonly caseDimension: number
  readonly caseRater: number
}

/** The cross-products of all columns, weighted by the inverse covariance of each case, and the log determinants of those. */
export interface Products {
  readonly matrix: Float64Array
  readonly logCases: number
}

/**
 * Products where the only part within a case is the case's own. Its covariance is I + r 11', whose inverse depends on the number of
 * entries alone, so that sums over cases of equal numbers are all that is needed: made once, they cost nothing per case later.
 */
export function productsByNumber(design: Design, columns: Columns): (within: WithinCase) => Products {
  const { size, perEntry, place } = columns
  const { order, starts, measurements } = design
  const { value } = measurements
  const base = new Float64Array(size * size)
  const sums = new Map<number, { cases: number; matrix: Float64Array }>()
  const amounts = new Float64Array(size)
  const touched = new Int32Array(size)
  const isTouched = new Uint8Array(size)
  for (let i = 0; i + 1 < starts.length; i++) {
    const [start, end] = [starts[i] as number, starts[i + 1] as number]
    if (end === start) continue
    let group = sums.get(end - start)
    if (group === undefined) {
      group = { cases: 0, matrix: new Float64Array(size * size) }
      sums.set(end - start, group)
    }
    group.cases++
    let used = 0
    for (let j = start; j < end; j++) {
      const entry = order[j] as number
      const at = entry * perEntry
      for (let a = 0; a < perEntry; a++) {
        const row = place[at + a] as number
        const left = a === perEntry - 1 ? (value[entry] as number) : 1
        if (isTouched[row] === 0) touched[used++] = row
        isTouched[row] = 1
        amounts[row] = (amounts[row] as number) + left
        for (let b = 0; b <= a; b++) {
          const column = place[at + b] as number
          const right = b === perEntry - 1 ? (value[entry] as number) : 1
          base[row * size + column] = (base[row * size + column] as number) + left * right
        }
      }
    }
    addSquare(group.matrix, size, amounts, touched, used)
    for (let t = 0; t < used; t++) {
      amounts[touched[t] as number] = 0
      isTouched[touched[t] as number] = 0
    }
  }
  return ({ case: ratio }) => {
    const matrix = base.slice()
    let logCases = 0
    for (const [entries, { cases, matrix: group }] of sums) {
      const weight = ratio / (1 + entries * ratio)
      logCases += cases * Math.log(1 + entries * ratio)
      for (let cell = 0; cell < matrix.length; cell++)
        matrix[cell] = (matrix[cell] as number) - weight * (group[cell] as number)
    }
    return { matrix, logCases }
  }
}

/** Adds the lower triangle of the square of a vector that is 0 but for the touched places. */
function addSquare(matrix: Float64Array, size: number, amounts: Float64Array, touched: Int32Array, used: number): void {
  for (let s = 0; s < used; s++) {
    const row = touched[s] as number
    const left = amounts[row] as number
    if (left === 0) continue
    for (let t = 0; t < used; t++) {
      const column = touched[t] as number
      if (column > row) continue
      matrix[row * size + column] = (matrix[row * size + column] as number) + left * (amounts[column] as number)
    }
  }
}

/** Products where cases have parts by dimension or by rater: case by case, the inverses shared by cases of the same shape. */
export function productsByCase(design: Design, columns: Columns): (within: WithinCase) => Products {
  const { order, starts, measurements } = design
  const { size, perEntry, place } = columns
  const { value } = measurements
  const { shapes, shapeOf } = shapesOf(design)
  return (within) => {
    const weighed = shapes.map((shape) => weights(shape, within))
    const matrix = new Float64Array(size * size)
    let logCases = 0
    for (let i = 0; i + 1 < starts.length; i++) {
      const start = starts[i] as number
      const n = (starts[i + 1] as number) - start
      if (n === 0) continue
      const { inverted, log } = weighed[shapeOf[i] as number] as Weighed
      logCases += log
      for (let j = 0; j < n; j++) {
        const one = order[start + j] as number
        for (let k = 0; k < n; k++) {
          const other = order[start + k] as number
          const weight = inverted[j * n + k] as number
          for (let a = 0; a < perEntry; a++) {
            const row = place[one * perEntry + a] as number
            const left = a === perEntry - 1 ? weight * (value[one] as number) : weight
            for (let b = 0; b < perEntry; b++) {
              const column = place[other * perEntry + b] as number
              if (column > row) continue
              const right = b === perEntry - 1 ? (value[other] as number) : 1
              matrix[row * size + column] = (matrix[row * size + column] as number) + left * right
            }
          }
        }
      }
    }
    return { matrix, logCases }
  }
}

/** Which entries of a case share a rater, and which a dimension: all that its covariance depends on. */
interface Shape {
  readonly rater: readonly number[]
  readonly dimension: readonly number[]
}

function shapesOf({ order, starts, measurements }: Design): { shapes: Shape[]; shapeOf: Int32Array } {
  const numbers = new Map<string, number>()
  const shapes: Shape[] = []
  const shapeOf = new Int32Array(starts.length - 1)
  for (let i = 0; i + 1 < starts.length; i++) {
    // in a fixed order, so that cases of equal designs have equal shapes
    const entries = order
      .subarray(starts[i], starts[i + 1])
      .sort(
        (a, b) =>
          (measurements.rater[a] as number) - (measurements.rater[b] as number) ||
          (measurements.dimension[a] as number) - (measurements.dimension[b] as number),
      )
    const raters = new Map<number, number>()
    const rater = Array.from(entries, (entry) => {
      const number = measurements.rater[entry] as number
      if (!raters.has(number)) raters.set(number, raters.size)
      return raters.get(number) as number
    })
    const dimension = Array.from(entries, (entry) => measurements.dimension[entry] as number)
    const key = `${rater.join()};${dimension.join()}`
    const known = numbers.get(key)
    if (known === undefined) {
      numbers.set(key, shapes.length)
      shapes.push({ rater, dimension })
    }
    shapeOf[i] = known ?? shapes.length - 1
  }
  return { shapes, shapeOf }
}

interface Weighed {
  /** Inverse of the covariance of a case of this shape, residual variance 1, and its log determinant. */
  readonly inverted: Float64Array
  readonly log: number
}

function weights({ rater, dimension }: Shape, within: WithinCase): Weighed {
  const size = rater.length
  const covariance = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      covariance[i * size + j] =
        (i === j ? 1 : 0) +
        within.case +
        (dimension[i] === dimension[j] ? within.caseDimension : 0) +
        (rater[i] === rater[j] ? within.caseRater : 0)
  factor(covariance, size)
  let log = 0
  for (let i = 0; i < size; i++) log += 2 * Math.log(covariance[i * size + i] as number)
  return { inverted: inverse(covariance, size), log }
}
