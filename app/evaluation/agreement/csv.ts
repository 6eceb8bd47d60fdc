/** The figures of agreement as tables to be computed with: full precision, and with each line what it rests on. */
import { type Cell, csvLine } from '#app/formats/write-csv.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { Breakdown } from './breakdown.ts'
import type { VersionChoice } from './choices.ts'
import type { AgreementFigures, DimensionFigures } from './figures.ts'
import type { Settled } from './filter.ts'
import type { ShownItemName, ShownRater } from './names.ts'

const FIGURE_COLUMNS = (name: string) => [name, `${name}_low`, `${name}_high`]

const iso = (at: number | null): Cell => (at === null ? null : new Date(at).toISOString())

/** Where a table comes from: the same in each of its lines. */
const PROVENANCE = [
  'rubric',
  'rubric_version',
  'round',
  'from',
  'before',
  'category',
  'user_segment',
  'system_version',
  'source',
  'simulated_ratings',
]

export type Provenance = {
  filter: Settled
  version: VersionChoice
  round: string | null
  systemVersion: string | null
  simulated: number
}

const provenanceCells = ({ filter, version, round, systemVersion, simulated }: Provenance): Cell[] => [
  version.rubric,
  version.number,
  round,
  iso(filter.from),
  iso(filter.to),
  filter.category,
  filter.userSegment,
  systemVersion,
  filter.source,
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
 * rater, segment, item), `first` and `second` which.
 */
export function breakdownCsv(
  breakdown: Breakdown,
  names: { raters: Record<string, ShownRater>; items: Record<string, ShownItemName> },
  dimension: string,
  provenance: Provenance,
): string {
  const rater = (id: string) => names.raters[id]?.name ?? null
  const lines: Cell[][] = [
    ...breakdown.levelPairs.map(({ low, high, share }) => ['levels', low, high, null, share, null, null, null]),
    ...breakdown.raters.map((one) => [
      'rater',
      rater(one.rater),
      null,
      one.items,
      one.share,
      one.alphaWithout,
      null,
      one.meanDifference,
    ]),
    ...breakdown.segments.map((one) => [
      'segment',
      one.category,
      one.userSegment,
      one.items,
      one.share,
      null,
      null,
      null,
    ]),
    ...breakdown.worst.map((one) => {
      const name = names.items[one.item]
      return ['item', name?.label ?? null, name?.systemVersion || null, null, one.share, null, null, null]
    }),
    ...breakdown.pairs.map((pair) => [
      'pair of raters',
      rater(pair.first),
      rater(pair.second),
      pair.items,
      null,
      pair.alpha,
      pair.exact,
      pair.meanDifference,
    ]),
  ]
  const header = ['dimension', 'split', 'first', 'second', 'items', 'share', 'alpha', 'exact', 'mean_difference']
  return (
    csvLine([...header, ...PROVENANCE]) +
    lines.map((line) => csvLine([dimension, ...line, ...provenanceCells(provenance)])).join('')
  )
}
