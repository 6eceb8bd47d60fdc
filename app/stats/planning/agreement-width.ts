import { alphaOf as alphaStatistic } from '../agreement/alpha.ts'
import type { Metric } from '../agreement/metric.ts'
import { patternsFrom } from '../agreement/patterns.ts'
import { pairableContributions } from '../agreement/sums.ts'
import { normalDraws } from '../drift/normal-draws.ts'
import { sumsOf } from '../inference/contributions.ts'
import { quantileOfSorted } from '../inference/quantile.ts'
import { seededRandom } from '../random.ts'
import { type LatentLevels, latentLevels } from './latent-levels.ts'

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
  const normal = normalDraws(seededRandom(seed))
  const levels = shares.map((_, k) => k)
  const statistic = alphaStatistic(metric, levels)
  const found = new Float64Array(sets)
  for (let set = 0; set < sets; set++) {
    const rows = Array.from({ length: items }, () => ({ counts: drawCounts(model, raters, normal), items: 1 }))
    found[set] = statistic(sumsOf(pairableContributions(patternsFrom(rows, levels))), items)
  }
  const sorted = found.filter((alpha) => !Number.isNaN(alpha)).sort()
  return quantileOfSorted(sorted, 0.975) - quantileOfSorted(sorted, 0.025)
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
