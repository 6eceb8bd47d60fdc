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
  const counts = counter(perRater * ratings.raterCount)
  for (let i = 0; i < ratings.item.length; i++) {
    const pattern = patternOf[ratings.item[i] as number] as number
    counts.add((ratings.rater[i] as number) * perRater + pattern * width + (ratings.level[i] as number))
  }
  const found: RaterPattern[][] = Array.from({ length: ratings.raterCount }, () => [])
  counts.each((key, items) => {
    const within = key % perRater
    found[Math.floor(key / perRater)]?.push({ pattern: Math.floor(within / width), level: within % width, items })
  })
  return found
}

/** Up to so many cells are counted in an array, which is many times quicker than a map. */
const MOST_CELLS = 1 << 22

type Counter = { add: (key: number) => void; each: (visit: (key: number, count: number) => void) => void }

function counter(cells: number): Counter {
  if (cells > MOST_CELLS) {
    const counts = new Map<number, number>()
    return {
      add: (key) => counts.set(key, (counts.get(key) ?? 0) + 1),
      each: (visit) => {
        for (const [key, count] of counts) visit(key, count)
      },
    }
  }
  const counts = new Uint32Array(cells)
  return {
    add: (key) => {
      counts[key] = (counts[key] as number) + 1
    },
    each: (visit) => {
      for (let key = 0; key < cells; key++) if (counts[key] !== 0) visit(key, counts[key] as number)
    },
  }
}
