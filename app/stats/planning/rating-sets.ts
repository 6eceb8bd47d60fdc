import { patternsFrom } from '../agreement/patterns.ts'
import { additionsOf, pairableContributions, sumsLayout } from '../agreement/sums.ts'
import { drawBinomial } from '../binomial.ts'
import { normalDraws } from '../drift/normal-draws.ts'
import { type Contributions, contributionsFrom, type Group } from '../inference/contributions.ts'
import type { Random } from '../random.ts'
import type { LatentLevels } from './latent-levels.ts'
import { type PatternChances, patternChances } from './pattern-chances.ts'

/** Draws a simulated set of ratings of so many items. */
export type SetDrawer = (items: number, random: Random) => Contributions

/**
 * Sets of ratings under the model: how many items have each pattern where the patterns are few, which costs the same for any number
 * of items, else item by item.
 */
export function setDrawer(model: LatentLevels, raters: number): SetDrawer {
  const known = patternChances(model, raters)
  return known === null ? oneByOne(model, raters) : byPatterns(known, model.cuts.length + 1)
}

function byPatterns({ counts, chances }: PatternChances, levels: number): SetDrawer {
  const layout = sumsLayout(levels)
  const likely = counts.flatMap((pattern, i) => {
    const add = additionsOf(pattern, layout)
    return add !== null && (chances[i] as number) > 0 ? [{ add, chance: chances[i] as number }] : []
  })
  return (items, random) => {
    let left = items
    let rest = 1
    const groups: Group[] = []
    likely.forEach(({ add, chance }, i) => {
      const size = i === likely.length - 1 ? left : drawBinomial(random, left, Math.min(1, chance / rest))
      if (size > 0) groups.push({ size, add })
      left -= size
      rest -= chance
    })
    return contributionsFrom(layout.width, groups)
  }
}

function oneByOne(model: LatentLevels, raters: number): SetDrawer {
  const levels = [...model.cuts.keys(), model.cuts.length]
  return (items, random) => {
    const normal = normalDraws(random)
    const rows = Array.from({ length: items }, () => ({ counts: drawCounts(model, raters, normal), items: 1 }))
    return pairableContributions(patternsFrom(rows, levels))
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
