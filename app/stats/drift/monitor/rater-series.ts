import { normalQuantile } from '../../inference/normal.ts'
import type { AnchorRatings } from '../anchors/anchor-ratings.ts'
import { biweightLocation } from '../decomposition/biweight.ts'
import { dispersionOf } from './dispersion.ts'
import type { AnchorModel } from './expectation.ts'
import { type ResidualSeries, residualSeries } from './residual-series.ts'

/** One rater's residuals on the anchors over time, less what the panel did in the same period. */
export interface RaterSeries {
  readonly rater: number
  readonly series: ResidualSeries
}

/** A period with fewer anchor ratings of a rater says nothing of that rater. */
const FEWEST_RATINGS = 3
/** With fewer raters in a period it cannot be said what the panel did. */
const FEWEST_RATERS = 3

/**
 * Series for every rater with enough anchor ratings: mean residual against the baseline's expectation of this rater, less the
 * biweight location of all raters' residuals in the period, so that a rater stands out only where the panel did not move too.
 */
export function raterSeries(anchors: AnchorRatings, model: AnchorModel): RaterSeries[] {
  const dispersion = dispersionOf(anchors, model)
  const found = ratersIn(anchors).flatMap((rater) => {
    const series = longEnough(residualSeries(only(anchors, rater), model, dispersion))
    return series.periods.length === 0 ? [] : [{ rater, series }]
  })
  const panel = new Map<number, number>()
  for (const period of new Set(found.flatMap(({ series }) => series.periods)))
    panel.set(period, panelMean(found, period))
  return found.map(({ rater, series }) => ({
    rater,
    series: {
      ...series,
      means: series.means.map((mean, index) => mean - (panel.get(series.periods[index] as number) as number)),
    },
  }))
}

/**
 * Limit of the windowed ratio for many charts at once, without simulation: each of the `window` standardised distances of each
 * chart may pass it with an equal share of the rate (Bonferroni; a little wide).
 *
 * @param rate false alarms a period over all charts
 */
export function boundedLimit(rate: number, window: number, charts: number): number {
  return normalQuantile(1 - rate / (2 * window * charts))
}

function ratersIn({ rater, period }: AnchorRatings): number[] {
  return [...new Set(rater.filter((_, entry) => period[entry] !== 0))].sort((a, b) => a - b)
}

function only(anchors: AnchorRatings, rater: number): AnchorRatings {
  const kept = Array.from(anchors.rater.keys()).filter((entry) => anchors.rater[entry] === rater)
  const column = (values: ArrayLike<number>) => Uint32Array.from(kept, (entry) => values[entry] as number)
  return {
    ...anchors,
    item: column(anchors.item),
    rater: column(anchors.rater),
    period: column(anchors.period),
    score: Float64Array.from(kept, (entry) => anchors.score[entry] as number),
  }
}

function longEnough(series: ResidualSeries): ResidualSeries {
  const kept = Array.from(series.periods.keys()).filter((index) => (series.ratings[index] as number) >= FEWEST_RATINGS)
  return {
    periods: kept.map((index) => series.periods[index] as number),
    ratings: kept.map((index) => series.ratings[index] as number),
    means: Float64Array.from(kept, (index) => series.means[index] as number),
    errorVariance: Float64Array.from(kept, (index) => series.errorVariance[index] as number),
    baselineVariance: series.baselineVariance,
  }
}

function panelMean(raters: readonly RaterSeries[], period: number): number {
  const present = raters.flatMap(({ series }) => {
    const index = series.periods.indexOf(period)
    return index < 0 ? [] : [{ mean: series.means[index] as number, variance: series.errorVariance[index] as number }]
  })
  if (present.length < FEWEST_RATERS) return 0
  const scale = Math.sqrt(present.reduce((sum, { variance }) => sum + variance, 0) / present.length)
  return biweightLocation(
    present.map(({ mean }) => mean),
    present.map(({ variance }) => 1 / variance),
    scale,
  )
}
