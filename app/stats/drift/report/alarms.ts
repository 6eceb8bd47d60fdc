import type { ChangePoint } from '../monitor/change-point.ts'
import type { DriftNames } from './drift-ratings.ts'
import type { DimensionDrift } from './drift-report.ts'

/** What an alarm tells: who, what, since when, how sure. */
export interface Alarm {
  readonly kind: 'panel' | 'rater' | 'mix' | 'version'
  readonly dimension: string
  readonly who: string
  readonly period: string
  readonly size: number
  readonly sentence: string
}

/** A mix that changes this unlikely by chance is said to have changed. */
const MIX_LEVEL = 0.01

/** All alarms of a dimension, the panel's first. */
export function alarmsOf(dimension: string, drift: DimensionDrift, names: DriftNames): Alarm[] {
  const { versions } = names
  const period = (number: number) => names.periods[number] ?? ''
  return [
    ...panelAlarms(dimension, drift, period, versions),
    ...raterAlarms(names, dimension, drift, period),
    ...drift.steps.flatMap(({ from, to, bridge }): Alarm[] => {
      if (!bridge.estimable || !bridge.equivalence.estimable || bridge.equivalence.equivalent) return []
      const who = `${versions[from]} to ${versions[to]}`
      const { estimate } = bridge.shift
      const sentence = `${dimension}: the step from version ${who} moves the same items by ${points(estimate)}, not shown to be within ${bridge.equivalence.margin}; keep the series apart or link them by this shift.`
      return [{ kind: 'version', dimension, who, period: '', size: estimate, sentence }]
    }),
    ...drift.mix.flatMap(({ period: number, stabilityIndex, p }): Alarm[] => {
      if (p > MIX_LEVEL) return []
      const sentence = `${dimension}: the mix of cases in ${period(number)} is not the baseline's (PSI ${stabilityIndex.toFixed(2)}, p ${p.toFixed(4)}). This is no drift.`
      return [{ kind: 'mix', dimension, who: 'mix of cases', period: period(number), size: stabilityIndex, sentence }]
    }),
  ]
}

function panelAlarms(
  dimension: string,
  { anchors }: DimensionDrift,
  period: (number: number) => string,
  versions: readonly string[],
): Alarm[] {
  return anchors.flatMap(({ version, chart }): Alarm[] => {
    if (!chart.estimable) return []
    const [first] = chart.ratio.alarms
    if (first === undefined) return []
    const { series, changePoint } = chart
    const since = changePoint?.estimable === true ? ` since ${sinceOf(changePoint, period)}` : ''
    const under = versions.length > 1 ? ` under version ${versions[version]}` : ''
    const sentence = `${dimension}: the panel reads the rubric differently${under}${since}; first alarm in ${period(series.periods[first] as number)}.`
    const size = changePoint?.estimable === true ? changePoint.shift : (series.means[first] as number)
    return [{ kind: 'panel', dimension, who: 'panel', period: period(series.periods[first] as number), size, sentence }]
  })
}

/** Raters whose chart alarms, and those who stand out in a single period without it. */
function raterAlarms(
  names: DriftNames,
  dimension: string,
  { anchors }: DimensionDrift,
  period: (number: number) => string,
): Alarm[] {
  return anchors.flatMap(({ found }) => {
    if (!found.estimable) return []
    const charted = found.raterCharts.flatMap(({ rater, series, ratio, changePoint }): Alarm[] => {
      const [first] = ratio.alarms
      if (first === undefined) return []
      const who = names.raters[rater] ?? ''
      const since = changePoint?.estimable === true ? ` since ${sinceOf(changePoint, period)}` : ''
      const size = changePoint?.estimable === true ? changePoint.shift : (series.means[first] as number)
      const at = period(series.periods[first] as number)
      const sentence = `${dimension}: ${who} reads the rubric otherwise than the panel${since}; first alarm in ${at}.`
      return [{ kind: 'rater', dimension, who, period: at, size, sentence }]
    })
    const known = new Set(charted.map(({ who }) => who))
    const single = found.periods.flatMap(({ period: number, raters }) =>
      raters.flatMap(({ rater, alarm, beyondPanel, adjustedP, change }): Alarm[] => {
        const who = names.raters[rater] ?? ''
        if (!alarm || known.has(who) || beyondPanel === null || adjustedP === null || !change.estimable) return []
        const sentence = `${dimension}: ${who} gives ${points(beyondPanel)} beyond the panel in ${period(number)}, on ${change.items} anchors (adjusted p ${adjustedP.toFixed(4)}).`
        return [{ kind: 'rater', dimension, who, period: period(number), size: beyondPanel, sentence }]
      }),
    )
    return [...charted, ...single]
  })
}

function sinceOf({ first, low, high, shift, se }: ChangePoint, period: (number: number) => string): string {
  return `${period(first)} (95 % between ${period(low)} and ${period(high)}), by ${points(shift)} ± ${(1.96 * se).toFixed(2)}`
}

const points = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(2)} points`
