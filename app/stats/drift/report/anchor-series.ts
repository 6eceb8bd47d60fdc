import { type Estimated, notEstimable } from '../../estimate.ts'
import type { AnchorRatings } from '../anchors/anchor-ratings.ts'
import { type PanelChange, panelChange } from '../anchors/panel-change.ts'
import { type RaterAlarm, type RaterChange, raterChanges } from '../anchors/rater-changes.ts'
import type { AnchorModel } from '../monitor/expectation.ts'
import { type RaterSeries, raterSeries } from '../monitor/rater-series.ts'
import { type ResidualSeries, residualSeries } from '../monitor/residual-series.ts'
import { type ChartOptions, type RaterChart, raterCharts } from './chart.ts'
import { at, type DriftRatings, entriesWhere, isAnchor, scoresAt } from './drift-ratings.ts'
import { type FrozenOf, plainlyFrozen } from './frozen.ts'
import { type Unwatched, watchable } from './unwatched.ts'

/** The anchors of one rubric version over time, each period against the baseline. */
export interface AnchorSeries {
  readonly estimable: true
  readonly version: number
  /** Numbers of the first and the last period of the baseline, which the others are compared with. */
  readonly baseline: number
  readonly baselineTo: number
  /** Raters whose own chart alarmed: what they changed is not the panel's, so the panel is read without them. */
  readonly without: readonly number[]
  readonly periods: readonly AnchorPeriod[]
  /** Severity-adjusted residuals of the panel for its chart; its periods are numbers of periods of the data. */
  readonly series: Estimated<ResidualSeries & { readonly estimable: true }>
  readonly raterCharts: readonly RaterChart[]
  /** Raters who have no chart because too few shared anchors link them to the panel. */
  readonly unwatched: readonly Unwatched[]
}

export interface AnchorPeriod {
  readonly period: number
  readonly ratings: number
  readonly panel: PanelChange
  readonly raters: readonly RaterChange[]
}

export interface AnchorOptions {
  readonly rater?: RaterAlarm
  /** `charts`: rater charts watched together, over all dimensions. */
  readonly chart?: ChartOptions
  readonly frozen?: FrozenOf
}

/**
 * Anchors rated under one version. The panel's change is read on scores less the raters' frozen readings, where the baseline can
 * tell them. Ratings are never pooled across versions: a version begins a series of its own.
 */
export function anchorSeries(
  ratings: DriftRatings,
  version: number,
  { rater, chart = {}, frozen = plainlyFrozen }: AnchorOptions = {},
): Estimated<AnchorSeries> {
  const entries = anchorEntries(ratings, version)
  const periods = [...new Set(at(ratings.period, entries))].sort((a, b) => a - b)
  const [baseline] = periods
  if (baseline === undefined) return notEstimable('no anchors were rated under this version')
  if (periods.length === 1) return notEstimable('anchors were rated in one period only, so there is nothing to compare')
  const baselineTo = baselineEnd(ratings, entries, periods)
  const anchors = anchorsOf(ratings, entries, baselineTo)
  const readings = frozen(ratings, version, baseline, baselineTo)
  const model = readings.estimable ? readings.modelOf(anchors) : null
  const { watched, unwatched } =
    model === null
      ? { watched: [], unwatched: [] }
      : watchable(raterSeries(anchors, model), model, levelStep(ratings.levels))
  const charts = chartsOf(watched, baselineTo, chart)
  const without = charts.filter(({ ratio }) => ratio.alarms.length > 0).map((one) => one.rater)
  const panel = withoutRaters(anchors, without)
  return {
    estimable: true,
    version,
    baseline,
    baselineTo,
    without,
    periods: periods
      .filter((period) => period > baselineTo)
      .map((period) => ({
        period,
        ratings: anchors.period.reduce((sum, p) => sum + (p === period - baselineTo ? 1 : 0), 0),
        panel: panelChange(panel, period - baselineTo, ratings.levels, readings.estimable ? readings.reading : null),
        raters: raterChanges(anchors, period - baselineTo, rater),
      })),
    series: seriesOf(panel, model, baselineTo, readings.estimable ? '' : readings.reason),
    raterCharts: charts,
    unwatched,
  }
}

/** How many raters have anchors to be watched on, under any version. */
export function anchorRaters(ratings: DriftRatings): number {
  const entries = entriesWhere(ratings, (entry) => isAnchor(ratings, entry))
  return new Set(at(ratings.rater, entries)).size
}

function anchorEntries(ratings: DriftRatings, version: number): Uint32Array {
  return entriesWhere(ratings, (entry) => isAnchor(ratings, entry) && ratings.version[entry] === version)
}

/**
 * The baseline runs on while most of the anchors that a period rates are rated for the first time: a first round over a month's
 * end is one baseline. At least one period is left to be compared with it.
 */
function baselineEnd(ratings: DriftRatings, entries: Uint32Array, periods: readonly number[]): number {
  const known = new Set<number>()
  let end = periods[0] as number
  for (const period of periods.slice(0, -1)) {
    const here = new Set(
      Array.from(entries)
        .filter((entry) => ratings.period[entry] === period)
        .map((entry) => ratings.item[entry] as number),
    )
    const again = [...here].filter((item) => known.has(item)).length
    if (2 * again >= here.size && known.size > 0) break
    for (const item of here) known.add(item)
    end = period
  }
  return end
}

/** Periods counted from the last one of the baseline, which is 0 as a whole. */
function anchorsOf(ratings: DriftRatings, entries: Uint32Array, baselineTo: number): AnchorRatings {
  return {
    itemCount: ratings.itemCount,
    raterCount: ratings.raterCount,
    periodCount: ratings.periodCount - baselineTo,
    item: at(ratings.item, entries),
    rater: at(ratings.rater, entries),
    period: at(ratings.period, entries).map((period) => Math.max(0, period - baselineTo)),
    score: scoresAt(ratings, entries),
  }
}

/** Ratings of the baseline stay: what the anchors are compared with does not change. */
function withoutRaters(anchors: AnchorRatings, raters: readonly number[]): AnchorRatings {
  if (raters.length === 0) return anchors
  const kept = Array.from(anchors.rater.keys()).filter(
    (entry) => anchors.period[entry] === 0 || !raters.includes(anchors.rater[entry] as number),
  )
  const column = (values: ArrayLike<number>) => Uint32Array.from(kept, (entry) => values[entry] as number)
  return {
    ...anchors,
    item: column(anchors.item),
    rater: column(anchors.rater),
    period: column(anchors.period),
    score: Float64Array.from(kept, (entry) => anchors.score[entry] as number),
  }
}

/** Least distance between two levels. */
function levelStep(levels: readonly number[]): number {
  return Math.min(...levels.slice(1).map((level, index) => level - (levels[index] as number)))
}

function chartsOf(series: readonly RaterSeries[], baseline: number, options: ChartOptions): RaterChart[] {
  return raterCharts(
    series.map(({ rater, series: one }) => ({ rater, series: shifted(one, baseline) })),
    options,
  )
}

function seriesOf(
  anchors: AnchorRatings,
  model: AnchorModel | null,
  baseline: number,
  reason: string,
): AnchorSeries['series'] {
  if (model === null) return notEstimable(reason)
  const series = residualSeries(anchors, model)
  if (series.periods.length === 0) return notEstimable('every rater of the anchors changed alone, so there is no panel')
  return { estimable: true, ...shifted(series, baseline) }
}

function shifted(series: ResidualSeries, baseline: number): ResidualSeries {
  return { ...series, periods: series.periods.map((period) => period + baseline) }
}
