import type { PatternedItems } from './patterns.ts'
import type { Ratings } from './ratings.ts'

/** `items` items of this pattern got level `level` (index) from a rater. */
export interface RaterPattern {
  readonly pattern: number
  readonly level: number
  readonly items: number
}

/**
 * For each rater, what they gave within which pattern: enough for everything that compares one rater with the others of the
 * same items, in one pass over the ratings.
 */
export function raterPatterns(ratings: Ratings, { patterns, patternOf }: PatternedItems): RaterPattern[][] {
  const width = ratings.levels.length
  const perRater = patterns.items.length * width
  const counts = new Map<number, number>()
  for (let i = 0; i < ratings.item.length; i++) {
    const pattern = patternOf[ratings.item[i] as number] as number
    const key = (ratings.rater[i] as number) * perRater + pattern * width + (ratings.level[i] as number)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const found: RaterPattern[][] = Array.from({ length: ratings.raterCount }, () => [])
  for (const [key, items] of counts) {
    const within = key % perRater
    found[Math.floor(key / perRater)]?.push({ pattern: Math.floor(within / width), level: within % width, items })
  }
  return found
}
