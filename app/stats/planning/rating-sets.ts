import { patternsFrom } from '../agreement/patterns.ts'
import { pairableContributions } from '../agreement/sums.ts'
import { drawBinomial } from '../binomial.ts'
import { normalDraws } from '../drift/normal-draws.ts'
import type { Contributions } from '../inference/contributions.ts'
import type { Random } from '../random.ts'
import type { LatentLevels } from './latent-levels.ts'
import { type PatternChances, patternChances } from './pattern-chances.ts'

/**
 * Draws simulated sets of ratings: how many items have each pattern where the patterns are few, which costs the same for any number
 * of items, else item by item.
 */
export function setDrawer(model: LatentLevels, items: number, raters: number, random: Random): () => Contributions {
  const levels = [...model.cuts.keys(), model.cuts.length]
  const known = patternChances(model, raters)
  const rowsOf = known === null ? oneByOne(model, items, raters, random) : byPatterns(known, items, random)
  return () => pairableContributions(patternsFrom(rowsOf(), levels))
}

type Rows = () => { counts: readonly number[]; items: number }[]

function byPatterns({ counts, chances }: PatternChances, items: number, random: Random): Rows {
  const likely = [...chances.keys()].filter((pattern) => (chances[pattern] as number) > 0)
  return () => {
    let left = items
    let rest = 1
    return likely.map((pattern, i) => {
      const chance = chances[pattern] as number
      const drawn = i === likely.length - 1 ? left : drawBinomial(random, left, Math.min(1, chance / rest))
      left -= drawn
      rest -= chance
      return { counts: counts[pattern] as readonly number[], items: drawn }
    })
  }
}

function oneByOne(model: LatentLevels, items: number, raters: number, random: Random): Rows {
  const normal = normalDraws(random)
  return () => Array.from({ length: items }, () => ({ counts: drawCounts(model, raters, normal), items: 1 }))
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
