import { type Estimated, notEstimable } from '../../estimate.ts'
import { factor, inverse, solve } from '../cholesky.ts'
import type { Frame } from '../frame.ts'
import { hold, reducedGradient, reducedMatrix } from '../reduced.ts'
import { startingSteps } from '../steps.ts'
import { completeInformation } from './information.ts'
import { subtractMissing } from './missing.ts'
import { type Patterns, patternsOf } from './patterns.ts'
import { type MarginalParameters, type MarginalSums, marginalSums, observedOf } from './sums.ts'

const MOST_STEPS = 100
const SETTLED = 1e-8
/** Steps so small that the last metric serves once more: each then leaves about this share of the distance. */
const REUSED_BELOW = 0.02
const HALVINGS = 30
/** Share of a parameter's information that others must leave it: below, the scores do not determine it. */
const DETERMINED = 1e-8
/** A standard deviation of items below this, over the steps of the scale, is none: the scores do not show that items differ. */
const SMALLEST_SD = 0.06
/** Logits no finite estimate reaches. */
const RUNAWAY = 40

/** Scores looked at with given parameters. */
export interface MarginalPoint extends MarginalParameters {
  readonly patterns: Patterns
  readonly sums: MarginalSums
}

/** Marginal maximum likelihood: items are N(0, sd), raters and steps fixed. */
export interface MarginalFit extends MarginalPoint {
  readonly estimable: true
  readonly logLikelihood: number
  /** Covariance of raters, steps and log sd from the full observed information, up to the direction held still. */
  readonly covariance: Float64Array
  /** Items do not differ measurably: sd is at its smallest. */
  readonly flat: boolean
}

/**
 * Marginal maximum likelihood of the many-facet Rasch model by Newton steps on severities, steps and log sd with Louis'
 * information; where that is not positive definite, with the complete data's (EM gradient, Lange 1995). Steps are at most 1
 * and halved until the likelihood rises. Severities of all raters sum to 0, difficulties are free.
 */
export function fitMarginal(frame: Frame): Estimated<MarginalFit> {
  const { scores, steps } = frame
  const patterns = patternsOf(frame)
  const observed = observedOf(frame, patterns)
  let at: MarginalParameters = {
    severity: new Float64Array(scores.raterCount),
    steps: startingSteps(steps, frame.perLevel),
    sd: 1,
  }
  let sums = marginalSums(frame, observed, at)
  let metric: Metric | null = null
  let largest = Number.POSITIVE_INFINITY
  for (let round = 0; round < MOST_STEPS; round++) {
    const gradient = reducedGradient(sums.gradient, scores.raterCount, steps, 1)
    const stuck = at.sd <= smallestSd(frame) && (gradient.at(-1) as number) <= 0
    if (stuck) gradient[gradient.length - 1] = 0
    if (metric === null || metric.stuck !== stuck || largest > REUSED_BELOW)
      metric = metricAt(frame, patterns, sums, at, stuck)
    if (metric === null) return notEstimable(UNSETTLED)
    solve(metric.factor, gradient.length, gradient)
    const direction = gradient
    largest = direction.reduce((most, value) => Math.max(most, Number.isFinite(value) ? Math.abs(value) : 1e9), 0)
    let length = Math.min(1, 1 / largest)
    let next = moved(frame, at, direction, length)
    let nextSums = marginalSums(frame, observed, next)
    for (let half = 0; half < HALVINGS && !rises(nextSums, sums); half++) {
      length /= 2
      next = moved(frame, at, direction, length)
      nextSums = marginalSums(frame, observed, next)
    }
    at = next
    sums = nextSums
    if (isRunningAway(at)) break
    if (largest < SETTLED) return finished(frame, patterns, sums, at)
  }
  return notEstimable(UNSETTLED)
}

const UNSETTLED =
  'the fit does not settle: the scores are so few, or so orderly, that some severity or the spread of the items has no finite value. Collect more items that several raters share'

function isRunningAway({ severity, sd }: MarginalParameters): boolean {
  return sd > RUNAWAY || severity.some((lambda) => Math.abs(lambda) > RUNAWAY)
}

function rises(next: MarginalSums, before: MarginalSums): boolean {
  return next.logLikelihood >= before.logLikelihood - 1e-12 * Math.abs(before.logLikelihood)
}

/** A factored matrix that turns gradients into steps; `stuck` where sd stays at its smallest. */
interface Metric {
  readonly factor: Float64Array
  readonly stuck: boolean
}

function metricAt(
  frame: Frame,
  patterns: Patterns,
  sums: MarginalSums,
  { sd }: MarginalParameters,
  stuck: boolean,
): Metric | null {
  const complete = completeInformation(frame, sums, sd)
  const observed = complete.slice()
  subtractMissing(observed, frame, patterns, sums, sd)
  for (const information of [observed, complete]) {
    const matrix = heldInformation(frame, information, stuck)
    if (factor(matrix, Math.sqrt(matrix.length))) return { factor: matrix, stuck }
  }
  return null
}

/** Information of the free parameters with the sum of severities held, ready to be factored. */
function heldInformation({ scores, steps }: Frame, information: Float64Array, stuck: boolean): Float64Array {
  const size = scores.raterCount + steps.size + 1
  const matrix = reducedMatrix(information, scores.raterCount, steps, 1)
  const all = new Float64Array(size)
  let total = 0
  for (let i = 0; i < scores.raterCount; i++) {
    const cell = i * size + i
    if (matrix[cell] === 0)
      matrix[cell] = 1 // a rater who does not take part
    else {
      all[i] = 1
      total += matrix[cell] as number
    }
  }
  if (stuck) {
    for (let i = 0; i < size; i++) {
      matrix[i * size + size - 1] = 0
      matrix[(size - 1) * size + i] = 0
    }
    matrix[size * size - 1] = 1
  }
  const raters = all.reduce((sum, one) => sum + one, 0)
  hold(matrix, all, total / raters ** 2)
  return matrix
}

function smallestSd({ width }: Frame): number {
  return SMALLEST_SD / (width - 1)
}

function moved(frame: Frame, from: MarginalParameters, direction: Float64Array, length: number): MarginalParameters {
  const { scores, steps } = frame
  const raters = scores.raterCount
  return {
    severity: from.severity.map((value, i) => value + length * (direction[i] as number)),
    steps: from.steps.map((value, i) => value + length * (direction[raters + i] as number)),
    sd: Math.max(smallestSd(frame), from.sd * Math.exp(length * (direction[raters + steps.size] as number))),
  }
}

function finished(
  frame: Frame,
  patterns: Patterns,
  sums: MarginalSums,
  at: MarginalParameters,
): Estimated<MarginalFit> {
  const information = completeInformation(frame, sums, at.sd)
  subtractMissing(information, frame, patterns, sums, at.sd)
  const flat = at.sd <= smallestSd(frame)
  const matrix = heldInformation(frame, information, flat)
  const size = frame.scores.raterCount + frame.steps.size + 1
  if (!factor(matrix, size, DETERMINED)) return notEstimable(UNSETTLED)
  const { logLikelihood } = sums
  return { estimable: true, ...at, logLikelihood, patterns, sums, covariance: inverse(matrix, size), flat }
}
