import { type DriftRatings, kindNumber } from '#app/stats/drift/report/drift-ratings.ts'
import type { BridgePair } from './bridge-pairs.ts'
import type { DriftRow } from './rows.ts'
import type { DimensionScales, VersionScale } from './scales.ts'

/** One use of a rating: a rating under the old version that serves as a bridge's half is used twice. */
export type Entry = { row: number; item: number; period: number; kind: number }

/** What is the same in all dimensions. */
export type Numbered = {
  rows: readonly DriftRow[]
  entries: readonly Entry[]
  rater: Uint32Array
  segment: Uint32Array
  itemCount: number
  raters: string[]
  segments: { category: string; userSegment: string }[]
  periodCount: number
}

/**
 * Numbers items, raters and segments, and makes the entries. An item is an answer, the same in every round and under every
 * version. A bridge's pair becomes an item of its own in the period of its new half: both halves are taken to be read alike but
 * for the version. It does not tie the periods together, which would take for granted that no rater changed between them.
 *
 * @param kinds of the rows, null for those left out; periods of the rows
 */
export function numbered(
  rows: readonly DriftRow[],
  kinds: readonly (number | null)[],
  periods: { numbers: Uint32Array; count: number },
  pairs: readonly BridgePair[],
): Numbered {
  const items = names<string>()
  const raters = names<string>()
  const segments = names<string>()
  const rater = Uint32Array.from(rows, ({ raterId }) => raters.numberOf(raterId))
  const segment = Uint32Array.from(rows, ({ category, userSegment }) =>
    segments.numberOf(JSON.stringify([category, userSegment])),
  )
  const pairItem = (row: number) => items.numberOf(`bridge ${rows[row]?.responseId}`)
  const inPairs = new Set(pairs.map(({ after }) => after))
  const period = (row: number) => periods.numbers[row] as number
  const entries = kinds.flatMap((kind, row): Entry[] => {
    if (kind === null) return []
    const item = inPairs.has(row) ? pairItem(row) : items.numberOf(rows[row]?.responseId ?? '')
    return [{ row, item, period: period(row), kind }]
  })
  for (const { before, after } of pairs)
    entries.push({ row: before, item: pairItem(after), period: period(after), kind: kindNumber('bridge') })
  return {
    rows,
    entries,
    rater,
    segment,
    itemCount: items.all().length,
    raters: raters.all(),
    segments: segments.all().map((name) => {
      const [category, userSegment] = JSON.parse(name) as [string, string]
      return { category, userSegment }
    }),
    periodCount: periods.count,
  }
}

function names<T>() {
  const known = new Map<T, number>()
  return {
    numberOf: (name: T): number => {
      const before = known.get(name)
      if (before !== undefined) return before
      known.set(name, known.size)
      return known.size - 1
    },
    all: (): T[] => [...known.keys()],
  }
}

/** The ratings of one dimension, and the versions they are under in the order of their first use. */
export function columnsOf(
  { rows, entries, rater, segment, itemCount, raters, segments, periodCount }: Numbered,
  dimension: number,
  versions: readonly VersionScale[],
): DriftRatings {
  const number = new Map(versions.map(({ versionId }, v) => [versionId, v]))
  const own = entries.filter(({ row }) => (rows[row] as DriftRow).levels[dimension] != null)
  const column = (of: (entry: Entry) => number) => Uint32Array.from(own, of)
  return {
    levels: versions[0]?.levels ?? [],
    itemCount,
    raterCount: raters.length,
    periodCount,
    versionCount: versions.length,
    segmentCount: Math.max(1, segments.length),
    item: column(({ item }) => item),
    rater: column(({ row }) => rater[row] as number),
    period: column(({ period }) => period),
    version: column(({ row }) => number.get((rows[row] as DriftRow).versionId) as number),
    segment: column(({ row }) => segment[row] as number),
    kind: Uint8Array.from(own, ({ kind }) => kind),
    score: Float64Array.from(own, ({ row }) => (rows[row] as DriftRow).levels[dimension] as number),
  }
}

/** The versions of a dimension that anything was scored under, in the order of their first use. */
export function usedVersions(
  { rows, entries }: Pick<Numbered, 'rows' | 'entries'>,
  dimension: number,
  { versions }: DimensionScales,
): VersionScale[] {
  const firstUse = new Map<string, number>()
  for (const { row } of entries) {
    const { versionId, levels, at } = rows[row] as DriftRow
    if (levels[dimension] == null) continue
    firstUse.set(versionId, Math.min(firstUse.get(versionId) ?? Number.POSITIVE_INFINITY, at))
  }
  return versions
    .filter(({ versionId }) => firstUse.has(versionId))
    .sort(
      (a, b) => (firstUse.get(a.versionId) as number) - (firstUse.get(b.versionId) as number) || a.number - b.number,
    )
}
