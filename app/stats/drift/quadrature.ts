/** Nodes and weights of Gauss-Legendre quadrature. */
export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/**
 * Gauss-Legendre quadrature with `count` nodes on [low, high], exact for polynomials up to degree 2 count - 1. Roots of the
 * Legendre polynomial by Newton's method from their asymptotic places (Numerical Recipes, 4.6).
 */
export function gaussLegendre(count: number, low: number, high: number): Quadrature {
  const nodes = new Float64Array(count)
  const weights = new Float64Array(count)
  const middle = (high + low) / 2
  const half = (high - low) / 2
  for (let i = 0; i < Math.ceil(count / 2); i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))
    let slope = 0
    for (let step = 0; step < 100; step++) {
      const { value, slope: there } = legendre(count, x)
      slope = there
      const move = value / there
      x -= move
      if (Math.abs(move) < 1e-15) break
    }
    const weight = (2 * half) / ((1 - x * x) * slope * slope)
    nodes[i] = middle - half * x
    nodes[count - 1 - i] = middle + half * x
    weights[i] = weight
    weights[count - 1 - i] = weight
  }
  return { nodes, weights }
}

function legendre(degree: number, x: number): { value: number; slope: number } {
  let before = 1
  let value = x
  for (let k = 2; k <= degree; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k
    before = value
    value = next
  }
  if (degree === 1) return { value: x, slope: 1 }
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) }
}
