import { type AgainstRest, againstRest } from '#app/stats/agreement/against-rest.ts'
import { alphaWithoutGroups } from '#app/stats/agreement/alpha-without.ts'
import { disagreementSplit } from '#app/stats/agreement/disagreement.ts'
import { pairTables } from '#app/stats/agreement/pair-tables.ts'
import { raterPair } from '#app/stats/agreement/rater-pairs.ts'
import type { NamedRatings } from '#app/stats/agreement/ratings.ts'
import type { Estimated, NotEstimable } from '#app/stats/estimate.ts'
import type { Columns } from '../ratings/in-force/columns.ts'
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

/** `alphaWithout` null: without these items nothing could be compared. */
export type SegmentShare = {
  category: string
  userSegment: string
  items: number
  share: number
  alphaWithout: number | null
}
export type ItemShare = { item: string; share: number; alphaWithout: number | null }

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
  /** The raters whose pairs are listed: those with the largest shares, where they are too many for a page. */
  paired: string[]
  pairs: PairFigures[]
  groups: RaterGroups | null
}

/** Most raters whose pairs are listed one by one: the matrix has to fit a page. */
const MOST_RATERS_IN_PAIRS = 24
const WORST_ITEMS = 5

/** Splits the disagreement on one dimension by pair of levels, rater, segment, item and pair of raters. */
export function breakdownFrom(named: NamedRatings, columns: Columns): Breakdown | NotEstimable {
  const split = disagreementSplit(named)
  if (!split.estimable) return split
  const shares = split.items
  const raters = raterShares(named, split.raters, againstRest(named))
  const paired = raters.slice(0, MOST_RATERS_IN_PAIRS).map(({ rater }) => rater)
  return {
    estimable: true,
    levels: [...named.levels],
    items: named.itemCount,
    levelPairs: split.levelPairs,
    raters,
    segments: segmentShares(columns, named, shares),
    worst: worstItems(named, shares),
    itemsApart: shares.reduce((sum, share) => sum + (share > 0 ? 1 : 0), 0),
    spread: spreadOf(named),
    paired,
    pairs: pairsOf(paired.length < raters.length ? onlyOf(named, paired) : named),
    groups: raterGroups(named),
  }
}

function worstItems(named: NamedRatings, shares: ArrayLike<number>): ItemShare[] {
  const worst = largest(shares, WORST_ITEMS)
  const without = alphaWithoutGroups(named, worst.length, (item) => worst.indexOf(item))
  return worst.map((item, i) => ({
    item: named.items[item] as string,
    share: shares[item] as number,
    alphaWithout: without[i] ?? null,
  }))
}

/** Places of the largest values above 0, the largest first: one pass, where sorting all of them would be most of the work. */
function largest(values: ArrayLike<number>, most: number): number[] {
  const found: number[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!(value > 0) || (found.length === most && value <= (values[found[most - 1] as number] as number))) continue
    const at = found.findIndex((other) => (values[other] as number) < value)
    found.splice(at < 0 ? found.length : at, 0, i)
    found.length = Math.min(found.length, most)
  }
  return found
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

/** The ratings of some raters alone. */
function onlyOf(named: NamedRatings, raters: readonly string[]): NamedRatings {
  const wanted = named.raters.map((rater) => raters.includes(rater))
  const kept = Uint32Array.from(named.item.keys()).filter((entry) => wanted[named.rater[entry] as number])
  return {
    ...named,
    item: kept.map((entry) => named.item[entry] as number),
    rater: kept.map((entry) => named.rater[entry] as number),
    level: Uint8Array.from(kept, (entry) => named.level[entry] as number),
  }
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

function segmentShares({ items, segments }: Columns, named: NamedRatings, shares: ArrayLike<number>): SegmentShare[] {
  const segmentOf = named.items.map((item) => segments.of[items.numbers.get(item) ?? -1] ?? -1)
  const without = alphaWithoutGroups(named, segments.all.length, (item) => segmentOf[item] as number)
  const found = segments.all.map((segment, i) => ({
    ...segment,
    items: 0,
    share: 0,
    alphaWithout: without[i] ?? null,
  }))
  segmentOf.forEach((segment, index) => {
    const own = found[segment]
    if (!own) return
    own.items++
    own.share += shares[index] as number
  })
  return found
    .filter(({ items }) => items > 0)
    .sort((a, b) => b.share - a.share || a.category.localeCompare(b.category))
}
