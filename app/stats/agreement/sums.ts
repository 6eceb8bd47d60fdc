import { type Contributions, contributionsFrom, type Group } from '../inference/contributions.ts'
import type { Patterns } from './patterns.ts'

/**
 * Where each sum over pairable items stands, for K levels: pairable ratings per level n_c in 0..K-1; then the coincidences
 * o_ck, upper triangle row by row; then the share of equal pairs, and of pairs at most one level apart, summed over items.
 */
export interface SumsLayout {
  readonly levels: number
  readonly coincidences: number
  readonly exact: number
  readonly adjacent: number
  readonly width: number
}

export function sumsLayout(levels: number): SumsLayout {
  const exact = levels + (levels * (levels - 1)) / 2
  return { levels, coincidences: levels, exact, adjacent: exact + 1, width: exact + 2 }
}

/**
 * What the items of each pairable pattern (two ratings or more) add to the sums of `sumsLayout`. Items with a single rating
 * add nothing to agreement and are left out.
 */
export function pairableContributions({ counts, items, levels }: Patterns): Contributions {
  const layout = sumsLayout(levels.length)
  const groups: Group[] = []
  items.forEach((size, p) => {
    const add = additionsOf(counts.subarray(p * levels.length, (p + 1) * levels.length), layout)
    if (add !== null) groups.push({ size, add })
  })
  return contributionsFrom(layout.width, groups)
}

/** What one item with these ratings per level adds to the sums; null with fewer than two ratings. */
export function additionsOf(counts: ArrayLike<number>, layout: SumsLayout): [column: number, value: number][] | null {
  const used: [level: number, count: number][] = []
  let ratings = 0
  for (let k = 0; k < layout.levels; k++) {
    const count = counts[k] as number
    if (count > 0) used.push([k, count])
    ratings += count
  }
  if (ratings < 2) return null
  const add: [number, number][] = [...used]
  let exactPairs = 0
  let adjacentPairs = 0
  used.forEach(([c, here], index) => {
    exactPairs += (here * (here - 1)) / 2
    for (const [k, there] of used.slice(index + 1)) {
      add.push([layout.coincidences + upperCell(layout.levels, c, k), (here * there) / (ratings - 1)])
      if (k === c + 1) adjacentPairs += here * there
    }
  })
  const pairs = (ratings * (ratings - 1)) / 2
  add.push([layout.exact, exactPairs / pairs], [layout.adjacent, (exactPairs + adjacentPairs) / pairs])
  return add
}

/** Place of the pair of levels c < k in an upper triangle written row by row. */
export function upperCell(levels: number, c: number, k: number): number {
  return (c * (2 * levels - c - 1)) / 2 + (k - c - 1)
}
