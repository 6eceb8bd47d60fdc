import type { Estimated } from '../../estimate.ts'
import { informationVariance, robustVariance, severityCombination, stepCombination } from '../errors.ts'
import type { Frame } from '../frame.ts'
import { averageSeverity } from '../readings.ts'
import type { Solution } from '../solution.ts'
import { combined, thresholdCombination } from '../steps.ts'
import { GradientSpread } from './gradient-spread.ts'
import { fitMarginal } from './marginal.ts'
import { marginalReadings } from './readings.ts'

/** A robust variance below this share of the information's is none. */
const LEAST_SHARE = 1e-9

/** A variance that is 0 can come out below it by rounding. */
const rootOf = (variance: number): number => Math.sqrt(Math.max(0, variance))

/** The marginal fit for reporting, with full-information and robust standard errors. */
export function marginalSolution(frame: Frame): Estimated<Solution> {
  const fit = fitMarginal(frame)
  if (!fit.estimable) return fit
  const { steps, components, scores, width } = frame
  const spread = new GradientSpread(scores.raterCount + steps.dimensions * width + 1)
  const readings = marginalReadings(frame, fit, spread)
  const variance = informationVariance(fit)
  const robust = robustVariance(frame, fit, spread.matrix)
  const average = averageSeverity(frame, fit.severity)
  return {
    estimable: true,
    logLikelihood: fit.logLikelihood,
    itemSd: fit.sd,
    remarks: fit.flat ? ['the scores do not show that items differ: fair scores are all alike'] : [],
    readings,
    severity: (rater) => {
      const combination = severityCombination(frame, rater)
      const information = variance(combination)
      const sandwich = robust(combination)
      return {
        logit: (fit.severity[rater] as number) - (average[components.ofRater[rater] as number] as number),
        se: Math.sqrt(information),
        // too few items for a spread between them: what is left is rounding
        robustSe: sandwich > LEAST_SHARE * information ? Math.sqrt(sandwich) : null,
      }
    },
    difficulty: (d) => {
      const combination = steps.difficulty[d] as Float64Array
      return {
        logit: combined(combination, fit.steps),
        se: rootOf(variance(stepCombination(frame, combination, 1))),
      }
    },
    threshold: (d, k) => {
      const combination = thresholdCombination(steps, d, k) ?? new Float64Array(steps.size)
      return {
        logit: combined(combination, fit.steps),
        se: rootOf(variance(stepCombination(frame, combination, 0))),
      }
    },
  }
}
