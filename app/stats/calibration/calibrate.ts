import { type Estimated, notEstimable } from '../estimate.ts'
import type { Calibration, Overall } from './calibration.ts'
import { type Components, linksToJoin } from './components.ts'
import { type Frame, frameOf } from './frame.ts'
import { interactionsOf } from './interactions.ts'
import { jointSolution } from './joint/solution.ts'
import { marginalSolution } from './marginal/solution.ts'
import { whyNoFit } from './refusal.ts'
import { dimensionsOf } from './reports/dimensions.ts'
import { itemsOf } from './reports/items.ts'
import { ratersOf } from './reports/raters.ts'
import type { Scores } from './scores.ts'
import { separationOf } from './separation.ts'
import type { Solution } from './solution.ts'
import type { Method, Model } from './taking-part.ts'

export interface CalibrationOptions {
  readonly model?: Model
  readonly method?: Method
}

/**
 * Calibrates raters by the many-facet Rasch model (Linacre 1989): log P(k)/P(k-1) = theta_item - delta_dimension -
 * lambda_rater - tau. Partial credit by marginal maximum likelihood by default. Needs no complete design; compares raters
 * within connected components only.
 *
 * @param scores effective scores of one rubric version
 */
export function calibrate(
  scores: Scores,
  { model = 'partial-credit', method = 'mml' }: CalibrationOptions = {},
): Calibration {
  const frame = frameOf(scores, model, method)
  const refusal = whyNoFit(frame, model)
  const solution = refusal ?? (method === 'mml' ? marginalSolution(frame) : jointSolution(frame))
  const raters = ratersOf(frame, solution)
  const severities = raters.flatMap(({ severity }) => (severity.estimable ? [severity] : []))
  return {
    model,
    method,
    overall: overallOf(frame, solution),
    components: frame.components,
    links: linksToJoin(scores, frame.components),
    raters,
    items: itemsOf(frame, solution),
    dimensions: dimensionsOf(frame, solution),
    separation: frame.components.count > 1 ? notEstimable(unconnected(frame.components)) : separationOf(severities),
    interactions: solution.estimable
      ? interactionsOf(solution.readings.cellFit, scores.raterCount, scores.levels.length)
      : [],
  }
}

function unconnected({ count }: Components): string {
  return `raters fall into ${count} groups that share no item, so their severities cannot be compared`
}

function overallOf(frame: Frame, solution: Estimated<Solution>): Estimated<Overall> {
  if (!solution.estimable) return solution
  const { count } = frame.components
  const left = frame.scores.item.length - frame.entries.order.length
  return {
    estimable: true,
    logLikelihood: solution.logLikelihood,
    itemSd: solution.itemSd,
    scores: frame.entries.order.length,
    remarks: [
      ...(count > 1 ? [`${unconnected(frame.components)}; each group is measured from its own average rater`] : []),
      ...(left > 0 ? [`${left} scores take no part, because their rater, item or dimension has no finite value`] : []),
      ...solution.remarks,
    ],
  }
}
