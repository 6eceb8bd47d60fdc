/** The figures of agreement as tables to be computed with: full precision, and with each line what it rests on. */
import { type Cell, csvLine } from '#app/formats/write-csv.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { Breakdown } from './breakdown.ts'
import type { VersionChoice } from './choices.ts'
import type { DimensionCoefficients } from './coefficients.ts'
import type { AgreementFigures, DimensionFigures } from './figures.ts'
import type { Settled } from './filter.ts'
import type { ShownItemName, ShownRater } from './names.ts'

const FIGURE_COLUMNS = (name: string) => [name, `${name}_low`, `${name}_high`]

const iso = (at: number | null): Cell => (at === null ? null : new Date(at).toISOString())

/** Where a table comes from: the same in each of its lines. */
export const PROVENANCE = [
  'rubric',
  'rubric_version',
  'round',
  'from',
  'before',
  'category',
  'user_segment',
  'system_version',
  'source',
  'raters',
  'simulated_ratings',
]

export type Provenance = {
  filter: Settled
  version: VersionChoice
  round: string | null
  systemVersion: string | null
  /** "items of NAME" or "without NAME"; null: all raters. */
  raters: string | null
  simulated: number
}

/** The cells of the columns `PROVENANCE`. */
export const provenanceCells = ({ filter, version, round, systemVersion, raters, simulated }: Provenance): Cell[] => [
  version.rubric,
  version.number,
  round,
  iso(filter.from),
  iso(filter.to),
  filter.category,
  filter.userSegment,
  systemVersion,
  filter.source,
  raters,
  simulated,
]

/** One line a dimension, in the order of the rubric. */
export function figuresCsv({ dimensions }: AgreementFigures, provenance: Provenance): string {
  const header = csvLine([
    'dimension',
    'name',
    'items',
    'items_with_two_ratings',
    'raters',
    'ratings',
    'cannot_judge',
    'levels',
    'level_counts',
    ...['alpha', 'ac2', 'percent_exact', 'percent_adjacent'].flatMap(FIGURE_COLUMNS),
    'alpha_interval_method',
    'alpha_interval_rough',
    'alpha_not_estimable',
    'reading',
    'items_to_next_band',
    ...PROVENANCE,
  ])
  return header + dimensions.map((one) => csvLine([...figureCells(one), ...provenanceCells(provenance)])).join('')
}

function figureCells(one: DimensionFigures): Cell[] {
  const { dimension, alpha, ac2, percentExact, percentAdjacent, reading } = one
  const interval = alpha.estimable && alpha.interval.estimable ? alpha.interval : null
  return [
    dimension.key,
    dimension.name,
    one.items,
    one.pairableItems,
    one.raters,
    one.ratings,
    one.cannotJudge,
    dimension.levels.join(' '),
    one.perLevel.join(' '),
    ...[alpha, ac2, percentExact, percentAdjacent].flatMap(threeCells),
    interval?.method ?? null,
    interval?.rough ?? null,
    whyNot(alpha),
    reading.band,
    reading.next?.items ?? null,
  ]
}

const threeCells = (of: Estimated): Cell[] => {
  if (!of.estimable) return [null, null, null]
  return of.interval.estimable ? [of.estimate, of.interval.low, of.interval.high] : [of.estimate, null, null]
}

const whyNot = (of: Estimated): Cell => {
  if (!of.estimable) return of.reason
  return of.interval.estimable ? null : of.interval.reason
}

/**
 * Where the disagreement on a dimension sits, in long form: `split` says what a line is about (pair of raters, levels,
 * rater, segment, item), `first` and `second` which. `alpha` is that of a pair of raters; else alpha without the rater, segment or item.
 */
export function breakdownCsv(
  breakdown: Breakdown,
  names: { raters: Record<string, ShownRater>; items: Record<string, ShownItemName> },
  dimension: string,
  provenance: Provenance,
): string {
  const rater = (id: string) => names.raters[id]?.name ?? null
  const lines: SplitLine[] = [
    ...breakdown.levelPairs.map(({ low, high, share }) => ({ split: 'levels', first: low, second: high, share })),
    ...breakdown.raters.map((one) => ({
      split: 'rater',
      first: rater(one.rater),
      items: one.items,
      share: one.share,
      alpha: one.alphaWithout,
      exact: one.exact,
      adjacent: one.adjacent,
      mean_difference: one.meanDifference,
      mean_difference_low: one.differenceWithin?.[0],
      mean_difference_high: one.differenceWithin?.[1],
    })),
    ...breakdown.segments.map((one) => ({
      split: 'segment',
      first: one.category,
      second: one.userSegment,
      items: one.items,
      share: one.share,
      alpha: one.alphaWithout,
    })),
    ...breakdown.worst.map((one) => {
      const name = names.items[one.item]
      const second = name?.systemVersion || null
      return { split: 'item', first: name?.label, second, share: one.share, alpha: one.alphaWithout }
    }),
    ...breakdown.pairs.map((pair) => ({
      split: 'pair of raters',
      first: rater(pair.first),
      second: rater(pair.second),
      items: pair.items,
      alpha: pair.alpha,
      exact: pair.exact,
      mean_difference: pair.meanDifference,
      quadratic_kappa: pair.kappa,
      spearman: pair.spearman,
      tau_b: pair.tauB,
    })),
  ]
  return (
    csvLine(['dimension', ...SPLIT_COLUMNS, ...PROVENANCE]) +
    lines
      .map((line) =>
        csvLine([
          dimension,
          ...SPLIT_COLUMNS.map((column): Cell => line[column] ?? null),
          ...provenanceCells(provenance),
        ]),
      )
      .join('')
  )
}

const SPLIT_COLUMNS = [
  'split',
  'first',
  'second',
  'items',
  'share',
  'alpha',
  'exact',
  'mean_difference',
  'adjacent',
  'mean_difference_low',
  'mean_difference_high',
  'quadratic_kappa',
  'spearman',
  'tau_b',
] as const

type SplitLine = Partial<Record<(typeof SPLIT_COLUMNS)[number], Cell | undefined>>

const TEST = ['test', 'test_value', 'df1', 'df2', 'p']

const testCells = (of: Estimated): Cell[] => {
  const test = of.estimable ? of.test : undefined
  return test === undefined
    ? TEST.map(() => null)
    : [test.statistic, test.value, test.df[0] ?? null, test.df[1] ?? null, test.p]
}

/** Every coefficient of a dimension, one a line, those of Gwet's family a second time with the raters as a sample. */
export function coefficientsCsv(
  { coefficients, ratersRandom, nominalAlpha, intervalAlpha, ceiling }: DimensionCoefficients,
  dimension: string,
  provenance: Provenance,
): string {
  const lines: [string, string, Estimated][] = [
    ...Object.entries(coefficients).map(([name, of]): [string, string, Estimated] => [name, 'fixed', of]),
    ['alphaNominal', 'fixed', nominalAlpha],
    ['alphaInterval', 'fixed', intervalAlpha],
    ...Object.entries(ratersRandom).map(([name, of]): [string, string, Estimated] => [name, 'sample', of]),
  ]
  const header = [
    'dimension',
    'coefficient',
    'raters',
    'estimate',
    'low',
    'high',
    'items',
    'method',
    'why_not',
    ...TEST,
  ]
  return (
    csvLine([...header, ...PROVENANCE]) +
    [
      ...lines.map(([name, raters, of]): Cell[] => [
        name,
        raters,
        ...threeCells(of),
        of.estimable ? of.items : null,
        of.estimable && of.interval.estimable ? of.interval.method : null,
        whyNot(of),
        ...testCells(of),
      ]),
      ['alphaCeiling', 'fixed', ceiling, null, null, null, null, null, null, null, null, null, null],
    ]
      .map((line) => csvLine([dimension, ...line, ...provenanceCells(provenance)]))
      .join('')
  )
}
