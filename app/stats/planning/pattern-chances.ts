import { gaussLegendre } from '../drift/quadrature.ts'
import { type LatentLevels, levelChances } from './latent-levels.ts'

/** Each way in which so many ratings of an item can fall on the levels, and how likely it is. */
export interface PatternChances {
  readonly counts: readonly (readonly number[])[]
  readonly chances: Float64Array
}

const POINTS = 60
const REACH = 7
const MOST_PATTERNS = 4_000

/** The patterns of `raters` ratings under the model, by quadrature; null where there are more of them than is worth it. */
export function patternChances(model: LatentLevels, raters: number): PatternChances | null {
  const levels = model.cuts.length + 1
  if (choose(raters + levels - 1, levels - 1) > MOST_PATTERNS) return null
  const counts = waysToFall(raters, levels)
  const { nodes, weights } = gaussLegendre(POINTS, -REACH, REACH)
  const chances = new Float64Array(counts.length)
  const ways = counts.map((count) => multinomial(count))
  nodes.forEach((quality, i) => {
    const mass = ((weights[i] as number) * Math.exp((-quality * quality) / 2)) / Math.sqrt(2 * Math.PI)
    const each = levelChances(model, quality)
    counts.forEach((count, pattern) => {
      let chance = mass * (ways[pattern] as number)
      for (let k = 0; k < levels; k++) chance *= Math.max(0, each[k] as number) ** (count[k] as number)
      chances[pattern] = (chances[pattern] as number) + chance
    })
  })
  const total = chances.reduce((sum, chance) => sum + chance, 0)
  return { counts, chances: chances.map((chance) => chance / total) }
}

function waysToFall(ratings: number, levels: number): number[][] {
  if (levels === 1) return [[ratings]]
  return Array.from({ length: ratings + 1 }, (_, lowest) =>
    waysToFall(ratings - lowest, levels - 1).map((rest) => [lowest, ...rest]),
  ).flat()
}

function multinomial(counts: readonly number[]): number {
  let left = counts.reduce((sum, count) => sum + count, 0)
  return counts.reduce((product, count) => {
    const ways = choose(left, count)
    left -= count
    return product * ways
  }, 1)
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return ways
}
