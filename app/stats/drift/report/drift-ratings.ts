/**
 * What an item is there for: to be judged, or re-rated over time, or rated under two rubric versions. `live-anchor`: to be judged,
 * and an anchor as well, such as the first ratings of an item that was drawn at random as an anchor afterwards.
 */
export const KINDS = ['live', 'anchor', 'bridge', 'live-anchor'] as const
export type Kind = (typeof KINDS)[number]

/**
 * Effective ratings of one dimension over time, in columns: entry i says that in period `period[i]` rater `rater[i]` gave item
 * `item[i]`, of segment `segment[i]`, the level `score[i]` under rubric version `version[i]`. Periods are numbered in the order of
 * time, 0 is the baseline; versions in the order of their first use. Missing scores have no entry.
 */
export interface DriftRatings {
  /** The rubric's levels, rising consecutive integers. */
  readonly levels: readonly number[]
  readonly itemCount: number
  readonly raterCount: number
  readonly periodCount: number
  readonly versionCount: number
  /** 1 where segments are not told apart. */
  readonly segmentCount: number
  readonly item: Uint32Array
  readonly rater: Uint32Array
  readonly period: Uint32Array
  readonly version: Uint32Array
  readonly segment: Uint32Array
  /** Index into `KINDS`. */
  readonly kind: Uint8Array
  readonly score: Float64Array
}

/** What the numbers of `DriftRatings` stand for. */
export interface DriftNames {
  readonly periods: readonly string[]
  readonly raters: readonly string[]
  readonly segments: readonly string[]
  readonly versions: readonly string[]
}

export function kindNumber(kind: Kind): number {
  return KINDS.indexOf(kind)
}

/** Does the entry count into the live means? */
export const isLive = ({ kind }: Pick<DriftRatings, 'kind'>, entry: number): boolean =>
  kind[entry] === LIVE || kind[entry] === LIVE_ANCHOR

/** Is the entry one of an anchor's? */
export const isAnchor = ({ kind }: Pick<DriftRatings, 'kind'>, entry: number): boolean =>
  kind[entry] === ANCHOR || kind[entry] === LIVE_ANCHOR

const LIVE = kindNumber('live')
const ANCHOR = kindNumber('anchor')
const LIVE_ANCHOR = kindNumber('live-anchor')

/** Entries that fulfil a condition. */
export function entriesWhere(ratings: DriftRatings, wanted: (entry: number) => boolean): Uint32Array {
  const entries = new Uint32Array(ratings.score.length)
  let count = 0
  for (let entry = 0; entry < entries.length; entry++) if (wanted(entry)) entries[count++] = entry
  return entries.subarray(0, count)
}

/** A column at some entries. */
export function at(column: ArrayLike<number>, entries: Uint32Array): Uint32Array {
  return Uint32Array.from(entries, (entry) => column[entry] as number)
}

export function scoresAt({ score }: DriftRatings, entries: Uint32Array): Float64Array {
  return Float64Array.from(entries, (entry) => score[entry] as number)
}

/** How many different values a column has at some entries. */
export function distinct(column: ArrayLike<number>, entries: Uint32Array): number {
  return new Set(at(column, entries)).size
}

/**
 * Kinds where nobody said what an item is for: rated in two periods or more under one version it is an anchor, under two versions
 * within a period a bridge, else live.
 */
export function guessedKinds({ itemCount, item, period, version }: Omit<DriftRatings, 'kind'>): Uint8Array {
  const seen = Array.from({ length: itemCount }, () => [] as { period: number; version: number }[])
  item.forEach((i, entry) => {
    const known = seen[i] as { period: number; version: number }[]
    const here = { period: period[entry] as number, version: version[entry] as number }
    if (!known.some((one) => one.period === here.period && one.version === here.version)) known.push(here)
  })
  const kinds = seen.map((known): Kind => {
    if (known.some((a, i) => known.slice(i + 1).some((b) => a.period === b.period))) return 'bridge'
    return known.length > 1 ? 'anchor' : 'live'
  })
  return Uint8Array.from(item, (i) => kindNumber(kinds[i] as Kind))
}
