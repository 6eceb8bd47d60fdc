import type { AbsorbedDesign } from './absorbed.ts'

/** Squared residual, as a share of the right side's, at which the solution is good enough for a bootstrap's standard errors. */
const GOOD = 1e-10
const MOST_STEPS = 400

/**
 * Solves the normal equations of weighted items without making them, by conjugate gradients with the diagonal as preconditioner
 * (Hestenes & Stiefel 1952): a step costs as much as there are entries, however many unknowns. For many unknowns; see `solveKept`
 * for few.
 *
 * @param kept the unknowns that the design determines; the others stay 0
 * @param start where to begin, such as the solution with equal weights
 * @returns null where it does not settle, because the raters hang together by threads
 */
export function conjugateSolution(
  design: AbsorbedDesign,
  weights: Float64Array,
  kept: readonly number[],
  start: Float64Array,
): Float64Array | null {
  const { columns } = design
  const taken = new Uint8Array(columns)
  for (const c of kept) taken[c] = 1
  const { right, diagonal } = sidesOf(design, weights)
  const x = start.map((value, c) => (taken[c] === 1 ? value : 0))
  const product = new Float64Array(columns)
  const residual = new Float64Array(columns)
  const direction = new Float64Array(columns)
  const fitted = new Float64Array(design.score.length)
  multiply(design, weights, x, product, fitted)
  let size = 0
  let steep = 0
  for (const c of kept) {
    const r = (right[c] as number) - (product[c] as number)
    residual[c] = r
    direction[c] = r / (diagonal[c] as number)
    steep += r * (direction[c] as number)
    size += ((right[c] as number) * (right[c] as number)) / (diagonal[c] as number)
  }
  // No score differs from another of its item: nothing moves any.
  if (size === 0) return new Float64Array(columns)
  for (let step = 0; step < MOST_STEPS; step++) {
    if (!(steep > GOOD * size)) return x
    multiply(design, weights, direction, product, fitted)
    let curve = 0
    for (const c of kept) curve += (direction[c] as number) * (product[c] as number)
    if (!(curve > 0)) return null
    const length = steep / curve
    let next = 0
    for (const c of kept) {
      x[c] = (x[c] as number) + length * (direction[c] as number)
      const r = (residual[c] as number) - length * (product[c] as number)
      residual[c] = r
      next += (r * r) / (diagonal[c] as number)
    }
    const turn = next / steep
    steep = next
    for (const c of kept)
      direction[c] = (residual[c] as number) / (diagonal[c] as number) + turn * (direction[c] as number)
  }
  return null
}

/** Right side of the normal equations, and about their diagonal. */
function sidesOf({ columns, starts, first, second, score }: AbsorbedDesign, weights: Float64Array) {
  const right = new Float64Array(columns)
  const diagonal = new Float64Array(columns).fill(1e-12)
  const add = (to: Float64Array, column: number, value: number) => {
    if (column >= 0) to[column] = (to[column] as number) + value
  }
  for (let i = 0; i + 1 < starts.length; i++) {
    const [start, end] = [starts[i] as number, starts[i + 1] as number]
    if (end - start < 2) continue
    const weight = weights[i] as number
    let mean = 0
    for (let e = start; e < end; e++) mean += (score[e] as number) / (end - start)
    const own = weight * (1 - 1 / (end - start))
    for (let e = start; e < end; e++) {
      const deviation = weight * ((score[e] as number) - mean)
      for (const column of [first[e] as number, second[e] as number]) {
        add(right, column, deviation)
        add(diagonal, column, own)
      }
    }
  }
  return { right, diagonal }
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
