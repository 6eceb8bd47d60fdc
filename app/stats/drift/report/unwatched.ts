import type { AnchorModel } from '../monitor/expectation.ts'
import type { RaterSeries } from '../monitor/rater-series.ts'

/** A rater whom no chart can watch: too little links his or her baseline readings to the panel's. */
export interface Unwatched {
  readonly rater: number
  /** Standard error of the distance from the other raters in the best known period, points. */
  readonly error: number
  /** The rater whose reading is known best: anchors that both rate would link the two. */
  readonly shareWith: number
}

/** Charts to be drawn, and raters too weakly linked for one. */
export interface Watchable {
  readonly watched: readonly RaterSeries[]
  readonly unwatched: readonly Unwatched[]
}

/**
 * Parts raters who can be watched from those whose error is more than a level: of them a chart would only say what the chain of
 * raters between them and the panel has added up to.
 *
 * @param level distance between two levels of the scale, points
 */
export function watchable(all: readonly RaterSeries[], model: AnchorModel, level: number): Watchable {
  const errors = all.map(({ series }) => Math.sqrt(Math.min(...series.errorVariance) + series.baselineVariance))
  const known = all.map(({ rater }) => rater).sort((a, b) => model.severityError(a) - model.severityError(b))
  const unwatched = all.flatMap(({ rater }, index): Unwatched[] => {
    const error = errors[index] as number
    const shareWith = known.find((other) => other !== rater)
    return error > level && shareWith !== undefined ? [{ rater, error, shareWith }] : []
  })
  const out = new Set(unwatched.map(({ rater }) => rater))
  return { watched: all.filter(({ rater }) => !out.has(rater)), unwatched }
}
