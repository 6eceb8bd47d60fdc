import type { Estimated } from '../../estimate.ts'
import { type Decomposition, type DecompositionOptions, decompose } from '../decomposition/decompose.ts'
import type { TwoPeriods } from '../decomposition/two-periods.ts'
import { at, type DriftRatings, entriesWhere, isLive, kindNumber, scoresAt } from './drift-ratings.ts'

/** Splits the change of the live mean between two periods of the data into its causes. */
export function changeBetween(
  ratings: DriftRatings,
  from: number,
  to: number,
  options: DecompositionOptions = {},
): Estimated<Decomposition> {
  return decompose(twoPeriods(ratings, from, to), options)
}

/**
 * The ratings of both periods. Bridges of other periods tell the versions apart just as well: each of their raters enters as a
 * stranger without live items, so that nothing else is read from them.
 */
function twoPeriods(ratings: DriftRatings, from: number, to: number): TwoPeriods {
  const inOne = (entry: number) => ratings.period[entry] === from || ratings.period[entry] === to
  const isBridge = (entry: number) => ratings.kind[entry] === kindNumber('bridge')
  const entries = entriesWhere(ratings, (entry) => inOne(entry) || isBridge(entry))
  const stranger = (entry: number) =>
    ratings.raterCount * (1 + (ratings.period[entry] as number)) + (ratings.rater[entry] as number)
  const raters = numbered(
    entries,
    (entry) => (inOne(entry) ? (ratings.rater[entry] as number) : stranger(entry)),
    ratings,
  )
  return {
    itemCount: ratings.itemCount,
    raterCount: raters.count,
    segmentCount: ratings.segmentCount,
    versionCount: ratings.versionCount,
    item: at(ratings.item, entries),
    rater: raters.numbers,
    segment: at(ratings.segment, entries),
    version: at(ratings.version, entries),
    period: Uint8Array.from(entries, (entry) => (inOne(entry) && ratings.period[entry] === to ? 1 : 0)),
    live: Uint8Array.from(entries, (entry) => (isLive(ratings, entry) ? 1 : 0)),
    score: scoresAt(ratings, entries),
  }
}

/** Raters of the data keep their numbers; strangers are numbered after them. */
function numbered(
  entries: Uint32Array,
  keyOf: (entry: number) => number,
  { raterCount }: DriftRatings,
): { numbers: Uint32Array; count: number } {
  const strangers = new Map<number, number>()
  const numbers = Uint32Array.from(entries, (entry) => {
    const key = keyOf(entry)
    if (key < raterCount) return key
    const known = strangers.get(key) ?? raterCount + strangers.size
    strangers.set(key, known)
    return known
  })
  return { numbers, count: raterCount + strangers.size }
}
