import { type Estimated, type NotEstimable, notEstimable } from '../../estimate.ts'
import type { RaterCalibration, Severity } from '../calibration.ts'
import { fitStatistics } from '../fit-statistics.ts'
import type { Frame } from '../frame.ts'
import type { Solution } from '../solution.ts'

/** Least variance of true severities assumed when estimates are drawn towards 0. */
const LEAST_VARIANCE = 0.01

type RaterSolution = ReturnType<Solution['severity']>

/** Severity and fit of every rater, each with why there is none. */
export function ratersOf(frame: Frame, solution: Estimated<Solution>): RaterCalibration[] {
  const all = new Uint32Array(frame.scores.raterCount)
  for (const rater of frame.scores.rater) all[rater] = (all[rater] as number) + 1
  return severitiesOf(frame, solution).map((severity, rater) => ({
    rater,
    scores: frame.perRater[rater] as number,
    allScores: all[rater] as number,
    component: frame.components.ofRater[rater] as number,
    severity,
    fit: solution.estimable ? fitStatistics(solution.readings.raterFit, rater) : solution,
  }))
}

function severitiesOf(frame: Frame, solution: Estimated<Solution>): Estimated<Severity>[] {
  const refusals = refusalsOf(frame)
  if (!solution.estimable) return refusals.map((refusal) => refusal ?? solution)
  const found = refusals.map((refusal, rater) => refusal ?? { estimable: true as const, ...solution.severity(rater) })
  const variance = trueVariance(found.filter((one) => one.estimable))
  return found.map((one, rater) => (one.estimable ? severityOf(solution, rater, one, variance) : one))
}

/** Why a rater's severity cannot be found whatever the fit. */
function refusalsOf({ components, taking }: Frame): (NotEstimable | null)[] {
  const size = new Uint32Array(components.count)
  for (const component of components.ofRater) if (component >= 0) size[component] = (size[component] as number) + 1
  return taking.raterOut.map((out, rater) => {
    if (out !== null) return notEstimable(out)
    if (size[components.ofRater[rater] as number] === 1)
      return notEstimable('shares no item with another rater, so there is nobody to compare with')
    return null
  })
}

/** Variance of severities less what their errors add. */
function trueVariance(found: readonly RaterSolution[]): number {
  const mean = found.reduce((sum, { logit }) => sum + logit, 0) / found.length
  const squares = found.reduce((sum, { logit }) => sum + (logit - mean) ** 2, 0)
  const error = found.reduce((sum, { se }) => sum + se ** 2, 0) / found.length
  return Math.max(squares / Math.max(1, found.length - 1) - error, LEAST_VARIANCE)
}

function severityOf(
  { readings }: Solution,
  rater: number,
  { logit, se, robustSe }: RaterSolution,
  variance: number,
): Severity {
  const scores = readings.pointsScores[rater] as number
  const kept = variance / (variance + se ** 2)
  return {
    estimable: true,
    logit,
    se,
    robustSe,
    shrunk: { logit: kept * logit, se: Math.sqrt(kept) * se },
    points: (readings.points[rater] as number) / scores,
    pointsSe: ((readings.pointsSlope[rater] as number) / scores) * se,
  }
}
