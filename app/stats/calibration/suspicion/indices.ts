import type { Frame } from '../frame.ts'
import type { Scores } from '../scores.ts'
import type { ExpectedScores } from './expected-scores.ts'

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

/** Indices of all raters from scores in the design of the fit, whose parameters are taken as given. */
export function indicesOf(frame: Frame, expectations: ExpectedScores): Indices {
  return { ...meanSquares(frame, expectations), ...plainIndices(frame.scores) }
}

/** Mean squares of residuals at the items' posterior means. */
function meanSquares({ scores, entries }: Frame, expectations: ExpectedScores): Pick<Indices, 'outfit' | 'infit'> {
  const { rater, level, itemCount, raterCount } = scores
  const [count, standardised, squares, variance] = [0, 0, 0, 0].map(() => new Float64Array(raterCount)) as Sums
  for (let item = 0; item < itemCount; item++) {
    const [from, to] = [entries.starts[item] as number, entries.starts[item + 1] as number]
    if (from === to) continue
    let total = 0
    for (let entry = from; entry < to; entry++) total += level[entry] as number
    const expected = expectations.of(item, total)
    for (let entry = from; entry < to; entry++) {
      const r = rater[entry] as number
      const own = expected[2 * (entry - from) + 1] as number
      const square = ((level[entry] as number) - (expected[2 * (entry - from)] as number)) ** 2
      count[r] = (count[r] as number) + 1
      standardised[r] = (standardised[r] as number) + square / own
      squares[r] = (squares[r] as number) + square
      variance[r] = (variance[r] as number) + own
    }
  }
  const ratio = (sums: Float64Array, by: Float64Array) => sums.map((sum, r) => sum / (by[r] as number))
  return { outfit: ratio(standardised, count), infit: ratio(squares, variance) }
}

type Sums = [Float64Array, Float64Array, Float64Array, Float64Array]

function plainIndices(scores: Scores): Pick<Indices, 'agreement' | 'spread' | 'straight'> {
  const { item, rater, level, dimension, levels, raterCount } = scores
  const centre = dimensionMeans(scores)
  const units = unitSums(scores)
  // per rater: n, a, b, aa, bb, ab of own and others' distance from the dimension's mean; per rater and dimension: n, x, xx
  const pairs = new Float64Array(raterCount * 6)
  const own = new Float64Array(raterCount * levels.length * 3)
  for (let entry = 0; entry < item.length; entry++) {
    const r = rater[entry] as number
    const d = dimension[entry] as number
    const x = level[entry] as number
    const cell = (r * levels.length + d) * 3
    own[cell] = (own[cell] as number) + 1
    own[cell + 1] = (own[cell + 1] as number) + x
    own[cell + 2] = (own[cell + 2] as number) + x * x
    const unit = (item[entry] as number) * levels.length + d
    const others = (units.count[unit] as number) - 1
    if (others === 0) continue
    const a = x - (centre[d] as number)
    const c = ((units.sum[unit] as number) - x) / others - (centre[d] as number)
    const at = r * 6
    pairs[at] = (pairs[at] as number) + 1
    pairs[at + 1] = (pairs[at + 1] as number) + a
    pairs[at + 2] = (pairs[at + 2] as number) + c
    pairs[at + 3] = (pairs[at + 3] as number) + a * a
    pairs[at + 4] = (pairs[at + 4] as number) + c * c
    pairs[at + 5] = (pairs[at + 5] as number) + a * c
  }
  const raters = Array.from({ length: raterCount }, (_, r) => r)
  return {
    agreement: Float64Array.from(raters, (r) => correlation(pairs.subarray(r * 6, r * 6 + 6))),
    spread: Float64Array.from(raters, (r) =>
      withinSd(own.subarray(r * levels.length * 3, (r + 1) * levels.length * 3)),
    ),
    straight: straightShares(scores),
  }
}

/** Number and sum of the scores of each item on each dimension. */
function unitSums({ item, dimension, level, levels, itemCount }: Scores): { count: Uint16Array; sum: Float64Array } {
  const count = new Uint16Array(itemCount * levels.length)
  const sum = new Float64Array(itemCount * levels.length)
  for (let entry = 0; entry < item.length; entry++) {
    const unit = (item[entry] as number) * levels.length + (dimension[entry] as number)
    count[unit] = (count[unit] as number) + 1
    sum[unit] = (sum[unit] as number) + (level[entry] as number)
  }
  return { count, sum }
}

/** Standard deviation within dimensions from n, sum and sum of squares of each. */
function withinSd(sums: Float64Array): number {
  let [scores, inner] = [0, 0]
  for (let at = 0; at < sums.length; at += 3) {
    const n = sums[at] as number
    if (n === 0) continue
    scores += n
    inner += (sums[at + 2] as number) - (sums[at + 1] as number) ** 2 / n
  }
  return Math.sqrt(Math.max(0, inner) / scores)
}

/** A rater who never varies follows nobody: 0. */
function correlation(sums: Float64Array): number {
  const [n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0] = sums
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
