import { type Estimated, notEstimable } from '../../estimate.ts'
import { INDEX_NAMES, INDICES, type IndexName, type Indices } from './indices.ts'

/** One sign of carelessness of one rater; `lowest` and `highest`: nothing but that end of the scale (`oneEndedRaters`). */
export interface Sign {
  readonly index: IndexName | 'lowest' | 'highest'
  /** Of the index; of an end, the number of scores. */
  readonly value: number
  /** In standard deviations from the median rater, positive being suspicious. */
  readonly z: number
  /** Beyond this the sign alone is enough, at the family-wise rate over raters and signs. */
  readonly limit: number
}

export interface CarelessRater {
  readonly estimable: true
  readonly rater: number
  readonly signs: readonly Sign[]
  /** Chance that any honest rater of the pool would look as bad. */
  readonly p: number
  readonly isCareless: boolean
}

/** Family-wise rate over all raters and signs. */
export const RATE = 0.05
export const FEWEST_SCORES = 30
const FEWEST_RATERS = 5
/** Robust spread of normal deviates over their median absolute deviation. */
const MAD = 1.4826

/**
 * Raters whose indices lie where none of the honest raters of simulated data would, family-wise over raters and indices. An index is
 * measured from the median rater, in standard deviations of the simulated data for that very rater, and, where the pool spreads
 * more than simulated pools, in its own robust spread. The signs are joined by the smallest of their family-wise p.
 *
 * @param observed indices of the real scores; `nulls` those of simulated ones
 * @param scores number of scores of each rater that take part
 */
export function carelessRaters(
  observed: Indices,
  nulls: readonly Indices[],
  scores: ArrayLike<number>,
): Estimated<CarelessRater>[] {
  const raters = Array.from({ length: observed.outfit.length }, (_, rater) => rater)
  const tested = raters.filter((rater) => (scores[rater] as number) >= FEWEST_SCORES)
  if (tested.length < FEWEST_RATERS)
    return raters.map(() => notEstimable(`needs ${FEWEST_RATERS} raters with ${FEWEST_SCORES} scores or more`))
  const scales = INDEX_NAMES.map((name) => scalesOf(name, nulls, tested))
  const deviations = (indices: Indices) =>
    INDEX_NAMES.map((name, i) => deviationsOf(name, indices, tested, scales[i] as Float64Array))
  const maxima = nulls.map((indices) =>
    deviations(indices).map((z) => z.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)),
  )
  const sorted = INDEX_NAMES.map((_, i) => Float64Array.from(maxima, (row) => row[i] as number).sort())
  const share = (i: number, z: number) => atLeast(sorted[i] as Float64Array, z) / nulls.length
  const unions = Float64Array.from(maxima, (row) => Math.min(...row.map((z, i) => share(i, z)))).sort()
  const critical = unions[Math.max(0, Math.floor(RATE * (nulls.length + 1)) - 1)] as number
  const limits = sorted.map(
    (values) => values[Math.max(0, values.length - 1 - Math.floor(critical * nulls.length))] as number,
  )
  const own = deviations(observed)
  return raters.map((rater) => {
    const place = tested.indexOf(rater)
    if (place < 0) return notEstimable(`fewer than ${FEWEST_SCORES} scores`)
    const signs = INDEX_NAMES.map((index, i) => ({
      index,
      value: observed[index][rater] as number,
      z: (own[i] as Float64Array)[place] as number,
      limit: limits[i] as number,
    })).filter(({ value }) => !Number.isNaN(value))
    const union = Math.min(...signs.map(({ index, z }) => share(INDEX_NAMES.indexOf(index), z)))
    const p = (1 + countUpTo(unions, union)) / (1 + nulls.length)
    return { estimable: true, rater, signs, p, isCareless: p <= RATE }
  })
}

/** Standard deviation of each tested rater's distance from the median, over simulated data. */
function scalesOf(name: IndexName, nulls: readonly Indices[], tested: readonly number[]): Float64Array {
  const squares = new Float64Array(tested.length)
  for (const indices of nulls) {
    const centre = medianOf(tested.map((rater) => indices[name][rater] as number))
    tested.forEach((rater, i) => {
      squares[i] = (squares[i] as number) + ((indices[name][rater] as number) - centre) ** 2
    })
  }
  // never 0: a sign that no honest rater shows at all is strong when it shows
  return squares.map((sum) => Math.max(Math.sqrt(sum / nulls.length), 1e-6))
}

function deviationsOf(name: IndexName, indices: Indices, tested: readonly number[], scale: Float64Array): Float64Array {
  const values = tested.map((rater) => indices[name][rater] as number)
  const centre = medianOf(values)
  const z = Float64Array.from(values, (value, i) => (INDICES[name] * (value - centre)) / (scale[i] as number))
  const spread = MAD * medianOf(Array.from(z, Math.abs))
  // an index that does not exist (one dimension has no straight lines) says nothing
  return z.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value / Math.max(1, spread)))
}

function medianOf(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] as number) + (sorted[Math.ceil((sorted.length - 1) / 2)] as number)) /
    2
  )
}

/** How many of the sorted values are at least z, and at most u. */
function atLeast(sorted: Float64Array, z: number): number {
  let count = 0
  for (let i = sorted.length - 1; i >= 0 && (sorted[i] as number) >= z; i--) count++
  return count
}

function countUpTo(sorted: Float64Array, u: number): number {
  let count = 0
  while (count < sorted.length && (sorted[count] as number) <= u) count++
  return count
}
