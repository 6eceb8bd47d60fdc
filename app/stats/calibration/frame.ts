import { type Components, componentsOf } from './components.ts'
import { type ByItem, byItem, type Scores, widthOf } from './scores.ts'
import { type Steps, stepsOf } from './steps.ts'
import { type Method, type Model, type TakingPart, takingPart } from './taking-part.ts'

/** What a fit works on: the scores that take part, grouped by item, with the model's parameters laid out. */
export interface Frame {
  readonly scores: Scores
  readonly taking: TakingPart
  readonly components: Components
  readonly steps: Steps
  readonly entries: ByItem
  /** Scores that take part per rater, and per dimension and level (D x width). */
  readonly perRater: Float64Array
  readonly perLevel: Float64Array
  readonly width: number
}

export function frameOf(scores: Scores, model: Model, method: Method): Frame {
  const taking = takingPart(scores, model, method)
  const width = widthOf(scores)
  const perRater = new Float64Array(scores.raterCount)
  const perLevel = new Float64Array(scores.levels.length * width)
  for (let entry = 0; entry < scores.item.length; entry++) {
    if (taking.takes[entry] !== 1) continue
    const rater = scores.rater[entry] as number
    const row = (scores.dimension[entry] as number) * width + (scores.level[entry] as number)
    perRater[rater] = (perRater[rater] as number) + 1
    perLevel[row] = (perLevel[row] as number) + 1
  }
  return {
    scores,
    taking,
    components: componentsOf(scores, taking.takes),
    steps: stepsOf(model, scores.levels.length, width, taking.used, taking.dimensionOut),
    entries: byItem(scores, taking.takes),
    perRater,
    perLevel,
    width,
  }
}
