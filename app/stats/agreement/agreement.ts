import { type Estimated, type Interval, type NotEstimable, notEstimable } from '../estimate.ts'
import { type BootstrapOptions, bootstrapIntervals } from '../inference/bootstrap.ts'
import { type Contributions, itemCount, sumsOf } from '../inference/contributions.ts'
import { adjacentShareOf, alphaOf, exactShareOf, whyNever } from './alpha.ts'
import type { Metric } from './metric.ts'
import type { Patterns } from './patterns.ts'
import { pairableContributions } from './sums.ts'

export interface AgreementOptions extends BootstrapOptions {
  /** Distance between levels for alpha: ordinal by default. */
  readonly metric?: Metric
}

/** Agreement of one dimension: what it rests on, and the coefficients or why there are none. */
export interface Agreement {
  /** Items with at least one rating, and those with two or more, on which everything below rests. */
  readonly items: number
  readonly pairableItems: number
  readonly ratings: number
  /** Ratings per level, lowest first. */
  readonly perLevel: readonly number[]
  readonly metric: Metric
  readonly alpha: Estimated
  readonly percentExact: Estimated
  readonly percentAdjacent: Estimated
}

/**
 * Krippendorff's alpha with exact and adjacent pairwise agreement, each with a 95 % bootstrap interval over items, from level
 * counts alone. The cost does not depend on the number of items once they are counted.
 *
 * @param patterns level counts of items under one rubric version (from SQL by `patternsFrom`, from ratings by `patternsOf`)
 */
export function agreementOf(patterns: Patterns, options: AgreementOptions = {}): Agreement {
  const metric = options.metric ?? 'ordinal'
  const contributions = pairableContributions(patterns)
  const perLevel = ratingsPerLevel(patterns)
  return {
    items: patterns.items.reduce((sum, items) => sum + items, 0),
    pairableItems: itemCount(contributions),
    ratings: perLevel.reduce((sum, ratings) => sum + ratings, 0),
    perLevel,
    metric,
    ...coefficients(contributions, patterns.levels, metric, options),
  }
}

/** Alpha under several metrics, their intervals from the same draws. */
export function alphasOf<Name extends Metric>(
  patterns: Patterns,
  metrics: readonly Name[],
  options: BootstrapOptions = {},
): Record<Name, Estimated> {
  const contributions = pairableContributions(patterns)
  const items = itemCount(contributions)
  const sums = sumsOf(contributions)
  const statistics = metrics.map((metric) => ({ metric, statistic: alphaOf(metric, patterns.levels) }))
  const quantities = Object.fromEntries(
    statistics.map(({ metric, statistic }) => [metric, { statistic, kind: 'coefficient' as const }]),
  )
  const intervals = items === 0 ? {} : bootstrapIntervals(contributions, quantities, options)
  const found = statistics.map(({ metric, statistic }): [Name, Estimated] => {
    const reason =
      items === 0 ? notEstimable('no item has two or more ratings') : whyNoAlpha(sums, patterns.levels, metric)
    const estimate = statistic(sums, items)
    const interval = intervals[metric] as Interval | NotEstimable
    return [metric, reason ?? { estimable: true, estimate, interval, items }]
  })
  return Object.fromEntries(found) as Record<Name, Estimated>
}

/** Ratings per level over all items, lowest level first. */
export function ratingsPerLevel({ counts, items, levels }: Patterns): number[] {
  const totals = levels.map(() => 0)
  counts.forEach((count, cell) => {
    const pattern = Math.floor(cell / levels.length)
    const level = cell % levels.length
    totals[level] = (totals[level] as number) + count * (items[pattern] as number)
  })
  return totals
}

function coefficients(
  contributions: Contributions,
  levels: readonly number[],
  metric: Metric,
  options: BootstrapOptions,
): Pick<Agreement, 'alpha' | 'percentExact' | 'percentAdjacent'> {
  const items = itemCount(contributions)
  if (items === 0) {
    const nothing = notEstimable('no item has two or more ratings')
    return { alpha: nothing, percentExact: nothing, percentAdjacent: nothing }
  }
  const quantities = {
    alpha: { statistic: alphaOf(metric, levels), kind: 'coefficient' },
    percentExact: { statistic: exactShareOf(levels), kind: 'share' },
    percentAdjacent: { statistic: adjacentShareOf(levels), kind: 'share' },
  } as const
  const sums = sumsOf(contributions)
  const intervals = bootstrapIntervals(contributions, quantities, options)
  const found = (name: keyof typeof quantities): Estimated => {
    return { estimable: true, estimate: quantities[name].statistic(sums, items), interval: intervals[name], items }
  }
  return {
    alpha: whyNoAlpha(sums, levels, metric) ?? found('alpha'),
    percentExact: found('percentExact'),
    percentAdjacent: found('percentAdjacent'),
  }
}

/** Reason why alpha does not exist, if so. */
function whyNoAlpha(sums: Float64Array, levels: readonly number[], metric: Metric): NotEstimable | null {
  const used = levels.filter((_level, k) => (sums[k] as number) > 0)
  const never = whyNever(metric, levels)
  if (never !== null) return notEstimable(never)
  if (used.length < 2)
    return notEstimable(`no variation: every score that can be compared is ${used[0]}, so chance agreement is 1`)
  return null
}
