import type { Estimated } from '../../estimate.ts'
import { seededRandom } from '../../random.ts'
import type { Scores } from '../scores.ts'
import { type CarelessRater, carelessRaters } from './careless.ts'
import { judgedPairs, type PairOfRaters, surprisesOf } from './copying.ts'
import { encountersOf } from './encounters.ts'
import { ExpectedScores } from './expected-scores.ts'
import { type Indices, indicesOf } from './indices.ts'
import { type HonestDeviations, nullModel, USUAL_DEVIATIONS } from './null-model.ts'

export interface SuspicionOptions extends Partial<HonestDeviations> {
  /** Simulated pools that set the limits. */
  readonly draws?: number
  readonly seed?: number
}

export interface Suspicion {
  readonly estimable: true
  readonly raters: readonly Estimated<CarelessRater>[]
  readonly pairs: readonly PairOfRaters[]
  readonly draws: number
}

const DRAWS = 200

/**
 * Careless raters and copying pairs, each at a family-wise rate of 5 % whose limits come from a parametric bootstrap of honest
 * raters with halo. They are grounds to look, not verdicts.
 */
export function suspicionOf(scores: Scores, options: SuspicionOptions = {}): Estimated<Suspicion> {
  const { draws = DRAWS, seed = 1, ...deviations } = options
  const model = nullModel(scores, { ...USUAL_DEVIATIONS, ...deviations })
  if (!model.estimable) return model
  const { frame, fit } = model
  const encounters = encountersOf(frame, fit)
  const { theta } = fit.sums.nodes
  const expectations = new ExpectedScores(frame, fit)
  const random = seededRandom(seed)
  const indices: Indices[] = []
  const most: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    const honest = model.draw(random)
    indices.push(indicesOf(honest, expectations))
    most.push(surprisesOf(honest.scores, encounters, theta).most)
  }
  return {
    estimable: true,
    raters: carelessRaters(indicesOf(frame, expectations), indices, frame.perRater),
    pairs: judgedPairs(encounters, surprisesOf(frame.scores, encounters, theta), most),
    draws,
  }
}
