import { type Estimated, notEstimable } from '../../estimate.ts'
import { factor, solve } from '../cholesky.ts'
import type { Frame } from '../frame.ts'
import { hold, reducedGradient, reducedMatrix } from '../reduced.ts'
import { centredSteps, levelOffsets, startingSteps } from '../steps.ts'
import { type JointParameters, type JointSums, jointStep, jointSums } from './sums.ts'

const MOST_STEPS = 60
const SETTLED = 1e-9
const HALVINGS = 30

/** Joint maximum likelihood: items, raters and steps all as fixed parameters. */
export interface JointFit extends JointParameters {
  readonly estimable: true
  readonly logLikelihood: number
}

/**
 * Joint maximum likelihood of the many-facet Rasch model (Linacre 1989) by guarded Newton steps on all parameters at once; the
 * items, whose block is diagonal, are eliminated first (Schur complement). The likelihood is concave. Severities sum to 0
 * within each component, difficulties to 0, steps to 0 within each dimension. Biased outwards where items have few ratings:
 * kept as a check against other programs.
 */
export function fitJoint(frame: Frame): Estimated<JointFit> {
  const { steps, scores } = frame
  let at: JointParameters = {
    theta: startingItems(frame),
    severity: new Float64Array(scores.raterCount),
    steps: centredSteps(steps, startingSteps(steps, frame.perLevel)),
  }
  const holds = holdsOf(frame)
  let sums = jointSums(frame, at, true)
  for (let round = 0; round < MOST_STEPS; round++) {
    const direction = directionOf(frame, sums, at, holds)
    if (direction === null) return notEstimable(TOO_THIN)
    const largest = largestOf(direction)
    let length = Math.min(1, 1 / largest)
    let next = moved(at, direction, length)
    let nextSums = jointSums(frame, next, true)
    for (let half = 0; half < HALVINGS && !rises(nextSums, sums); half++) {
      length /= 2
      next = moved(at, direction, length)
      nextSums = jointSums(frame, next, true)
    }
    at = next
    sums = nextSums
    if (largest < SETTLED) return { estimable: true, logLikelihood: sums.logLikelihood, ...at }
  }
  return notEstimable(TOO_THIN)
}

const TOO_THIN =
  'the joint fit does not settle: with so few shared scores some severity has no finite value. Use the marginal method (mml), or collect more shared items'

/** Equal up to the rounding of a long sum counts as no loss. */
function rises(next: JointSums, before: JointSums): boolean {
  return next.logLikelihood >= before.logLikelihood - 1e-12 * Math.abs(before.logLikelihood)
}

/** The directions that the likelihood leaves free: each component's severities, and the difficulties. */
function holdsOf({ steps, scores, components }: Frame): Float64Array[] {
  const size = scores.raterCount + steps.size
  const holds = Array.from({ length: components.count }, (_, component) => {
    const v = new Float64Array(size)
    for (let rater = 0; rater < scores.raterCount; rater++) if (components.ofRater[rater] === component) v[rater] = 1
    return v
  })
  const difficulties = new Float64Array(size)
  for (const combination of steps.difficulty)
    combination.forEach((value, column) => {
      const place = scores.raterCount + column
      difficulties[place] = (difficulties[place] as number) + value
    })
  return [...holds, difficulties]
}

function directionOf(
  frame: Frame,
  sums: JointSums,
  at: JointParameters,
  holds: readonly Float64Array[],
): JointParameters | null {
  const { steps, scores } = frame
  const size = scores.raterCount + steps.size
  const matrix = reducedMatrix(sums.information, scores.raterCount, steps, 0)
  let scale = 1
  for (let i = 0; i < size; i++) {
    if (matrix[i * size + i] === 0) matrix[i * size + i] = 1 // a rater who does not take part
    scale = Math.max(scale, matrix[i * size + i] as number)
  }
  for (const v of holds) hold(matrix, v, scale)
  if (!factor(matrix, size)) return null
  const direction = reducedGradient(sums.gradient, scores.raterCount, steps, 0)
  solve(matrix, size, direction)
  const severity = direction.slice(0, scores.raterCount)
  const change = direction.slice(scores.raterCount)
  return { severity, steps: change, theta: jointStep(frame, at, severity, levelOffsets(steps, change)) }
}

function moved(from: JointParameters, direction: JointParameters, length: number): JointParameters {
  const move = (a: Float64Array, b: Float64Array) => a.map((value, i) => value + length * (b[i] as number))
  return {
    theta: move(from.theta, direction.theta),
    severity: move(from.severity, direction.severity),
    steps: move(from.steps, direction.steps),
  }
}

function largestOf({ theta, severity, steps }: JointParameters): number {
  let largest = 0
  for (const values of [theta, severity, steps])
    for (const value of values) largest = Math.max(largest, Number.isFinite(value) ? Math.abs(value) : Number.MAX_VALUE)
  return largest
}

/** Log odds of each item's share of the points it could get. */
function startingItems({ scores, entries: { order, starts }, width }: Frame): Float64Array {
  return Float64Array.from({ length: scores.itemCount }, (_, item) => {
    const [from, to] = [starts[item] as number, starts[item + 1] as number]
    if (from === to) return 0
    let total = 0
    for (let position = from; position < to; position++) total += scores.level[order[position] as number] as number
    const most = (to - from) * (width - 1)
    return Math.log((total + 0.5) / (most - total + 0.5))
  })
}
