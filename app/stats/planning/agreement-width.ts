import { alphaOf as alphaStatistic } from '../agreement/alpha.ts'
import type { Metric } from '../agreement/metric.ts'
import { patternsFrom } from '../agreement/patterns.ts'
import { pairableContributions } from '../agreement/sums.ts'
import { drawBinomial } from '../binomial.ts'
import { normalDraws } from '../drift/normal-draws.ts'
import { sumsOf } from '../inference/contributions.ts'
import { quantileOfSorted } from '../inference/quantile.ts'
import { type Random, seededRandom } from '../random.ts'
import { type LatentLevels, latentLevels } from './latent-levels.ts'
import { patternChances } from './pattern-chances.ts'

/** What is known or assumed of the ratings to come. */
export interface ExpectedAgreement {
  readonly alpha: number
  /** Share of each level. */
  readonly shares: readonly number[]
  readonly metric?: Metric
}

export interface WidthOptions {
  /** Simulated sets of ratings, 1,000 by default. */
  readonly sets?: number
  readonly seed?: number
}

/**
 * Width of the 95 % interval of alpha to expect from `items` items, each rated by `raters` raters: the middle 95 % of alpha over
 * simulated sets of ratings of that size.
 */
export function expectedWidth(
  expected: ExpectedAgreement,
  items: number,
  raters: number,
  options: WidthOptions = {},
): number {
  return widthUnder(latentLevels(expected.alpha, expected.shares, expected.metric), expected, items, raters, options)
}

function widthUnder(
  model: LatentLevels,
  { shares, metric = 'ordinal' }: ExpectedAgreement,
  items: number,
  raters: number,
  { sets = 1000, seed = 1 }: WidthOptions,
): number {
  const levels = shares.map((_, k) => k)
  const statistic = alphaStatistic(metric, levels)
  const draw = setDrawer(model, items, raters, seededRandom(seed))
  const found = Float64Array.from({ length: sets }, () => statistic(draw(), items))
  const sorted = found.filter((alpha) => !Number.isNaN(alpha)).sort()
  return quantileOfSorted(sorted, 0.975) - quantileOfSorted(sorted, 0.025)
}

/**
 * Draws the sums of one simulated set of ratings: how many items have each pattern where the patterns are few, which costs the same
 * for any number of items, else item by item.
 */
function setDrawer(model: LatentLevels, items: number, raters: number, random: Random): () => Float64Array {
  const levels = [...model.cuts.keys(), model.cuts.length]
  const known = patternChances(model, raters)
  if (known === null) {
    const normal = normalDraws(random)
    return () => {
      const rows = Array.from({ length: items }, () => ({ counts: drawCounts(model, raters, normal), items: 1 }))
      return sumsOf(pairableContributions(patternsFrom(rows, levels)))
    }
  }
  const likely = [...known.chances.keys()].filter((pattern) => (known.chances[pattern] as number) > 0)
  const patterns = {
    levels,
    counts: Uint32Array.from(likely.flatMap((pattern) => [...(known.counts[pattern] as readonly number[])])),
    items: Float64Array.from(likely, () => 1),
  }
  const contributions = pairableContributions(patterns)
  const sizes = new Float64Array(likely.length)
  return () => {
    let left = items
    let rest = 1
    likely.forEach((pattern, i) => {
      const chance = known.chances[pattern] as number
      const drawn = i === likely.length - 1 ? left : drawBinomial(random, left, Math.min(1, chance / rest))
      sizes[i] = drawn
      left -= drawn
      rest -= chance
    })
    return sumsOf(contributions, sizes)
  }
}

/** Ratings per level of one item by so many raters. */
function drawCounts({ correlation, cuts }: LatentLevels, raters: number, normal: () => number): number[] {
  const counts = [...cuts.map(() => 0), 0]
  const quality = Math.sqrt(correlation) * normal()
  const spread = Math.sqrt(1 - correlation)
  for (let rater = 0; rater < raters; rater++) {
    const value = quality + spread * normal()
    const level = cuts.reduce((sum, cut) => sum + (value > cut ? 1 : 0), 0)
    counts[level] = (counts[level] as number) + 1
  }
  return counts
}

/** A way to reach a wanted width: items rated by so many raters each. */
export interface AgreementPlan {
  readonly raters: number
  readonly items: number
  readonly ratings: number
  /** Expected width at that size. */
  readonly width: number
}

/** An interval is made from 20 items up. */
const FEWEST_ITEMS = 20
const MOST_ITEMS = 20_000
const TRIED = 150
const ROUNDS = 3

/**
 * The items that a wanted width of alpha's interval takes, for each number of raters an item; null where more than 20,000 would be
 * needed. The width falls with the square root of the items, which leads to the size that is then simulated.
 *
 * @param width wanted, of the whole 95 % interval
 */
export function itemsForWidth(
  expected: ExpectedAgreement,
  width: number,
  raters: readonly number[],
  options: WidthOptions = {},
): (AgreementPlan | null)[] {
  const model = latentLevels(expected.alpha, expected.shares, expected.metric)
  return raters.map((count) => {
    let items = TRIED
    let found = widthUnder(model, expected, items, count, options)
    for (let round = 0; round < ROUNDS; round++) {
      const next = Math.max(FEWEST_ITEMS, Math.ceil(items * (found / width) ** 2))
      if (next > MOST_ITEMS) return null
      if (next === items) break
      items = next
      found = widthUnder(model, expected, items, count, options)
    }
    return { raters: count, items, ratings: items * count, width: found }
  })
}
