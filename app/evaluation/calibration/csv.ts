/** The figures of calibration as tables to be computed with: full precision, and with each line where it comes from. */
import { type Cell, csvLine } from '#app/formats/write-csv.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { VarianceShares } from '#app/stats/variance-components/shares.ts'
import { PROVENANCE, type Provenance, provenanceCells } from '../agreement/csv.ts'
import type { ShownItemName, ShownRater } from '../agreement/names.ts'
import type { CalibrationFigures, WholeCalibration } from './figures.ts'
import { bySeverity, fitReading } from './reading.ts'
import type { RepeatFigures } from './repeats.ts'
import type { SuspicionFigures } from './suspicion.ts'

export type Names = { raters: Record<string, ShownRater>; items: Record<string, ShownItemName> }

type Table = (figures: WholeCalibration, names: Names) => { header: string[]; lines: Cell[][] }

/** What can be downloaded, by the name in the address. */
export const TABLES = {
  severity: severityTable,
  levels: levelsTable,
  contrasts: contrastsTable,
  companions: companionsTable,
  items: itemsTable,
} satisfies Record<string, Table>

export type TableName = keyof typeof TABLES | 'suspicion' | 'variance'

export function calibrationCsv(
  table: keyof typeof TABLES,
  figures: WholeCalibration,
  names: Names,
  provenance: Provenance,
): string {
  const { header, lines } = TABLES[table](figures, names)
  return written(header, lines, provenance)
}

function written(header: readonly string[], lines: readonly (readonly Cell[])[], provenance: Provenance): string {
  const from = provenanceCells(provenance)
  return csvLine([...header, ...PROVENANCE]) + lines.map((line) => csvLine([...line, ...from])).join('')
}

const of = <T extends { estimable: true }>(value: Estimated<T>, pick: (known: T) => Cell): Cell =>
  value.estimable ? pick(value as T) : null
const why = (value: Estimated<{ estimable: true }>): Cell => (value.estimable ? null : value.reason)

function severityTable({ raterList }: CalibrationFigures, names: Names) {
  const header = [
    'rater',
    'scores',
    'group',
    'severity_points',
    'severity_points_se',
    'severity_logits',
    'severity_se',
    'severity_robust_se',
    'severity_shrunk_logits',
    'severity_not_estimable',
    'infit',
    'infit_z',
    'outfit',
    'outfit_z',
    'fit_reading',
    'fit_not_estimable',
  ]
  const lines = bySeverity(raterList).map((rater): Cell[] => [
    names.raters[rater.id]?.name ?? null,
    rater.scores,
    rater.component < 0 ? null : rater.component + 1,
    of(rater.severity, ({ points }) => points),
    of(rater.severity, ({ pointsSe }) => pointsSe),
    of(rater.severity, ({ logit }) => logit),
    of(rater.severity, ({ se }) => se),
    of(rater.severity, ({ robustSe }) => robustSe),
    of(rater.severity, ({ shrunk }) => shrunk.logit),
    why(rater.severity),
    of(rater.fit, ({ infit }) => infit),
    of(rater.fit, ({ infitZ }) => infitZ),
    of(rater.fit, ({ outfit }) => outfit),
    of(rater.fit, ({ outfitZ }) => outfitZ),
    fitReading(rater),
    why(rater.fit),
  ])
  return { header, lines }
}

function levelsTable({ raterList, dimensions }: CalibrationFigures, names: Names) {
  const lines = bySeverity(raterList).flatMap(({ id, levels }) =>
    dimensions.flatMap(({ key, levels: scale }, d) =>
      scale.map((level, k): Cell[] => [
        names.raters[id]?.name ?? null,
        key,
        level,
        levels.own[d]?.[k] ?? 0,
        levels.others[d]?.[k] ?? 0,
      ]),
    ),
  )
  return { header: ['rater', 'dimension', 'level', 'scores', 'scores_of_others_on_the_same'], lines }
}

function contrastsTable({ contrasts, dimensions }: CalibrationFigures, names: Names) {
  const lines = contrasts.map((one): Cell[] => [
    names.raters[one.rater]?.name ?? null,
    dimensions[one.dimension]?.key ?? null,
    one.scores,
    one.points,
    one.pointsSe,
    one.logit,
    one.se,
    one.z,
  ])
  return { header: ['rater', 'dimension', 'scores', 'points', 'points_se', 'logits', 'se', 'z'], lines }
}

function companionsTable({ raterList, pool, repeats }: CalibrationFigures, names: Names) {
  const repeatsOf = new Map(repeats.map((one) => [one.rater, one]))
  const header = [
    'rater',
    'scores',
    'mean_difference',
    'mean_difference_low',
    'mean_difference_high',
    'difference_sd',
    'same_as_consensus',
    'far_from_consensus',
    'levels_used',
    'middle_share',
    'middle_share_of_others',
    'sd_ratio',
    'slope',
    'halo',
    'straight_lined',
    'within_item_sd',
    'cannot_judge',
    'seconds_median',
    'pace_ratio',
    ...REPEAT_COLUMNS,
  ]
  const lines = bySeverity(raterList).map(({ id, companion: c, consensus, cannotJudge, pace, scores }): Cell[] => [
    names.raters[id]?.name ?? null,
    scores,
    of(c.difference, ({ estimate }) => estimate),
    c.difference.estimable ? of(c.difference.interval, ({ low }) => low) : null,
    c.difference.estimable ? of(c.difference.interval, ({ high }) => high) : null,
    c.differenceSd,
    of(consensus.same, ({ estimate }) => estimate),
    of(consensus.far, ({ estimate }) => estimate),
    c.levelsUsed,
    c.middleShare,
    c.middleShareOfOthers,
    of(c.sdRatio, ({ value }) => value),
    of(c.slope, ({ value }) => value),
    of(c.halo, ({ correlation }) => correlation),
    of(c.straightLined, ({ share }) => share),
    of(c.straightLined, ({ withinSd }) => withinSd),
    of(cannotJudge, ({ rate }) => rate),
    pace?.median ?? null,
    pace ? of(pace.ratio, ({ value }) => value) : null,
    ...repeatCells(repeatsOf.get(id)),
  ])
  const usual: Cell[] = ['(median of raters)', null, null, null, null, pool.differenceSd, null, null, null, null, null]
  usual.push(pool.sdRatio, pool.slope, pool.halo, pool.straightLined, pool.withinSd, null, null, null)
  usual.push(...repeatCells(undefined))
  return { header, lines: lines.length === 0 ? lines : [...lines, usual] }
}

const REPEAT_COLUMNS = [
  'answers_again',
  'scores_again',
  'again_same',
  'again_same_low',
  'again_same_high',
  'again_within_one',
  'again_difference',
  'again_difference_low',
  'again_difference_high',
  'again_quadratic_kappa',
] as const

/** A rater's second scores beside the first, with intervals by answer. */
function repeatCells(repeats: RepeatFigures | undefined): Cell[] {
  if (!repeats) return REPEAT_COLUMNS.map(() => null)
  const { answers, scores, exact, adjacent, difference, kappa } = repeats
  const bound = (mean: RepeatFigures['exact'], side: 'low' | 'high'): Cell =>
    mean.estimable ? of(mean.interval, (interval) => interval[side]) : null
  return [
    answers,
    scores,
    of(exact, ({ estimate }) => estimate),
    bound(exact, 'low'),
    bound(exact, 'high'),
    of(adjacent, ({ estimate }) => estimate),
    of(difference, ({ estimate }) => estimate),
    bound(difference, 'low'),
    bound(difference, 'high'),
    of(kappa, ({ estimate }) => estimate),
  ]
}

function itemsTable({ itemList, dimensions }: WholeCalibration, names: Names) {
  const perDimension = dimensions.flatMap(({ key }) => [
    `${key}_median`,
    `${key}_median_chance`,
    `${key}_level`,
    `${key}_level_chance`,
    `${key}_dawid_skene_level`,
    `${key}_dawid_skene_chance`,
  ])
  const header = ['item_id', 'item', 'system_version', 'raters', 'raw_mean', 'fair_score', 'fair_se', 'not_estimable']
  const lines = itemList.map((item): Cell[] => [
    item.id,
    names.items[item.id]?.label ?? null,
    names.items[item.id]?.systemVersion || null,
    item.raters,
    item.rawMean,
    of(item.fair, ({ score }) => score),
    of(item.fair, ({ se }) => se),
    why(item.fair),
    ...item.consensus.flatMap((one): Cell[] => [
      one?.median ?? null,
      one?.medianChance ?? null,
      one?.oneCoin?.level ?? null,
      one?.oneCoin?.chance ?? null,
      one?.dawidSkene?.level ?? null,
      one?.dawidSkene?.chance ?? null,
    ]),
  ])
  return { header: [...header, ...perDimension], lines }
}

export function varianceCsv({ shares }: VarianceShares, provenance: Provenance): string {
  const lines = shares.map(({ part, share, interval }): Cell[] => [
    part,
    share,
    of(interval, ({ low }) => low),
    of(interval, ({ high }) => high),
    why(interval),
  ])
  return written(['part', 'share', 'low', 'high', 'no_interval'], lines, provenance)
}

/** In long form: `about` says whether a line is about a rater or a pair. */
export function suspicionCsv({ raters, pairs }: SuspicionFigures, names: Names, provenance: Provenance): string {
  const name = (id: string) => names.raters[id]?.name ?? null
  const header = ['about', 'first', 'second', 'shared_items', 'identical', 'expected', 'p', 'grounds_to_look', 'signs']
  const lines: Cell[][] = [
    ...raters.map(({ rater, p, isCareless, signs }): Cell[] => [
      'rater',
      name(rater),
      null,
      null,
      null,
      null,
      p,
      isCareless,
      signs.map(({ index }) => index).join(' '),
    ]),
    ...pairs.map((pair): Cell[] => [
      'pair',
      name(pair.first),
      name(pair.second),
      pair.items,
      pair.identical,
      pair.expected,
      pair.p,
      pair.isSuspect,
      null,
    ]),
  ]
  return written(header, lines, provenance)
}
