import { eq } from 'drizzle-orm'
import { type AgainstRest, againstRest } from '#app/stats/agreement/against-rest.ts'
import { disagreementSplit } from '#app/stats/agreement/disagreement.ts'
import { pairTables } from '#app/stats/agreement/pair-tables.ts'
import { raterPair } from '#app/stats/agreement/rater-pairs.ts'
import type { NamedRatings } from '#app/stats/agreement/ratings.ts'
import type { Estimated, NotEstimable } from '#app/stats/estimate.ts'
import { cases } from '#db/schema/cases.ts'
import { ratings } from '#db/schema/ratings.ts'
import { items } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import { ratingPasses, type Settled } from './filter.ts'
import { type RaterGroups, raterGroups } from './rater-groups.ts'

/** Two raters on the items both rated. */
export type PairFigures = {
  first: string
  second: string
  items: number
  /** Null: not estimable. */
  alpha: number | null
  /** Cohen's, with quadratic weights. */
  kappa: number | null
  spearman: number | null
  tauB: number | null
  exact: number
  /** Mean of the first's level minus the second's. */
  meanDifference: number
}

/** One rater's part in the disagreement. `share` adds up to 1 over raters. */
export type RaterShare = {
  rater: string
  share: number
  ratingsShare: number
  items: number
  /** Null: without this rater nothing could be compared. */
  alphaWithout: number | null
  /** Share of the others' scores of the same items that are equal, or at most one level apart. Null: shares no item. */
  exact: number | null
  adjacent: number | null
  /** Mean of this rater's level minus the others' on the same items; below 0 is severe. Null: shares no item. */
  meanDifference: number | null
  /** Ends of its 95 % interval; null: there is none. */
  differenceWithin: [low: number, high: number] | null
}

export type SegmentShare = { category: string; userSegment: string; items: number; share: number }
export type ItemShare = { item: string; share: number }

/** Where the observed disagreement on a dimension sits. Each list splits the same whole. */
export type Breakdown = {
  estimable: true
  levels: number[]
  items: number
  levelPairs: readonly { low: number; high: number; share: number }[]
  raters: RaterShare[]
  segments: SegmentShare[]
  /** The items with the largest shares, and the number of items with any. */
  worst: ItemShare[]
  itemsApart: number
  /** `spread[n]` items have levels that lie n apart. */
  spread: number[]
  pairs: PairFigures[]
  groups: RaterGroups | null
}

/** Most raters whose pairs are listed one by one: the matrix has to fit a page. */
const MOST_RATERS_IN_PAIRS = 24
const WORST_ITEMS = 5

export type ItemSegment = { item: string; category: string; userSegment: string }

/** Splits the disagreement on one dimension by pair of levels, rater, segment, item and pair of raters. */
export function breakdownFrom(named: NamedRatings, segments: readonly ItemSegment[]): Breakdown | NotEstimable {
  const split = disagreementSplit(named)
  if (!split.estimable) return split
  const shares = [...split.items]
  const order = shares.map((_, item) => item).sort((a, b) => (shares[b] as number) - (shares[a] as number))
  return {
    estimable: true,
    levels: [...named.levels],
    items: named.itemCount,
    levelPairs: split.levelPairs,
    raters: raterShares(named, split.raters, againstRest(named)),
    segments: segmentShares(segments, named.items, shares),
    worst: order
      .slice(0, WORST_ITEMS)
      .map((item) => ({ item: named.items[item] as string, share: shares[item] as number }))
      .filter(({ share }) => share > 0),
    itemsApart: shares.filter((share) => share > 0).length,
    spread: spreadOf(named),
    pairs: named.raterCount <= MOST_RATERS_IN_PAIRS ? pairsOf(named) : [],
    groups: raterGroups(named),
  }
}

/** How many items have levels that lie 0, 1, 2... apart. */
function spreadOf({ itemCount, levels, item, level }: NamedRatings): number[] {
  const lowest = new Uint8Array(itemCount).fill(levels.length)
  const highest = new Uint8Array(itemCount)
  item.forEach((of, i) => {
    lowest[of] = Math.min(lowest[of] as number, level[i] as number)
    highest[of] = Math.max(highest[of] as number, level[i] as number)
  })
  const items = levels.map(() => 0)
  highest.forEach((high, of) => {
    const apart = high - (lowest[of] as number)
    if (apart >= 0) items[apart] = (items[apart] as number) + 1
  })
  return items
}

function raterShares(
  named: NamedRatings,
  shares: readonly { share: number; ratingsShare: number }[],
  rest: readonly Estimated<AgainstRest>[],
): RaterShare[] {
  return shares
    .map((part, rater): RaterShare => {
      const against = rest[rater]
      const known = against?.estimable ? against : null
      return {
        rater: named.raters[rater] as string,
        ...part,
        items: known?.items ?? 0,
        alphaWithout: known?.alphaWithout.estimable ? known.alphaWithout.estimate : null,
        exact: known?.exact ?? null,
        adjacent: known?.adjacent ?? null,
        meanDifference: known?.meanDifference ?? null,
        differenceWithin: known?.interval.estimable ? [known.interval.low, known.interval.high] : null,
      }
    })
    .sort((a, b) => b.share - a.share)
}

function pairsOf(named: NamedRatings): PairFigures[] {
  return pairTables(named).map((table) => {
    const pair = raterPair(table, named.levels)
    const value = (found: Estimated<{ estimable: true; estimate: number }>) => (found.estimable ? found.estimate : null)
    return {
      first: named.raters[pair.first] as string,
      second: named.raters[pair.second] as string,
      items: pair.items,
      alpha: value(pair.alpha),
      kappa: value(pair.quadraticKappa),
      spearman: value(pair.spearman),
      tauB: value(pair.tauB),
      exact: pair.exact,
      meanDifference: pair.meanDifference,
    }
  })
}

/** The segment of every item that passes. */
export async function segmentsOf(read: Database, filter: Settled): Promise<ItemSegment[]> {
  const passing = read
    .select({ id: ratings.itemId })
    .from(ratings)
    .where(ratingPasses(read, filter))
    .groupBy(ratings.itemId)
    .as('passing')
  return read
    .select({ item: items.id, category: cases.category, userSegment: cases.userSegment })
    .from(passing)
    .innerJoin(items, eq(items.id, passing.id))
    .innerJoin(cases, eq(cases.id, items.caseId))
}

function segmentShares(
  segments: readonly ItemSegment[],
  named: readonly string[],
  shares: readonly number[],
): SegmentShare[] {
  const segmentOf = new Map(segments.map((segment) => [segment.item, segment]))
  const found = new Map<string, SegmentShare>()
  named.forEach((item, index) => {
    const segment = segmentOf.get(item)
    if (!segment) return
    const { category, userSegment } = segment
    const key = JSON.stringify([category, userSegment])
    const known = found.get(key) ?? { category, userSegment, items: 0, share: 0 }
    found.set(key, { ...known, items: known.items + 1, share: known.share + (shares[index] as number) })
  })
  return [...found.values()].sort((a, b) => b.share - a.share || a.category.localeCompare(b.category))
}
