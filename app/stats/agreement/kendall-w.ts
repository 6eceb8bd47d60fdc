import { type Estimated, notEstimable } from '../estimate.ts'
import { chiSquareUpperTail } from '../inference/chi-square.ts'
import type { CompleteBlock } from './complete-block.ts'
import { midRanks } from './mid-ranks.ts'

/** Kendall's coefficient of concordance with its chi-square test of no concordance. */
export interface KendallW {
  readonly estimable: true
  readonly estimate: number
  readonly chiSquare: number
  readonly df: number
  readonly p: number
}

/**
 * Kendall's W of m raters who rank n items: 12 S / (m^2 (n^3 - n) - m sum T), corrected for ties by default (Kendall & Smith
 * 1939; Siegel & Castellan 1988, 9.6). With few levels ties dominate, and without the correction W is far too low.
 */
export function kendallW({ items, raters, scores }: CompleteBlock, correctTies = true): Estimated<KendallW> {
  const sums = new Float64Array(items)
  let ties = 0
  for (let rater = 0; rater < raters; rater++) {
    const own = Float64Array.from({ length: items }, (_, item) => scores[item * raters + rater] as number)
    const { ranks, tieTerm } = midRanks(own)
    ties += tieTerm
    ranks.forEach((rank, item) => {
      sums[item] = (sums[item] as number) + rank
    })
  }
  const mean = (raters * (items + 1)) / 2
  const spread = sums.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const most = raters ** 2 * (items ** 3 - items) - (correctTies ? raters * ties : 0)
  if (most <= 0) return notEstimable('every rater gives all items the same level')
  const estimate = (12 * spread) / most
  const chiSquare = raters * (items - 1) * estimate
  return { estimable: true, estimate, chiSquare, df: items - 1, p: chiSquareUpperTail(chiSquare, items - 1) }
}
