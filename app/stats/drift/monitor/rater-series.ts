import { meanOf } from '../../inference/moments.ts'
import { normalQuantile } from '../../inference/normal.ts'
import type { AnchorRatings } from '../anchors/anchor-ratings.ts'
import { dispersionOf } from './dispersion.ts'
import type { AnchorModel } from './expectation.ts'
import { type Others, otherRaters } from './other-raters.ts'
import { type ResidualSeries, residualSeries } from './residual-series.ts'

/** One rater's residuals on the anchors over time, less what the others did in the same period. */
export interface RaterSeries {
  readonly rater: number
  readonly series: ResidualSeries
}

/** A period with fewer anchor ratings of a rater says nothing of that rater. */
const FEWEST_RATINGS = 3

/**
 * Series for every rater with enough anchor ratings: mean residual against the baseline's expectation of this rater, less what the
 * other raters did in the period, so that a rater stands out only where the panel did not move too.
 */
export function raterSeries(anchors: AnchorRatings, model: AnchorModel): RaterSeries[] {
  const dispersion = dispersionOf(anchors, model)
  const found = ratersIn(anchors).flatMap((rater) => {
    const series = longEnough(residualSeries(only(anchors, rater), model, dispersion))
    return series.periods.length === 0 ? [] : [{ rater, series }]
  })
  const others = otherRaters(found)
  return found.map(({ rater, series }) => ({ rater, series: beyond(series, (period) => others(rater, period)) }))
}

/** The errors of what the others did are the series' own too. */
function beyond(series: ResidualSeries, othersIn: (period: number) => Others): ResidualSeries {
  const others = series.periods.map(othersIn)
  const of = (index: number) => others[index] as Others
  return {
    ...series,
    means: series.means.map((mean, index) => mean - of(index).mean),
    errorVariance: series.errorVariance.map((variance, index) => variance + of(index).errorVariance),
    baselineVariance: series.baselineVariance + meanOf(others.map(({ baselineVariance }) => baselineVariance)),
  }
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
