import { analyticInterval, type Estimated, type Interval, type NotEstimable, notEstimable } from '../estimate.ts'
import { addTimes, sumsOf } from '../inference/contributions.ts'
import { studentQuantile } from '../inference/student.ts'
import { alphaOf, whyNever } from './alpha.ts'
import type { Metric } from './metric.ts'
import { type Patterns, patternsOf } from './patterns.ts'
import { type RaterPattern, raterPatterns } from './rater-patterns.ts'
import type { Ratings } from './ratings.ts'
import { additionsOf, pairableContributions, type SumsLayout, sumsLayout } from './sums.ts'

/** One rater against all others of the same items (leave one out). */
export interface AgainstRest {
  readonly estimable: true
  /** Items that the rater shares with at least one other. */
  readonly items: number
  /** Mean over these items of the share of the others' scores that equal the rater's, or lie at most one level apart. */
  readonly exact: number
  readonly adjacent: number
  /** Mean of the rater's score minus the mean of the others, in levels: below 0 is severe; with a t interval over items. */
  readonly meanDifference: number
  readonly interval: Interval | NotEstimable
  /** Alpha of the remaining ratings without this rater. */
  readonly alphaWithout: Estimated<{ readonly estimable: true; readonly estimate: number }>
}

/** Every rater against the rest, by rater number. */
export function againstRest(ratings: Ratings, metric: Metric = 'ordinal'): Estimated<AgainstRest>[] {
  const patterned = patternsOf(ratings)
  const without = alphaWithoutEach(patterned.patterns, metric)
  return raterPatterns(ratings, patterned).map((given) => {
    const shared = differences(patterned.patterns, given)
    return shared === null
      ? notEstimable('shares no item with another rater')
      : { estimable: true, ...shared, alphaWithout: without(given) }
  })
}

function differences(
  { counts, levels }: Patterns,
  given: readonly RaterPattern[],
): Omit<AgainstRest, 'estimable' | 'alphaWithout'> | null {
  const width = levels.length
  let [items, exact, adjacent, sum, squares] = [0, 0, 0, 0, 0]
  for (const { pattern, level, items: size } of given) {
    const all = counts.subarray(pattern * width, (pattern + 1) * width)
    const others = all.reduce((total, count) => total + count, 0) - 1
    if (others === 0) continue
    const equal = (all[level] as number) - 1
    const total = all.reduce((weighted, count, k) => weighted + count * k, 0) - level
    const difference = level - total / others
    items += size
    exact += (size * equal) / others
    adjacent += (size * (equal + (all[level - 1] ?? 0) + (all[level + 1] ?? 0))) / others
    sum += size * difference
    squares += size * difference * difference
  }
  if (items === 0) return null
  const meanDifference = sum / items
  const error = Math.sqrt(Math.max(0, squares - items * meanDifference ** 2) / (items * (items - 1)))
  return {
    items,
    exact: exact / items,
    adjacent: adjacent / items,
    meanDifference,
    interval: around(meanDifference, error, items),
  }
}

function around(mean: number, error: number, items: number): Interval | NotEstimable {
  if (items < 2) return notEstimable('an interval needs two items')
  if (error < 1e-9)
    return notEstimable('all items differ by the same amount, so their spread says nothing about the error')
  const reach = studentQuantile(0.975, items - 1) * error
  return analyticInterval(mean - reach, mean + reach, 'student-t')
}

/** Alpha after taking a rater's scores out of each pattern, from the sums alone. */
function alphaWithoutEach(patterns: Patterns, metric: Metric) {
  const { counts, levels } = patterns
  const layout: SumsLayout = sumsLayout(levels.length)
  const all = sumsOf(pairableContributions(patterns))
  const alpha = alphaOf(metric, levels)
  return (given: readonly RaterPattern[]): AgainstRest['alphaWithout'] => {
    const sums = all.slice()
    for (const { pattern, level, items } of given) {
      const before = counts.slice(pattern * levels.length, (pattern + 1) * levels.length)
      addTimes(sums, additionsOf(before, layout) ?? [], -items)
      before[level] = (before[level] as number) - 1
      addTimes(sums, additionsOf(before, layout) ?? [], items)
    }
    const estimate = alpha(sums, 0)
    return Number.isNaN(estimate)
      ? notEstimable(
          whyNever(metric, levels) ?? 'without this rater no scores are left that could be compared and vary',
        )
      : { estimable: true, estimate }
  }
}
