import type { Estimated } from '../../estimate.ts'
import type { Frame } from '../frame.ts'
import type { Solution } from '../solution.ts'
import { combined, thresholdCombination } from '../steps.ts'
import { fitJoint } from './joint.ts'
import { jointReadings } from './readings.ts'

/** The joint fit for reporting; standard errors are 1/sqrt(sum of V), as usual programs print them. */
export function jointSolution(frame: Frame): Estimated<Solution> {
  const fit = fitJoint(frame)
  if (!fit.estimable) return fit
  const readings = jointReadings(frame, fit)
  const { steps } = frame
  return {
    estimable: true,
    logLikelihood: fit.logLikelihood,
    itemSd: null,
    remarks: [],
    readings,
    severity: (rater) => ({
      logit: fit.severity[rater] as number,
      se: 1 / Math.sqrt(readings.raterFit.variance[rater] as number),
      robustSe: null,
    }),
    difficulty: (d) => ({
      logit: combined(steps.difficulty[d] as Float64Array, fit.steps),
      se: 1 / Math.sqrt(readings.dimensionFit.variance[d] as number),
    }),
    threshold: (d, k) => ({
      logit: combined(thresholdCombination(steps, d, k) ?? new Float64Array(steps.size), fit.steps),
      se: null,
    }),
  }
}
