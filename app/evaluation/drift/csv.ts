/** The tables of the drift page to be computed with: full precision, and with each line what it is of. */
import { type Cell, csvLine } from '#app/formats/write-csv.ts'
import type { Interval, NotEstimable } from '#app/stats/estimate.ts'
import { alarmsIn } from './alarms.ts'
import { segmentName } from './causes.ts'
import { type DriftNames, raterNames } from './context.ts'
import type { SettledDrift } from './filter.ts'
import type { DimensionFindings, DriftFindings } from './findings.ts'

export const DRIFT_TABLES = ['dimensions', 'alarms', 'trend', 'causes', 'raters', 'anchors', 'bridge', 'mix'] as const
export type DriftTable = (typeof DRIFT_TABLES)[number]

export const isDriftTable = (name: string | null): name is DriftTable => DRIFT_TABLES.some((one) => one === name)

export type DriftTableOf = {
  findings: DriftFindings
  dimension: DimensionFindings
  names: DriftNames
  rubric: string
  filter: SettledDrift
}

/** A table as CSV. Where a figure cannot be had its cell is empty and `not_estimable` says why. */
export function driftTable(table: DriftTable, of: DriftTableOf): string {
  const { header, lines } = TABLES[table](of)
  const same = provenance(of)
  const names = Object.keys(same)
  const cells = Object.values(same)
  return csvLine([...header, ...names]) + lines.map((line) => csvLine([...line, ...cells])).join('')
}

const iso = (at: number | null): Cell => (at === null ? null : new Date(at).toISOString())

function provenance({ rubric, filter, findings }: DriftTableOf): Record<string, Cell> {
  return {
    rubric,
    periods: findings.periodKind,
    from: iso(filter.from),
    before: iso(filter.to),
    category: filter.category,
    user_segment: filter.userSegment,
    source: filter.source,
    false_alarms_per_100: filter.falseAlarms,
    simulated_ratings: findings.basis.sources.simulated,
  }
}

type Table = { header: string[]; lines: Cell[][] }

const ends = (interval: Interval | NotEstimable): Cell[] =>
  interval.estimable ? [interval.low, interval.high] : [null, null]

const TABLES: Record<DriftTable, (of: DriftTableOf) => Table> = {
  dimensions: ({ findings }) => ({
    header: ['dimension', 'mean_before', 'mean_after', 'change', 'scores', 'not_estimable'],
    lines: [
      ...findings.dimensions.map(({ key, scores, drift: { change } }) =>
        change.estimable
          ? [key, change.before, change.after, change.change, scores, null]
          : [key, null, null, null, scores, change.reason],
      ),
      ...findings.leftOut.map(({ key, reason }) => [key, null, null, null, null, reason]),
    ],
  }),
  alarms: ({ findings, names }) => ({
    header: [
      'dimension',
      'who',
      'rubric_version',
      'size',
      'size_low',
      'size_high',
      'since',
      'since_low',
      'since_high',
      'raised',
    ],
    lines: alarmsIn(findings).map(({ dimension, rater, version, size, low, high, since, raised }) => {
      const key = (period: number | undefined) =>
        period === undefined ? null : (findings.periods[period]?.key ?? null)
      const who = rater === null ? 'panel' : (names.raters[rater]?.name ?? rater)
      return [
        dimension.key,
        who,
        version,
        size,
        low,
        high,
        key(since?.first),
        key(since?.low),
        key(since?.high),
        key(raised),
      ]
    }),
  }),
  trend: ({ findings, dimension }) => ({
    header: [
      'dimension',
      'period',
      'rubric_version',
      'mean',
      'mean_low',
      'mean_high',
      'mean_at_first_mix',
      'items',
      'ratings',
    ],
    lines: dimension.means.flatMap(({ version, periods }) =>
      periods.map(({ period, mean, interval, atBaselineMix, items, ratings }) => [
        dimension.key,
        findings.periods[period]?.key ?? null,
        dimension.versions[version]?.number ?? null,
        mean,
        ...ends(interval),
        atBaselineMix.estimable ? atBaselineMix.estimate : null,
        items,
        ratings,
      ]),
    ),
  }),
  causes: ({ findings, dimension }) => {
    const { change } = dimension.drift
    const key = (period: number | undefined) => (period === undefined ? null : (findings.periods[period]?.key ?? null))
    const compared = [key(findings.compared?.before), key(findings.compared?.after)]
    return {
      header: [
        'dimension',
        'period_before',
        'period_after',
        'causes',
        'estimate',
        'estimate_low',
        'estimate_high',
        'not_estimable',
      ],
      lines: change.estimable
        ? change.parts.map(({ causes, estimate, interval }) => [
            dimension.key,
            ...compared,
            causes.join('+'),
            estimate,
            ...ends(interval),
            null,
          ])
        : [[dimension.key, ...compared, null, null, null, null, change.reason]],
    }
  },
  raters: ({ findings, dimension, names }) => {
    const called = raterNames(findings, names)
    return {
      header: [
        'dimension',
        'period',
        'rubric_version',
        'rater',
        'change',
        'change_low',
        'change_high',
        'beyond_panel',
        'adjusted_p',
        'anchors',
        'alarm',
        'not_estimable',
      ],
      lines: dimension.drift.anchors.flatMap(({ version, found }) =>
        found.estimable
          ? found.periods.flatMap(({ period, raters }) =>
              raters.map(({ rater, change, beyondPanel, adjustedP, alarm }) => [
                dimension.key,
                findings.periods[period]?.key ?? null,
                dimension.versions[version]?.number ?? null,
                called[rater] ?? null,
                ...(change.estimable ? [change.estimate, ...ends(change.interval)] : [null, null, null]),
                beyondPanel,
                adjustedP,
                change.estimable ? change.items : null,
                alarm,
                change.estimable ? null : change.reason,
              ]),
            )
          : [],
      ),
    }
  },
  anchors: ({ findings, dimension }) => ({
    header: [
      'dimension',
      'period',
      'rubric_version',
      'difference',
      'difference_low',
      'difference_high',
      'adjusted_p',
      'residual',
      'limit_low',
      'limit_high',
      'ewma',
      'ewma_limit',
      'cusum_up',
      'cusum_down',
      'cusum_limit',
      'anchors',
      'moved_up',
      'moved_down',
      'ratings',
      'alarm',
    ],
    lines: dimension.drift.anchors.flatMap(({ version, found, adjustedP }) => {
      const path = dimension.paths[version]
      if (!found.estimable) return []
      return found.periods.map(({ period, ratings, panel: { change, moved } }, i) => {
        const at = <T extends { period: number }>(points: readonly T[] | undefined) =>
          points?.find((point) => point.period === period)
        const [mean, ewma, up, down] = [at(path?.means), at(path?.ewma), at(path?.up), at(path?.down)]
        return [
          dimension.key,
          findings.periods[period]?.key ?? null,
          dimension.versions[version]?.number ?? null,
          ...(change.estimable ? [change.estimate, ...ends(change.interval)] : [null, null, null]),
          adjustedP[i] ?? null,
          mean?.value ?? null,
          mean?.low ?? null,
          mean?.high ?? null,
          ewma?.value ?? null,
          ewma?.high ?? null,
          up?.value ?? null,
          down?.value ?? null,
          up?.high ?? null,
          moved.items,
          moved.up,
          moved.down,
          ratings,
          mean?.alarm ?? null,
        ]
      })
    }),
  }),
  bridge: ({ dimension }) => ({
    header: [
      'dimension',
      'from_version',
      'to_version',
      'level',
      'linear',
      'equipercentile',
      'shift',
      'shift_low',
      'shift_high',
      'items',
      'raters',
      'pairs',
      'equivalent',
      'not_estimable',
    ],
    lines: dimension.drift.steps.flatMap(({ from, to, bridge }): Cell[][] => {
      const step = [dimension.key, dimension.versions[from]?.number ?? null, dimension.versions[to]?.number ?? null]
      if (!bridge.estimable) return [[...step, ...new Array<null>(10).fill(null), bridge.reason]]
      const { shift, equated, equivalence, items, raters, pairs } = bridge
      const equivalent = equivalence.estimable ? equivalence.equivalent : null
      return dimension.levels.map((level, k) => [
        ...step,
        level,
        equated.linear.equivalents[k] ?? null,
        equated.equipercentile[k]?.equivalent ?? null,
        shift.estimate,
        ...ends(shift.interval),
        items,
        raters,
        pairs,
        equivalent,
        null,
      ])
    }),
  }),
  mix: ({ findings, dimension }) => ({
    header: ['period', 'segment', 'items', 'psi', 'jensen_shannon_bits', 'p'],
    lines: dimension.drift.mix.flatMap(({ period, counts, stabilityIndex, divergence, p }) =>
      counts.map((items, s) => [
        findings.periods[period]?.key ?? null,
        segmentName(findings.segments[s] ?? { category: '', userSegment: '' }),
        items,
        stabilityIndex,
        divergence,
        p,
      ]),
    ),
  }),
}
