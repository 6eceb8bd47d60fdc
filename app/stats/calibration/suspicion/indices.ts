import { entriesByRater, othersOf } from '../companions/others.ts'
import type { Frame } from '../frame.ts'
import { type MarginalFit, marginalPoint } from '../marginal/marginal.ts'
import { marginalReadings } from '../marginal/readings.ts'
import type { Scores } from '../scores.ts'

/** Signs of carelessness, and the direction in which each is suspicious. */
export const INDICES = {
  /** Unweighted mean square: erratic. */
  outfit: 1,
  /** Weighted mean square: erratic. */
  infit: 1,
  /** Correlation with the mean of the others on the same things. */
  agreement: -1,
  /** Standard deviation of scores within dimensions: a level that hardly changes. */
  spread: -1,
  /** Share of items with the same level on every dimension. */
  straight: 1,
} as const

export type IndexName = keyof typeof INDICES
export const INDEX_NAMES: readonly IndexName[] = ['outfit', 'infit', 'agreement', 'spread', 'straight']

/** Each index by rater; NaN where a rater has none. */
export type Indices = Readonly<Record<IndexName, Float64Array>>

/** Indices of all raters from one set of scores, the model's parameters being given. */
export function indicesOf(frame: Frame, { severity, steps, sd }: MarginalFit): Indices {
  const { raterFit } = marginalReadings(frame, marginalPoint(frame, { severity, steps, sd }))
  const ratio = (sums: Float64Array, by: Float64Array) =>
    sums.map((sum, rater) => ((by[rater] as number) > 0 ? sum / (by[rater] as number) : Number.NaN))
  return {
    outfit: ratio(raterFit.standardised, raterFit.scores),
    infit: ratio(raterFit.squares, raterFit.variance),
    ...plainIndices(frame.scores),
  }
}

function plainIndices(scores: Scores): Pick<Indices, 'agreement' | 'spread' | 'straight'> {
  const { level, dimension, levels } = scores
  const others = othersOf(scores)
  const centre = dimensionMeans(scores)
  const groups = entriesByRater(scores)
  const agreement = new Float64Array(groups.length)
  const spread = new Float64Array(groups.length)
  groups.forEach((entries, rater) => {
    const pairs = [0, 0, 0, 0, 0, 0]
    const own = Array.from(levels, () => [0, 0, 0])
    for (const entry of entries) {
      const d = dimension[entry] as number
      const x = level[entry] as number
      const sums = own[d] as number[]
      gather(sums, [1, x, x * x])
      if ((others.count[entry] as number) === 0) continue
      const a = x - (centre[d] as number)
      const b = (others.mean[entry] as number) - (centre[d] as number)
      gather(pairs, [1, a, b, a * a, b * b, a * b])
    }
    agreement[rater] = correlation(pairs)
    const inner = own.reduce((sum, [n = 0, x = 0, xx = 0]) => sum + (n === 0 ? 0 : xx - x ** 2 / n), 0)
    spread[rater] = entries.length === 0 ? Number.NaN : Math.sqrt(Math.max(0, inner) / entries.length)
  })
  return { agreement, spread, straight: straightShares(scores) }
}

function gather(sums: number[], values: readonly number[]): void {
  values.forEach((value, i) => {
    sums[i] = (sums[i] as number) + value
  })
}

/** A rater who never varies follows nobody: 0. */
function correlation([n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0]: readonly number[]): number {
  if (n < 3) return Number.NaN
  const spread = (aa - a ** 2 / n) * (bb - b ** 2 / n)
  return spread > 1e-12 ? (ab - (a * b) / n) / Math.sqrt(spread) : 0
}

function dimensionMeans({ level, dimension, levels }: Scores): Float64Array {
  const sums = new Float64Array(levels.length)
  const counts = new Float64Array(levels.length)
  for (let entry = 0; entry < level.length; entry++) {
    const d = dimension[entry] as number
    sums[d] = (sums[d] as number) + (level[entry] as number)
    counts[d] = (counts[d] as number) + 1
  }
  return sums.map((sum, d) => sum / (counts[d] as number))
}

/** Share of visits to an item, scored on two dimensions or more, with one level throughout; entries are grouped by item and rater. */
function straightShares({ item, rater, level, raterCount }: Scores): Float64Array {
  const visits = new Uint32Array(raterCount)
  const straight = new Uint32Array(raterCount)
  for (let from = 0; from < item.length; ) {
    let to = from + 1
    let same = true
    while (to < item.length && item[to] === item[from] && rater[to] === rater[from]) {
      if (level[to] !== level[from]) same = false
      to++
    }
    const r = rater[from] as number
    if (to - from > 1) {
      visits[r] = (visits[r] as number) + 1
      if (same) straight[r] = (straight[r] as number) + 1
    }
    from = to
  }
  return Float64Array.from(visits, (count, r) => (count === 0 ? Number.NaN : (straight[r] as number) / count))
}
