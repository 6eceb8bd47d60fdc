/** Turns figures into what the page draws. */
import type { Forest } from '#app/charts/forest.server.ts'
import { rowPlotOf } from '#app/charts/row-plot.server.ts'
import type { ShownRater } from '#app/evaluation/agreement/names.ts'
import type { CalibrationFigures, RaterFigures } from '#app/evaluation/calibration/figures.ts'
import {
  bySeverity,
  contrastSpan,
  differs,
  type FitReading,
  fitReading,
  largestContrasts,
  MISFIT_FROM,
  OVERFIT_TO,
  type Span,
  spanOf,
  type Unit,
} from '#app/evaluation/calibration/reading.ts'
import { hundredths, whole } from '#app/evaluation/figure.ts'

export const RATERS_PER_PAGE = 25
/** Contrasts shown; the file has all of them. */
const CONTRASTS = 12

type Names = Record<string, ShownRater>
const named = (names: Names, id: string): string => names[id]?.name ?? ''

/** A figure with what stands beside it, or why there is none. */
export type Spelled = { figure: string; beside: string; why: string | null }

export type Lean = 'severe' | 'lenient' | 'average' | 'unknown'

export type SeverityRow = {
  id: string
  name: string
  scores: string
  /** The number of the group; null where all raters are in one. */
  group: number | null
  severity: Spelled
  error: string
  lean: Lean
  infit: string
  outfit: string
  fit: FitReading
  whyNoFit: string | null
}

/** Raters in the order of their severity; one of them where one is asked for. */
export function shownRaters(figures: CalibrationFigures, rater: string | null): RaterFigures[] {
  const sorted = bySeverity(figures.raterList)
  return rater === null ? sorted : sorted.filter(({ id }) => id === rater)
}

export function severityRows(
  raters: readonly RaterFigures[],
  { components }: CalibrationFigures,
  names: Names,
  unit: Unit,
): SeverityRow[] {
  return raters.map((rater) => {
    const { id, severity, fit, scores, component } = rater
    const span = severity.estimable ? spanOf(severity, unit) : null
    return {
      id,
      name: named(names, id),
      scores: whole(scores),
      group: components > 1 && component >= 0 ? component + 1 : null,
      severity: span
        ? { figure: hundredths(span.value), beside: range(span), why: null }
        : { figure: 'not estimable', beside: '', why: severity.estimable ? null : severity.reason },
      error: span ? hundredths((span.high - span.low) / (2 * 1.96)) : '',
      lean: leanOf(rater),
      infit: fit.estimable ? hundredths(fit.infit) : '–',
      outfit: fit.estimable ? hundredths(fit.outfit) : '–',
      fit: fitReading(rater),
      whyNoFit: fit.estimable ? null : fit.reason,
    }
  })
}

const range = ({ low, high }: Span): string => `${hundredths(low)} to ${hundredths(high)}`

function leanOf({ severity }: RaterFigures): Lean {
  if (!severity.estimable) return 'unknown'
  const span = spanOf(severity, 'points')
  return differs(span) ? (span.value < 0 ? 'severe' : 'lenient') : 'average'
}

/** Severity with its interval, a row a rater. Below 0 points is severe; in logits above 0 is. */
export function severityPlot(raters: readonly RaterFigures[], all: readonly RaterFigures[], unit: Unit): Forest {
  const spans = all.flatMap(({ severity }) => (severity.estimable ? [spanOf(severity, unit)] : []))
  const reach = Math.max(0.1, ...spans.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]))
  const [left, right] = unit === 'points' ? ['more severe', 'more lenient'] : ['more lenient', 'more severe']
  return rowPlotOf(
    raters.map(({ id, severity }) => {
      const span = severity.estimable ? spanOf(severity, unit) : null
      return { name: id, estimate: span?.value ?? null, low: span?.low ?? null, high: span?.high ?? null }
    }),
    {
      shown: [-reach, reach],
      zero: 0,
      rug: raters.length < all.length ? spans.map(({ value }) => value) : [],
      bands: [
        { from: -reach * 2, label: left, tone: null },
        { from: 0, label: right, tone: null },
      ],
    },
  )
}

/** Fit on its axis: infit filled, outfit hollow, the bands behind. */
export function fitPlot(raters: readonly RaterFigures[]): Forest {
  return rowPlotOf(
    raters.map(({ id, fit }) => ({
      name: id,
      estimate: fit.estimable ? fit.infit : null,
      low: null,
      high: null,
      second: fit.estimable ? fit.outfit : null,
    })),
    {
      shown: [0, 2],
      most: [0, 3],
      zero: 1,
      bands: [
        { from: 0, label: 'too even', tone: 'warn' },
        { from: OVERFIT_TO, label: 'as expected', tone: 'good' },
        { from: MISFIT_FROM, label: 'erratic', tone: 'warn' },
      ],
    },
  )
}

export type LevelsRow = { id: string; name: string; dimensions: { counts: number[]; mean: string }[] }

/** How each rater uses the levels, dimension by dimension, below the pool of all. */
export function levelsRows(
  raters: readonly RaterFigures[],
  { raterList, dimensions }: CalibrationFigures,
  names: Names,
): LevelsRow[] {
  const scales = dimensions.map(({ levels }) => levels)
  const pool = scales.map((scale, d) =>
    scale.map((_, k) => raterList.reduce((sum, { levels }) => sum + (levels.own[d]?.[k] ?? 0), 0)),
  )
  const row = (id: string, name: string, counts: readonly number[][]): LevelsRow => ({
    id,
    name,
    dimensions: counts.map((own, d) => ({ counts: own, mean: meanOf(own, scales[d] ?? []) })),
  })
  return [row('', 'All raters', pool), ...raters.map(({ id, levels }) => row(id, named(names, id), levels.own))]
}

function meanOf(counts: readonly number[], scale: readonly number[]): string {
  const all = counts.reduce((sum, n) => sum + n, 0)
  if (all === 0) return ''
  return hundredths(counts.reduce((sum, n, k) => sum + n * (scale[k] ?? 0), 0) / all)
}

export type ContrastRow = {
  rater: string
  name: string
  dimension: { key: string; name: string }
  figure: string
  beside: string
  scores: string
  clear: boolean
}

/** The largest rater by dimension contrasts, in points or logits, and their plot. */
export function contrastView(figures: CalibrationFigures, names: Names, unit: Unit, rater: string | null) {
  const sorted = largestContrasts(figures).filter((one) => rater === null || one.rater === rater)
  const shown = sorted.slice(0, CONTRASTS)
  const spans = shown.map(
    (one): Span =>
      unit === 'points'
        ? contrastSpan(one)
        : { value: one.logit, low: one.logit - 1.96 * one.se, high: one.logit + 1.96 * one.se },
  )
  const reach = Math.max(0.1, ...spans.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]))
  const [left, right] =
    unit === 'points' ? ['more severe here', 'more lenient here'] : ['more lenient here', 'more severe here']
  return {
    left: sorted.length - shown.length,
    rows: shown.map((one, i): ContrastRow => {
      const { key = '', name = '' } = figures.dimensions[one.dimension] ?? {}
      const span = spans[i] as Span
      return {
        rater: one.rater,
        name: named(names, one.rater),
        dimension: { key, name },
        figure: hundredths(span.value),
        beside: range(span),
        scores: whole(one.scores),
        clear: one.clear,
      }
    }),
    plot: rowPlotOf(
      spans.map(({ value, low, high }, i) => ({ name: String(i), estimate: value, low, high })),
      {
        shown: [-reach, reach],
        zero: 0,
        bands: [
          { from: -reach * 2, label: left, tone: null },
          { from: 0, label: right, tone: null },
        ],
      },
    ),
  }
}
