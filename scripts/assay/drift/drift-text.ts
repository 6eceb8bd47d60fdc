import type { Cause } from '#app/stats/drift/decomposition/two-periods.ts'
import type { DimensionDrift } from '#app/stats/drift/report/drift-report.ts'
import { reasonInWords } from '#app/stats/drift/report/reason-in-words.ts'
import type { Unwatched } from '#app/stats/drift/report/unwatched.ts'
import type { Interval, NotEstimable } from '#app/stats/estimate.ts'
import type { DimensionRatings, DriftFile } from './drift-file.ts'
import type { DriftFindings } from './drift-json.ts'

const CAUSES: Record<Cause, string> = {
  mix: 'mix of cases',
  pool: 'who rates',
  individual: 'single raters',
  panel: 'the panel (rubric drift)',
  version: 'rubric version',
  model: 'the model',
}

/** The findings for people: alarms first, then each dimension. */
export function driftText({ file, drift, alarms }: DriftFindings): string {
  const sections = [...file.dimensions].map(([name, ratings]) =>
    section(file, name, ratings, drift.get(name) as DimensionDrift),
  )
  const first = alarms.length === 0 ? ['No alarm.'] : ['Alarms:', ...alarms.map(({ sentence }) => `  ${sentence}`)]
  return `${first.join('\n')}\n\n${sections.join('\n')}`
}

function section(
  file: DriftFile,
  name: string,
  { ratings, versions }: DimensionRatings,
  drift: DimensionDrift,
): string {
  const lines = [
    `${name}: ${ratings.score.length} ratings, periods ${file.periods[0]} to ${file.periods.at(-1)}`,
    ...drift.anchors.flatMap(({ version, found, chart }) => {
      const title = `  anchors${versions.length > 1 ? `, version ${versions[version]}` : ''}`
      if (!found.estimable) return [`${title}: ${found.reason}`]
      return [
        `${title}, against ${file.periods[found.baseline]}:`,
        ...found.periods.map(({ period, panel: { change, moved } }) => {
          const label = `    ${column(file.periods[period] ?? '', 28)}`
          if (!change.estimable) return `${label}${change.reason}`
          return `${label}${estimate(change.estimate, change.interval)}   ${change.items} items, ${moved.up} moved up, ${moved.down} down`
        }),
        ...(chart.estimable ? [] : [`    chart: ${chart.reason}`]),
        ...unwatchedLines(file, found.unwatched),
      ]
    }),
    ...drift.steps.map(({ from, to, bridge }) => {
      const label = `  ${column(`version ${versions[from]} to ${versions[to]}`, 30)}`
      if (!bridge.estimable) return `${label}${bridge.reason}`
      return `${label}${estimate(bridge.shift.estimate, bridge.shift.interval)}   ${bridge.items} items`
    }),
    ...changeLines(file, versions, drift),
    '',
  ]
  return lines.join('\n')
}

const MOST_UNWATCHED = 5

/** Raters who cannot be watched, the least known first, with what would mend it. */
function unwatchedLines({ raters }: DriftFile, unwatched: readonly Unwatched[]): string[] {
  const worst = [...unwatched].sort((a, b) => b.error - a.error)
  const more = worst.length - MOST_UNWATCHED
  return [
    ...worst.slice(0, MOST_UNWATCHED).map(({ rater, error, shareWith }) => {
      const [who, other] = [raters[rater], raters[shareWith]]
      return `    ${who}: too few shared anchors to watch (known to ± ${error.toFixed(2)}): give ${who} and ${other} shared anchors`
    }),
    ...(more > 0 ? [`    ${more} more raters have too few shared anchors to watch (all with --json)`] : []),
  ]
}

function changeLines(file: DriftFile, versions: readonly string[], { change }: DimensionDrift): string[] {
  if (!change.estimable) return [`  change of the mean: ${change.reason}`]
  const names = { ...file, versions }
  return [
    `  change of the mean from ${change.before.toFixed(3)} to ${change.after.toFixed(3)}: ${signed(change.change)}, of which`,
    ...change.parts.flatMap(({ causes, estimate: value, interval, reasons }) => [
      `    ${column(causes.map((cause) => CAUSES[cause]).join(' + '), 28)}${estimate(value, interval)}`,
      ...reasons.map((reason) => `      not separable: ${reasonInWords(reason, names)}`),
    ]),
  ]
}

function estimate(value: number, interval: Interval | NotEstimable): string {
  return interval.estimable
    ? `${signed(value)}   [${signed(interval.low)}, ${signed(interval.high)}]`
    : `${signed(value)}   no interval: ${interval.reason}`
}

/** Text in a column; one that is too long still stands apart from what follows. */
const column = (text: string, width: number): string => `${text.padEnd(width - 2)}  `

/** What rounds to nothing has no sign of its own. */
const signed = (value: number): string => `${value <= -0.0005 ? '-' : '+'}${Math.abs(value).toFixed(3)}`
