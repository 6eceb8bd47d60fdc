import type { Estimated } from '../../estimate.ts'
import { informationVariance, robustVariance, severityCombination, stepCombination } from '../errors.ts'
import type { Frame } from '../frame.ts'
import { averageSeverity } from '../readings.ts'
import type { Solution } from '../solution.ts'
import { combined, thresholdCombination } from '../steps.ts'
import { fitMarginal } from './marginal.ts'
import { marginalReadings } from './readings.ts'

/** The marginal fit for reporting, with full-information and robust standard errors. */
export function marginalSolution(frame: Frame): Estimated<Solution> {
  const fit = fitMarginal(frame)
  if (!fit.estimable) return fit
  const { gradientSpread, ...readings } = marginalReadings(frame, fit)
  const variance = informationVariance(fit)
  const robust = robustVariance(frame, fit, gradientSpread)
  const average = averageSeverity(frame, fit.severity)
  const { steps, components } = frame
  return {
    estimable: true,
    logLikelihood: fit.logLikelihood,
    itemSd: fit.sd,
    remarks: fit.flat ? ['the scores do not show that items differ: fair scores are all alike'] : [],
    readings,
    severity: (rater) => {
      const combination = severityCombination(frame, rater)
      return {
        logit: (fit.severity[rater] as number) - (average[components.ofRater[rater] as number] as number),
        se: Math.sqrt(variance(combination)),
        robustSe: Math.sqrt(robust(combination)),
      }
    },
    difficulty: (d) => {
      const combination = steps.difficulty[d] as Float64Array
      return {
        logit: combined(combination, fit.steps),
        se: Math.sqrt(variance(stepCombination(frame, combination, 1))),
      }
    },
    threshold: (d, k) => {
      const combination = thresholdCombination(steps, d, k) ?? new Float64Array(steps.size)
      return {
        logit: combined(combination, fit.steps),
        se: Math.sqrt(variance(stepCombination(frame, combination, 0))),
      }
    },
  }
}
