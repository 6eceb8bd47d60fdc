import type { Estimated, NotEstimable } from '../estimate.ts'
import type { Components, Link } from './components.ts'
import type { FitStatistics } from './fit-statistics.ts'
import type { Interaction } from './interactions.ts'
import type { Separation } from './separation.ts'
import type { Method, Model } from './taking-part.ts'

/** What a many-facet fit says of raters, items and dimensions; each quantity that does not exist says why. */
export interface Calibration {
  readonly model: Model
  readonly method: Method
  /** The fit as a whole, or why there is none; severities and fair scores then say the same. */
  readonly overall: Estimated<Overall>
  readonly components: Components
  /** Ratings that would join the components. */
  readonly links: readonly Link[]
  readonly raters: readonly RaterCalibration[]
  readonly items: readonly ItemCalibration[]
  readonly dimensions: readonly DimensionCalibration[]
  readonly separation: Estimated<Separation>
  readonly interactions: readonly Interaction[]
}

export interface Overall {
  readonly estimable: true
  readonly logLikelihood: number
  /** Standard deviation of items in logits; none in the joint method. */
  readonly itemSd: number | null
  /** Scores that take part. */
  readonly scores: number
  /** Things to know before the numbers are read. */
  readonly remarks: readonly string[]
}

export interface Severity {
  readonly estimable: true
  /** Positive is severe; the raters of a component average 0. */
  readonly logit: number
  readonly se: number
  /** Standard error that stays right when scores of an item depend on each other (halo); marginal method only. */
  readonly robustSe: number | null
  /** Drawn towards 0 by as much as error calls for: the best guess of the rater's true severity. */
  readonly shrunk: { readonly logit: number; readonly se: number }
  /** Expected score of this rater less that of the average rater over the same items: below 0 is severe. */
  readonly points: number
  readonly pointsSe: number
}

export interface RaterCalibration {
  readonly rater: number
  /** Scores that take part, and all. */
  readonly scores: number
  readonly allScores: number
  readonly component: number
  readonly severity: Estimated<Severity>
  readonly fit: Estimated<FitStatistics>
}

export interface Fair {
  readonly estimable: true
  /** Expected score from the average rater, averaged over dimensions, in the rubric's levels. */
  readonly score: number
  readonly se: number
  /** Place of the item in logits. */
  readonly measure: number
  readonly measureSe: number
}

export interface ItemCalibration {
  readonly item: number
  readonly scores: number
  /** Mean of all its scores; NaN never: none has null. */
  readonly rawMean: number | null
  readonly component: number
  readonly fair: Estimated<Fair>
  readonly fit: Estimated<FitStatistics>
}

export interface Threshold {
  readonly estimable: true
  readonly logit: number
  readonly se: number | null
}

export interface DimensionCalibration {
  readonly dimension: number
  readonly scores: number
  /** Difficulty in logits: positive where levels are harder to reach. */
  readonly difficulty: Estimated<{ readonly estimable: true; readonly logit: number; readonly se: number }>
  /** Thresholds into each level but the lowest, about the difficulty. */
  readonly thresholds: readonly (Threshold | NotEstimable)[]
  readonly fit: Estimated<FitStatistics>
}
