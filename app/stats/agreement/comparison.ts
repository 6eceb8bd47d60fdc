import { type Estimated, notEstimable } from '../estimate.ts'
import type { BootstrapOptions } from '../inference/bootstrap.ts'
import { contributionsFrom, type Group, type Statistic } from '../inference/contributions.ts'
import { type PairedDifference, pairedDifference } from '../inference/paired-bootstrap.ts'
import { alphaOf, exactShareOf } from './alpha.ts'
import { gwetAdditions, gwetOf, gwetWidth } from './gwet-sums.ts'
import type { Metric } from './metric.ts'
import { patternsOf } from './patterns.ts'
import type { NamedRatings } from './ratings.ts'
import { additionsOf, sumsLayout } from './sums.ts'
import { type Weights, weightsOf } from './weights.ts'

/** Two sets of ratings of the same items, their agreement compared: before and after, or one dimension and another. */
export interface Comparison {
  readonly estimable: true
  /** Items with two ratings or more in both, on which everything below rests. */
  readonly items: number
  /** Items of the first, and of the second, that were left out since the other has not two ratings of them. */
  readonly leftOut: readonly [first: number, second: number]
  readonly alpha: Estimated<PairedDifference>
  /** With quadratic weights. */
  readonly ac2: Estimated<PairedDifference>
  readonly exact: Estimated<PairedDifference>
}

export interface ComparisonOptions extends BootstrapOptions {
  readonly metric?: Metric
}

/** Paired bootstrap tests of alpha, AC2 and exact agreement; items are matched by name. */
export function compareAgreement(
  first: NamedRatings,
  second: NamedRatings,
  { metric = 'ordinal', ...options }: ComparisonOptions = {},
): Estimated<Comparison> {
  const [one, other] = [sideOf(first), sideOf(second)]
  const { groups, items, leftOut } = jointGroups(one, other)
  if (items === 0) return notEstimable('no item has two or more ratings on both sides')
  const contributions = contributionsFrom(one.width + other.width, groups)
  const compared = (of: (side: Side, offset: number) => Statistic) =>
    pairedDifference(contributions, of(one, 0), of(other, one.width), options)
  return {
    estimable: true,
    items,
    leftOut,
    alpha: compared((side, offset) => after(offset, alphaOf(metric, side.levels))),
    ac2: compared((side, offset) => gwetOf(side.weights, offset + side.gwetAt)),
    exact: compared((side, offset) => after(offset, exactShareOf(side.levels))),
  }
}

interface Side {
  readonly levels: readonly number[]
  readonly weights: Weights
  readonly gwetAt: number
  readonly width: number
  /** By item name: the number of its pattern. */
  readonly patternOf: ReadonlyMap<string, number>
  /** What an item of each pattern adds; null for those with a single rating. */
  readonly additions: readonly (Group['add'] | null)[]
}

function sideOf(ratings: NamedRatings): Side {
  const { levels } = ratings
  const { patterns, patternOf } = patternsOf(ratings)
  const layout = sumsLayout(levels.length)
  const weights = weightsOf('quadratic', levels)
  const additions = Array.from(patterns.items, (_, p) => {
    const counts = patterns.counts.subarray(p * levels.length, (p + 1) * levels.length)
    const alpha = additionsOf(counts, layout)
    const gwet = gwetAdditions(counts, weights)
    return alpha === null || gwet === null ? null : [...alpha, ...shifted(gwet, layout.width)]
  })
  const named = new Map<string, number>()
  patternOf.forEach((pattern, item) => {
    if (pattern >= 0) named.set(ratings.items[item] as string, pattern)
  })
  return {
    levels,
    weights,
    gwetAt: layout.width,
    width: layout.width + gwetWidth(levels.length),
    patternOf: named,
    additions,
  }
}

const shifted = (add: Group['add'], by: number): [number, number][] =>
  add.map(([column, value]) => [column + by, value])

/** A statistic of sums that begin further on. */
const after =
  (offset: number, statistic: Statistic): Statistic =>
  (sums, items) =>
    statistic(offset === 0 ? sums : sums.subarray(offset), items)

function jointGroups(one: Side, other: Side) {
  const sizes = new Map<string, { size: number; first: number; second: number }>()
  let items = 0
  let pairable = 0
  for (const [name, first] of one.patternOf) {
    if (one.additions[first] === null) continue
    pairable++
    const second = other.patternOf.get(name)
    if (second === undefined || other.additions[second] === null) continue
    items++
    const key = `${first} ${second}`
    const known = sizes.get(key)
    sizes.set(key, { size: (known?.size ?? 0) + 1, first, second })
  }
  let otherPairable = 0
  for (const pattern of other.patternOf.values()) if (other.additions[pattern] !== null) otherPairable++
  const groups = [...sizes.values()].map(
    ({ size, first, second }): Group => ({
      size,
      add: [...(one.additions[first] ?? []), ...shifted(other.additions[second] ?? [], one.width)],
    }),
  )
  return { groups, items, leftOut: [pairable - items, otherPairable - items] as const }
}
