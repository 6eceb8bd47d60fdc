import { normalCdf } from '../inference/normal.ts'
import { ewmaSpread } from './ewma.ts'
import { solveLinear } from './linear.ts'
import { gaussLegendre, type Quadrature } from './quadrature.ts'

/**
 * Average run length: the mean number of observations up to an alarm, for a chart that starts at its centre, observations
 * independent N(shift, 1), mean and standard deviation known. With an estimated baseline alarms come sooner: see limits.ts.
 */

const NODES = 120

/** Standard normal density. */
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/**
 * Two-sided tabular CUSUM of slack `k` and limit `h`, both in standard deviations: 1/ARL = 1/ARL(upper) + 1/ARL(lower), each by
 * Page's integral equation L(u) = 1 + L(0) Phi(k - u) + int_0^h L(s) phi(s + k - u) ds (Page 1954; Montgomery).
 */
export function cusumRunLength(k: number, h: number, shift: number): number {
  return 1 / (1 / oneSidedCusum(k - shift, h) + 1 / oneSidedCusum(k + shift, h))
}

/** Upper CUSUM from 0, with the shift already taken off its slack. */
function oneSidedCusum(k: number, h: number): number {
  const { nodes, weights } = gaussLegendre(NODES, 0, h)
  const size = NODES + 1 // the last unknown is L(0), where the chart rests with positive probability
  const starts = [...nodes, 0]
  const matrix = new Float64Array(size * size)
  starts.forEach((u, row) => {
    nodes.forEach((s, column) => {
      matrix[row * size + column] = -(weights[column] as number) * density(s + k - u)
    })
    matrix[row * size + NODES] = -normalCdf(k - u)
    matrix[row * size + row] = (matrix[row * size + row] as number) + 1
  })
  return solveLinear(matrix, new Float64Array(size).fill(1))[NODES] as number
}

/** Siegmund's approximation for the same chart, b = h + 1.166 (Siegmund 1985, "Sequential Analysis"). */
export function siegmundRunLength(k: number, h: number, shift: number): number {
  const side = (drift: number) => {
    const b = h + 1.166
    return drift === 0 ? b * b : (Math.exp(-2 * drift * b) + 2 * drift * b - 1) / (2 * drift * drift)
  }
  return 1 / (1 / side(shift - k) + 1 / side(-shift - k))
}

/**
 * EWMA of weight `lambda` with limits at `width` standard deviations. Asymptotic limits: the integral equation L(u) = 1 + 1/lambda
 * int L(s) phi((s - (1 - lambda) u)/lambda - shift) ds (Crowder 1987). Widening limits: the density of the average is carried
 * forward until the limits have settled, and the asymptotic chart takes over from there.
 */
export function ewmaRunLength(
  lambda: number,
  width: number,
  shift: number,
  limits: 'asymptotic' | 'widening' = 'asymptotic',
): number {
  const limit = width * ewmaSpread(lambda)
  const inside = gaussLegendre(NODES, -limit, limit)
  const { nodes, weights } = inside
  const step = (from: number, to: number) => density((to - (1 - lambda) * from) / lambda - shift) / lambda
  const matrix = new Float64Array(NODES * NODES)
  nodes.forEach((u, row) => {
    nodes.forEach((s, column) => {
      matrix[row * NODES + column] = (row === column ? 1 : 0) - (weights[column] as number) * step(u, s)
    })
  })
  const rest = solveLinear(matrix, new Float64Array(NODES).fill(1))
  if (limits === 'asymptotic') return 1 + integral(inside, (s, i) => (rest[i] as number) * step(0, s))
  return wideningRunLength(lambda, width, step, rest)
}

function wideningRunLength(
  lambda: number,
  width: number,
  step: (from: number, to: number) => number,
  rest: Float64Array,
): number {
  let runLength = 1 // the first observation is always made
  let before: Quadrature = { nodes: new Float64Array([0]), weights: new Float64Array([1]) }
  let mass = new Float64Array([1])
  const arrive = (to: number) => integral(before, (from, i) => (mass[i] as number) * step(from, to))
  for (let time = 1; (1 - lambda) ** (2 * time) > 1e-14; time++) {
    const limit = width * ewmaSpread(lambda, time)
    const now = gaussLegendre(NODES, -limit, limit)
    mass = now.nodes.map(arrive)
    before = now
    runLength += integral(now, (_s, i) => mass[i] as number)
  }
  // `rest` counts the observations still to come from each place, under limits that no longer move
  const surviving = integral(before, (_s, i) => mass[i] as number)
  return runLength - surviving + integral(before, (_s, i) => (mass[i] as number) * (rest[i] as number))
}

function integral({ nodes, weights }: Quadrature, at: (node: number, index: number) => number): number {
  let sum = 0
  for (let i = 0; i < nodes.length; i++) sum += (weights[i] as number) * at(nodes[i] as number, i)
  return sum
}
