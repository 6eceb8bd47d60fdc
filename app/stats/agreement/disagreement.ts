import { type Estimated, notEstimable } from '../estimate.ts'
import { sumsOf } from '../inference/contributions.ts'
import { distancesOf, type Metric } from './metric.ts'
import { type Patterns, patternsOf } from './patterns.ts'
import { raterPatterns } from './rater-patterns.ts'
import type { Ratings } from './ratings.ts'
import { pairableContributions, sumsLayout, upperCell } from './sums.ts'

/** Where the observed disagreement Do of alpha comes from. The shares of each split add up to 1. */
export interface DisagreementSplit {
  readonly estimable: true
  /** Pairs of levels (`low` < `high`, as codes) that met on an item, the largest share first. */
  readonly levelPairs: readonly { readonly low: number; readonly high: number; readonly share: number }[]
  /** By rater number: half of each pair's disagreement goes to each of its raters; beside the share of comparable ratings. */
  readonly raters: readonly { readonly share: number; readonly ratingsShare: number }[]
  /** By item number. */
  readonly items: Float64Array
}

/** Splits the observed disagreement by level pair, rater and item, with the metric's distances for these ratings. */
export function disagreementSplit(ratings: Ratings, metric: Metric = 'ordinal'): Estimated<DisagreementSplit> {
  const patterned = patternsOf(ratings)
  const { patterns, patternOf } = patterned
  const { levels } = patterns
  const width = levels.length
  const sums = sumsOf(pairableContributions(patterns))
  const squared = new Float64Array((width * (width - 1)) / 2)
  distancesOf(metric, levels)(sums, squared)
  const distance = (a: number, b: number) =>
    a === b ? 0 : (squared[upperCell(width, Math.min(a, b), Math.max(a, b))] as number)

  const { coincidences } = sumsLayout(width)
  const total = squared.reduce((sum, value, cell) => sum + value * (sums[coincidences + cell] as number), 0)
  if (total === 0) return notEstimable('no disagreement was seen')

  const perPattern = Array.from(patterns.items, (_items, p) => patternDisagreement(patterns, p, distance) / total)
  return {
    estimable: true,
    levelPairs: levelPairs(
      levels,
      (cell) => ((squared[cell] as number) * (sums[coincidences + cell] as number)) / total,
    ),
    raters: raterShares(ratings, patterned, distance, total),
    items: Float64Array.from(patternOf, (pattern) => perPattern[pattern] ?? 0),
  }
}

function levelPairs(levels: readonly number[], shareOf: (cell: number) => number): DisagreementSplit['levelPairs'] {
  const pairs = levels.flatMap((low, c) =>
    levels.slice(c + 1).map((high, j) => ({ low, high, share: shareOf(upperCell(levels.length, c, c + 1 + j)) })),
  )
  return pairs.filter((pair) => pair.share > 0).sort((a, b) => b.share - a.share)
}

type Distance = (a: number, b: number) => number

/** Disagreement of one item of a pattern: over pairs of its ratings, divided by their number less one. */
function patternDisagreement({ counts, levels }: Patterns, pattern: number, distance: Distance): number {
  const row = counts.subarray(pattern * levels.length, (pattern + 1) * levels.length)
  const ratings = row.reduce((sum, count) => sum + count, 0)
  if (ratings < 2) return 0
  let sum = 0
  for (let c = 0; c < row.length; c++)
    for (let k = c + 1; k < row.length; k++) sum += (row[c] as number) * (row[k] as number) * distance(c, k)
  return sum / (ratings - 1)
}

function raterShares(
  ratings: Ratings,
  patterned: ReturnType<typeof patternsOf>,
  distance: Distance,
  total: number,
): DisagreementSplit['raters'] {
  const { counts, levels } = patterned.patterns
  const parts = raterPatterns(ratings, patterned).map((given) => {
    let share = 0
    let comparable = 0
    for (const { pattern, level, items } of given) {
      const row = counts.subarray(pattern * levels.length, (pattern + 1) * levels.length)
      const others = row.reduce((sum, count) => sum + count, 0) - 1
      if (others === 0) continue
      comparable += items
      const apart = row.reduce((sum, count, k) => sum + count * distance(level, k), 0)
      share += (items * apart) / (2 * others * total)
    }
    return { share, comparable }
  })
  const all = parts.reduce((sum, part) => sum + part.comparable, 0)
  return parts.map(({ share, comparable }) => ({ share, ratingsShare: comparable / all }))
}
