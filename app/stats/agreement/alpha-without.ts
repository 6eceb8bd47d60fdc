import { type Additions, addTimes } from '../inference/contributions.ts'
import { alphaOf } from './alpha.ts'
import type { Metric } from './metric.ts'
import { patternsOf } from './patterns.ts'
import type { Ratings } from './ratings.ts'
import { additionsOf, sumsLayout } from './sums.ts'

/**
 * Alpha of the remaining items without those of each group, for instance a segment or a single item, from the sums alone: one pass
 * over the items whatever the number of groups.
 *
 * @param groupOf the group of an item, below `groups`; -1: of none
 * @returns by group; null where nothing that is left could be compared and varies
 */
export function alphaWithoutGroups(
  ratings: Ratings,
  groups: number,
  groupOf: (item: number) => number,
  metric: Metric = 'ordinal',
): (number | null)[] {
  const { patterns, patternOf } = patternsOf(ratings)
  const { levels, counts } = patterns
  const layout = sumsLayout(levels.length)
  const additions = Array.from(
    patterns.items,
    (_, p): Additions => additionsOf(counts.subarray(p * levels.length, (p + 1) * levels.length), layout) ?? [],
  )
  const all = new Float64Array(layout.width)
  const own = Array.from({ length: groups }, () => new Float64Array(layout.width))
  for (let item = 0; item < patternOf.length; item++) {
    const add = additions[patternOf[item] as number] ?? []
    addTimes(all, add, 1)
    const sums = own[groupOf(item)]
    if (sums) addTimes(sums, add, 1)
  }
  const alpha = alphaOf(metric, levels)
  return own.map((sums) => {
    const estimate = alpha(
      all.map((sum, column) => rounded(sum - (sums[column] as number))),
      0,
    )
    return Number.isNaN(estimate) ? null : estimate
  })
}

/** What subtraction leaves of nothing is nothing. */
const rounded = (value: number): number => (Math.abs(value) < 1e-9 ? 0 : value)
