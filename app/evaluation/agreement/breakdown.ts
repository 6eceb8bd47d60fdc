import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { type AgainstRest, againstRest } from '#app/stats/agreement/against-rest.ts'
import { disagreementSplit } from '#app/stats/agreement/disagreement.ts'
import { pairTables } from '#app/stats/agreement/pair-tables.ts'
import { raterPair } from '#app/stats/agreement/rater-pairs.ts'
import { type NamedRatings, ratingsFrom } from '#app/stats/agreement/ratings.ts'
import type { Estimated, NotEstimable } from '#app/stats/estimate.ts'
import { cases } from '#db/schema/cases.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { items } from '#db/schema/rounds.ts'
import { levels as levelsTable } from '#db/schema/rubrics.ts'
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
  /** Mean of this rater's level minus the others' on the same items; below 0 is severe. Null: shares no item. */
  meanDifference: number | null
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

/**
 * Splits the disagreement on one dimension by pair of levels, rater, segment, item and pair of raters. Asks no permission:
 * for `breakdownIn`, which does.
 */
export async function breakdownOf(
  read: Database,
  filter: Settled,
  dimensionId: string,
): Promise<Breakdown | NotEstimable> {
  const values = await read
    .select({ value: levelsTable.value })
    .from(levelsTable)
    .where(eq(levelsTable.dimensionId, dimensionId))
    .orderBy(asc(levelsTable.value))
  const triples = await read
    .select({ item: ratings.itemId, rater: ratings.raterId, score: scores.level })
    .from(ratings)
    .innerJoin(scores, and(eq(scores.ratingId, ratings.id), eq(scores.dimensionId, dimensionId)))
    .where(and(ratingPasses(read, filter), isNotNull(scores.level)))
    .orderBy(asc(ratings.itemId), asc(ratings.raterId))
  const named = ratingsFrom(
    triples,
    values.map(({ value }) => value),
  )
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
    segments: segmentShares(await segmentsOf(read, filter), named.items, shares),
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
    .map((part, rater) => {
      const against = rest[rater]
      const known = against?.estimable ? against : null
      return {
        rater: named.raters[rater] as string,
        ...part,
        items: known?.items ?? 0,
        alphaWithout: known?.alphaWithout.estimable ? known.alphaWithout.estimate : null,
        meanDifference: known?.meanDifference ?? null,
      }
    })
    .sort((a, b) => b.share - a.share)
}

function pairsOf(named: NamedRatings): PairFigures[] {
  return pairTables(named).map((table) => {
    const { first, second, items: shared, alpha, exact, meanDifference } = raterPair(table, named.levels)
    return {
      first: named.raters[first] as string,
      second: named.raters[second] as string,
      items: shared,
      alpha: alpha.estimable ? alpha.estimate : null,
      exact,
      meanDifference,
    }
  })
}

/** The segment of every item that passes. */
async function segmentsOf(read: Database, filter: Settled) {
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
  segments: readonly { item: string; category: string; userSegment: string }[],
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
