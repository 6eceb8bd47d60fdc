import { studentQuantile } from '#app/stats/inference/student.ts'
import type { Quality } from '#db/schema/cases.ts'

/** On levels mapped to 1 to 4: experts have to place a high reference here or above, a borderline one between these two. */
export const HIGH_FROM = 3.5
export const BORDERLINE_FROM = 2
export const BORDERLINE_TO = 3

/** One rater's opinion is none of "independent experts": nothing is marked on it alone. */
export const RATERS_LEAST = 2

export type Placement = {
  raters: number
  ratings: number
  /** Mean over raters on the scale of 1 to 4. */
  mean: number
  /** 95 % by Student's t over raters, cut to 1 to 4; null: one rater, or all at the same. */
  low: number | null
  high: number | null
  verdict: 'as it says' | 'not what it says' | 'too few raters'
}

/** Where raters place a reference, from what each of them came to on the scale of 1 to 4; null without any. */
export function placementOf(quality: Quality, byRater: readonly { mean: number; ratings: number }[]): Placement | null {
  const raters = byRater.length
  if (raters === 0) return null
  const mean = byRater.reduce((sum, one) => sum + one.mean, 0) / raters
  const spread =
    raters < 2 ? 0 : Math.sqrt(byRater.reduce((sum, one) => sum + (one.mean - mean) ** 2, 0) / (raters - 1))
  const reach = spread === 0 ? null : (studentQuantile(0.975, raters - 1) * spread) / Math.sqrt(raters)
  return {
    raters,
    ratings: byRater.reduce((sum, one) => sum + one.ratings, 0),
    mean,
    low: reach === null ? null : Math.max(1, mean - reach),
    high: reach === null ? null : Math.min(4, mean + reach),
    verdict: raters < RATERS_LEAST ? 'too few raters' : fits(quality, mean) ? 'as it says' : 'not what it says',
  }
}

const fits = (quality: Quality, mean: number): boolean =>
  quality === 'high' ? mean >= HIGH_FROM : mean >= BORDERLINE_FROM && mean <= BORDERLINE_TO
