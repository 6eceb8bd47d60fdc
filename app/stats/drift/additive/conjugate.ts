import type { AbsorbedDesign } from './absorbed.ts'
import type { Solver } from './independent.ts'

/** Squared residual, as a share of the right side's, at which the solution is good enough for a bootstrap's standard errors. */
const GOOD = 1e-10
const MOST_STEPS = 400

/**
 * Solves the normal equations of weighted items without making them, by conjugate gradients (Hestenes & Stiefel 1952): a step costs
 * as much as there are entries. The equations with equal weights, solved once, are the preconditioner: random weights change them
 * little, so that a dozen steps do however the raters hang together (a ring of 200 raters took hundreds with their diagonal).
 *
 * @param kept the unknowns that the design determines; the others stay 0
 * @param start where to begin, such as the solution with equal weights
 * @param equal solves the equations with equal weights
 * @returns null where it does not settle, because the raters hang together by threads
 */
export function conjugateSolution(
  design: AbsorbedDesign,
  weights: Float64Array,
  kept: readonly number[],
  start: Float64Array,
  equal: Solver,
): Float64Array | null {
  const { columns } = design
  const taken = new Uint8Array(columns)
  for (const c of kept) taken[c] = 1
  const right = rightOf(design, weights)
  const x = start.map((value, c) => (taken[c] === 1 ? value : 0))
  const [product, residual] = [new Float64Array(columns), new Float64Array(columns)]
  const [direction, solved] = [new Float64Array(columns), new Float64Array(columns)]
  const fitted = new Float64Array(design.score.length)
  const dot = (a: Float64Array, b: Float64Array) => {
    let sum = 0
    for (const c of kept) sum += (a[c] as number) * (b[c] as number)
    return sum
  }
  equal(right, solved)
  const size = dot(right, solved)
  // No score differs from another of its item: nothing moves any.
  if (!(size > 0)) return new Float64Array(columns)
  multiply(design, weights, x, product, fitted)
  for (const c of kept) residual[c] = (right[c] as number) - (product[c] as number)
  equal(residual, direction)
  let steep = dot(residual, direction)
  for (let step = 0; step < MOST_STEPS; step++) {
    if (!(steep > GOOD * size)) return x
    multiply(design, weights, direction, product, fitted)
    const curve = dot(direction, product)
    if (!(curve > 0)) return null
    const length = steep / curve
    for (const c of kept) {
      x[c] = (x[c] as number) + length * (direction[c] as number)
      residual[c] = (residual[c] as number) - length * (product[c] as number)
    }
    equal(residual, solved)
    const next = dot(residual, solved)
    const turn = next / steep
    steep = next
    for (const c of kept) direction[c] = (solved[c] as number) + turn * (direction[c] as number)
  }
  return null
}

/** Right side of the normal equations. */
function rightOf({ columns, starts, first, second, score }: AbsorbedDesign, weights: Float64Array): Float64Array {
  const right = new Float64Array(columns)
  for (let i = 0; i + 1 < starts.length; i++) {
    const [start, end] = [starts[i] as number, starts[i + 1] as number]
    if (end - start < 2) continue
    let mean = 0
    for (let e = start; e < end; e++) mean += (score[e] as number) / (end - start)
    for (let e = start; e < end; e++) {
      const deviation = (weights[i] as number) * ((score[e] as number) - mean)
      const [here, also] = [first[e] as number, second[e] as number]
      right[here] = (right[here] as number) + deviation
      if (also >= 0) right[also] = (right[also] as number) + deviation
    }
  }
  return right
}

/** The normal equations' matrix times a vector, into `out`: each item's fitted scores about their mean, given back to the unknowns. */
function multiply(
  { starts, first, second }: AbsorbedDesign,
  weights: Float64Array,
  vector: Float64Array,
  out: Float64Array,
  fitted: Float64Array,
): void {
  out.fill(0)
  for (let e = 0; e < fitted.length; e++) {
    const also = second[e] as number
    fitted[e] = (vector[first[e] as number] as number) + (also < 0 ? 0 : (vector[also] as number))
  }
  for (let i = 0; i + 1 < starts.length; i++) {
    const start = starts[i] as number
    const end = starts[i + 1] as number
    if (end - start < 2) continue
    let mean = 0
    for (let e = start; e < end; e++) mean += fitted[e] as number
    mean /= end - start
    const weight = weights[i] as number
    for (let e = start; e < end; e++) {
      const value = weight * ((fitted[e] as number) - mean)
      const here = first[e] as number
      const also = second[e] as number
      out[here] = (out[here] as number) + value
      if (also >= 0) out[also] = (out[also] as number) + value
    }
  }
}
