import { Unclear } from './loose-json.ts'

/**
 * A moment as exporters spell it, as an ISO 8601 time: a text (UTC where it names no zone), or a number of seconds,
 * milliseconds, microseconds or nanoseconds since 1970, told apart by its size. Undefined where there is none.
 */
export function momentOf(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const at = typeof value === 'number' || /^\d{9,20}$/.test(String(value)) ? fromNumber(Number(value)) : fromText(value)
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) {
    throw new Unclear(field, `is no time: “${String(value).slice(0, 40)}”. Times are ISO 8601, or counted since 1970.`)
  }
  return date.toISOString()
}

function fromNumber(value: number): number {
  if (value < 1e11) return value * 1e3
  if (value < 1e14) return value
  return value < 1e17 ? value / 1e3 : value / 1e6
}

function fromText(value: unknown): number {
  if (typeof value !== 'string') return Number.NaN
  const text = value.trim().replace(' ', 'T')
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return Number.NaN
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) || text.length === 10
  return Date.parse(zoned ? text : `${text}Z`)
}
