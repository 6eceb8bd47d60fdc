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
export function pairableContributions(patterns: Patterns): Contributions {
  const layout = sumsLayout(patterns.levels.length)
  const groups: Group[] = []
  patterns.items.forEach((size, p) => {
    const add = pairableAdditions(patterns.counts, p * layout.levels, layout)
    if (add !== null) groups.push({ size, add })
  })
  return contributionsFrom(layout.width, groups)
}

function pairableAdditions(counts: Uint32Array, start: number, layout: SumsLayout): [number, number][] | null {
  const used: [level: number, count: number][] = []
  let ratings = 0
  for (let k = 0; k < layout.levels; k++) {
    const count = counts[start + k] as number
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
      const cell = layout.coincidences + (c * (2 * layout.levels - c - 1)) / 2 + (k - c - 1)
      add.push([cell, (here * there) / (ratings - 1)])
      if (k === c + 1) adjacentPairs += here * there
    }
  })
  const pairs = (ratings * (ratings - 1)) / 2
  add.push([layout.exact, exactPairs / pairs], [layout.adjacent, (exactPairs + adjacentPairs) / pairs])
  return add
}
