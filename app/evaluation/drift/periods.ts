import type { PeriodKind } from './filter.ts'
import type { DriftRound, DriftRow } from './rows.ts'

const DAY_MS = 86_400_000

/** A stretch of time that ratings are gathered in. */
export type Period = {
  /** Stable in addresses: `2026-W36`, `2026-09`, `2026-Q3`, or a round's id. */
  key: string
  label: string
  /** For an axis. */
  short: string
  /** The first moment, and the first one after it; null for a round, which is no stretch of the calendar. */
  from: number | null
  to: number | null
}

type Dated = Pick<DriftRow, 'at' | 'roundId'>

/** Months, or rounds where all ratings fall into one month and several rounds. */
export function usualKind(rows: readonly Dated[]): PeriodKind {
  const months = new Set(rows.map(({ at }) => MAKERS.month(at).key))
  const rounds = new Set(rows.map(({ roundId }) => roundId))
  return months.size === 1 && rounds.size > 1 ? 'round' : 'month'
}

/**
 * The periods that have ratings, in the order of time, and the number of each row's.
 *
 * @param rows the oldest first; rounds are in the order of their first ratings
 */
export function periodsOf(
  rows: readonly Dated[],
  kind: PeriodKind,
  rounds: ReadonlyMap<string, DriftRound>,
): { periods: Period[]; numbers: Uint32Array } {
  const known = new Map<string, number>()
  const periods: Period[] = []
  const numbers = Uint32Array.from(rows, ({ at, roundId }) => {
    const key = kind === 'round' ? roundId : MAKERS[kind](at).key
    const before = known.get(key)
    if (before !== undefined) return before
    const name = rounds.get(roundId)?.name ?? 'A round'
    periods.push(kind === 'round' ? { key, label: name, short: name, from: null, to: null } : MAKERS[kind](at))
    known.set(key, periods.length - 1)
    return periods.length - 1
  })
  return { periods, numbers }
}

const written = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
  return (at: number) => format.format(at)
}
const day = written({ day: 'numeric', month: 'short' })
const dayAndYear = written({ day: 'numeric', month: 'long', year: 'numeric' })
const month = written({ month: 'short' })
const monthAndYear = written({ month: 'long', year: 'numeric' })

const MAKERS: Record<Exclude<PeriodKind, 'round'>, (at: number) => Period> = {
  week: (at) => {
    // Monday is the first day of the week (ISO 8601); 1 January 1970 was a Thursday
    const from = Math.floor((at / DAY_MS + 3) / 7) * 7 * DAY_MS - 3 * DAY_MS
    const thursday = new Date(from + 3 * DAY_MS)
    const year = thursday.getUTCFullYear()
    const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS))
    const key = `${year}-W${String(week).padStart(2, '0')}`
    return { key, label: `the week of ${dayAndYear(from)}`, short: day(from), from, to: from + 7 * DAY_MS }
  },
  month: (at) => {
    const [year, number] = yearAndMonth(at)
    const from = Date.UTC(year, number)
    const key = `${year}-${String(number + 1).padStart(2, '0')}`
    const short = number === 0 ? `${month(from)} ${year}` : month(from)
    return { key, label: monthAndYear(from), short, from, to: Date.UTC(year, number + 1) }
  },
  quarter: (at) => {
    const [year, number] = yearAndMonth(at)
    const quarter = Math.floor(number / 3)
    return {
      key: `${year}-Q${quarter + 1}`,
      label: `quarter ${quarter + 1} of ${year}`,
      short: `Q${quarter + 1} ${year}`,
      from: Date.UTC(year, 3 * quarter),
      to: Date.UTC(year, 3 * quarter + 3),
    }
  },
}

function yearAndMonth(at: number): [number, number] {
  const date = new Date(at)
  return [date.getUTCFullYear(), date.getUTCMonth()]
}
