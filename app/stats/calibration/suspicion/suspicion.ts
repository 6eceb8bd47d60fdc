import type { Estimated } from '../../estimate.ts'
import { seededRandom } from '../../random.ts'
import type { Scores } from '../scores.ts'
import { type CarelessRater, carelessRaters } from './careless.ts'
import { judgedPairs, type PairOfRaters, surprisesOf } from './copying.ts'
import { encountersOf } from './encounters.ts'
import { ExpectedScores } from './expected-scores.ts'
import { type Indices, indicesOf } from './indices.ts'
import { type HonestDeviations, nullModel, USUAL_DEVIATIONS } from './null-model.ts'
import { oneEndedRaters } from './one-end.ts'

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
  /** Raters who take no part in the fit, and so in no pair. */
  readonly apart: readonly number[]
}

const DRAWS = 200

/**
 * Careless raters and copying pairs, each at a family-wise rate of 5 % whose limits come from a parametric bootstrap of honest
 * raters with halo. They are grounds to look, not verdicts.
 */
export function suspicionOf(scores: Scores, options: SuspicionOptions = {}): Estimated<Suspicion> {
  const { draws = DRAWS, seed = 1, ...others } = options
  const deviations = { ...USUAL_DEVIATIONS, ...others }
  const model = nullModel(scores, deviations)
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
  const raters = carelessRaters(indicesOf(frame, expectations), indices, frame.perRater)
  const judged = raters.filter(({ estimable }) => estimable).length
  for (const one of judged === 0 ? [] : oneEndedRaters(scores, model, deviations, judged, draws))
    raters[one.rater] = one
  const careless = new Set(raters.flatMap((one) => (one.estimable && one.isCareless ? [one.rater] : [])))
  return {
    estimable: true,
    raters,
    pairs: judgedPairs(encounters, surprisesOf(frame.scores, encounters, theta, careless), most),
    draws,
    apart: [...frame.perRater.keys()].filter((rater) => frame.perRater[rater] === 0),
  }
}
