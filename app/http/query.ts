/** What lists read from an address. */

const LONGEST_SEARCH = 200

/** The page asked for by `page`, or another name, from 1; 1 where it is missing or senseless. */
export function pageOf(query: URLSearchParams, name = 'page'): number {
  const page = Number(query.get(name) ?? 1)
  return Number.isSafeInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1
}

/** The words searched for by `q`, without spaces around them. */
export const searchOf = (query: URLSearchParams): string => (query.get('q') ?? '').trim().slice(0, LONGEST_SEARCH)

/** A value of the address, null where it is missing or empty. */
export const valueIn = (query: URLSearchParams, name: string): string | null => query.get(name)?.trim() || null

/** The beginning of a day given as 2026-11-24, in ms since 1970 UTC, `daysLater` days on; null for anything else. */
export function dayOf(query: URLSearchParams, name: string, daysLater = 0): number | null {
  const value = query.get(name) ?? ''
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
  return Number.isNaN(at) ? null : at + daysLater * 86_400_000
}
