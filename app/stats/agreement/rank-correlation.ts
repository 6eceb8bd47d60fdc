import { type Estimated, notEstimable } from '../estimate.ts'
import type { PairTable } from './pair-tables.ts'

export interface Correlation {
  readonly estimable: true
  readonly estimate: number
  readonly items: number
}

const CONSTANT = 'a rater who gives every item the same level has no correlation'
const NO_ITEMS = 'the two raters have no item in common'

/** Spearman's rho of two raters on the items both rated: Pearson's correlation of mid-ranks. */
export function spearman({ items, counts }: PairTable): Estimated<Correlation> {
  if (items === 0) return notEstimable(NO_ITEMS)
  const width = Math.sqrt(counts.length)
  const [first, second] = margins(counts, width)
  const [firstRanks, secondRanks] = [centredRanks(first), centredRanks(second)]
  const square = (margin: Float64Array, ranks: Float64Array) =>
    ranks.reduce((sum, rank, k) => sum + (margin[k] as number) * rank * rank, 0)
  const scale = Math.sqrt(square(first, firstRanks) * square(second, secondRanks))
  if (scale === 0) return notEstimable(CONSTANT)
  let product = 0
  counts.forEach((count, cell) => {
    product += count * (firstRanks[Math.floor(cell / width)] as number) * (secondRanks[cell % width] as number)
  })
  return { estimable: true, estimate: product / scale, items }
}

/** Kendall's tau-b of two raters on the items both rated: (C - D) / sqrt((C + D + Tx)(C + D + Ty)) (Kendall 1945). */
export function tauB({ items, counts }: PairTable): Estimated<Correlation> {
  if (items === 0) return notEstimable(NO_ITEMS)
  const width = Math.sqrt(counts.length)
  const pairs = (count: number) => (count * (count - 1)) / 2
  const tied = (margin: Float64Array) => margin.reduce((sum, count) => sum + pairs(count), 0)
  const [first, second] = margins(counts, width)
  const scale = Math.sqrt((pairs(items) - tied(first)) * (pairs(items) - tied(second)))
  if (scale === 0) return notEstimable(CONSTANT)
  // each item against all items at lower levels of the first rater: concordant below, discordant above
  const earlier = new Float64Array(width)
  let net = 0
  for (let a = 0; a < width; a++) {
    let below = 0
    let above = earlier.reduce((sum, count) => sum + count, 0)
    for (let b = 0; b < width; b++) {
      above -= earlier[b] as number
      net += (counts[a * width + b] as number) * (below - above)
      below += earlier[b] as number
    }
    for (let b = 0; b < width; b++) earlier[b] = (earlier[b] as number) + (counts[a * width + b] as number)
  }
  return { estimable: true, estimate: net / scale, items }
}

function margins(counts: Uint32Array, width: number): [first: Float64Array, second: Float64Array] {
  const first = new Float64Array(width)
  const second = new Float64Array(width)
  counts.forEach((count, cell) => {
    const a = Math.floor(cell / width)
    const b = cell % width
    first[a] = (first[a] as number) + count
    second[b] = (second[b] as number) + count
  })
  return [first, second]
}

/** Mid-rank of each level less the mean rank, from how often each level occurs. */
function centredRanks(margin: Float64Array): Float64Array {
  const items = margin.reduce((sum, count) => sum + count, 0)
  let before = 0
  return margin.map((count) => {
    const rank = before + (count + 1) / 2 - (items + 1) / 2
    before += count
    return rank
  })
}
