import type { CalibrationFigures, RaterFigures } from './figures.ts'
import { contrastSpan, fitReading, largestContrasts, type Span, spanOf } from './reading.ts'

/** What a rater is told of one closed round. Everything about the others is coarse: see `ownFigures`. */
export type OwnFigures = {
  /** Items shared with others, and how many others. */
  items: number
  others: number
  /** Points from the average rater, in tenths; null where there is none, with the reason. */
  severity: (Span & { clear: boolean }) | null
  noSeverity: string | null
  /** Shares in steps of 5 %, kept off both ends. */
  same: Share | null
  far: Share | null
  /** The mean of the same share over the other raters. */
  sameOfOthers: number | null
  erratic: boolean
  dimensions: OwnDimension[]
}

/** A share with its interval, all coarse. */
export type Share = { share: number; low: number; high: number }

export type OwnDimension = {
  name: string
  levels: number[]
  /** Shares of each level: one's own, and the others' on the same items; null without any. */
  own: number[] | null
  others: number[] | null
  /** Points beyond one's general severity, in tenths; null where no difference is clear. */
  beside: number | null
}

/** At least five raters: oneself and four others. */
export const FEWEST_OTHERS = 4
export const FEWEST_ITEMS = 20
/** No one colleague may make up more of what one is compared with. */
export const LARGEST_SHARE = 0.5
const STEP = 0.05

/**
 * What of a round's calibration its rater may be told, or why nothing. Nothing in it can be worked back to one colleague's
 * score:
 * - it is made from a closed round as a whole, never from a part of it, so that no two answers differ by a few items;
 * - with fewer than four others, fewer than 20 shared items, or one colleague giving more than half of what one is compared
 *   with, nothing is told;
 * - shares are rounded to 5 % and never below 5 % or above 95 %, so that "all of them" and "none of them" are never said;
 * - points are rounded to tenths;
 * - no item and no colleague is named or counted apart.
 */
export function ownFigures(figures: CalibrationFigures, raterId: string): OwnFigures | { why: string } {
  const rater = figures.raterList.find(({ id }) => id === raterId)
  if (!rater) return { why: 'you gave no score in it' }
  const { company } = rater
  if (company.others < FEWEST_OTHERS)
    return {
      why: `you share items with fewer than ${FEWEST_OTHERS} others, and a figure could give away what one of them scored`,
    }
  if (company.items < FEWEST_ITEMS)
    return {
      why: `you share fewer than ${FEWEST_ITEMS} items with others, which says too little and could give away single scores`,
    }
  if (company.largestShare === null || company.largestShare > LARGEST_SHARE)
    return { why: 'more than half of what you would be compared with comes from one colleague' }
  const { severity } = rater
  return {
    items: company.items,
    others: company.others,
    severity: severity.estimable ? inTenths(spanOf(severity, 'points')) : null,
    noSeverity: severity.estimable ? null : severity.reason,
    same: shareOf(rater.consensus.same),
    far: shareOf(rater.consensus.far),
    sameOfOthers: meanSame(figures.raterList.filter(({ id }) => id !== raterId)),
    erratic: fitReading(rater) === 'erratic',
    dimensions: figures.dimensions.map(({ name, levels }, d) => ({
      name,
      levels,
      own: sharesOf(rater.levels.own[d] ?? []),
      others: coarseShares(rater.levels.others[d] ?? []),
      beside: besideOn(figures, raterId, d),
    })),
  }
}

const inTenths = ({ value, low, high }: Span) => ({
  value: tenth(value),
  low: tenth(low),
  high: tenth(high),
  clear: low > 0 || high < 0,
})

const tenth = (value: number): number => Math.round(value * 10) / 10 + 0

/** In steps of 5 %, from 5 to 95 %. */
export function coarse(share: number): number {
  const steps = Math.min(1 / STEP - 1, Math.max(1, Math.round(share / STEP)))
  return Math.round(steps * STEP * 100) / 100
}

function shareOf(share: RaterFigures['consensus']['same']): Share | null {
  if (!share.estimable) return null
  const { estimate, interval } = share
  return {
    share: coarse(estimate),
    low: coarse(interval.estimable ? interval.low : 0),
    high: coarse(interval.estimable ? interval.high : 1),
  }
}

function meanSame(others: readonly RaterFigures[]): number | null {
  const known = others.flatMap(({ consensus: { same } }) => (same.estimable ? [same.estimate] : []))
  if (known.length < FEWEST_OTHERS) return null
  return coarse(known.reduce((sum, share) => sum + share, 0) / known.length)
}

function sharesOf(counts: readonly number[]): number[] | null {
  const all = counts.reduce((sum, n) => sum + n, 0)
  return all === 0 ? null : counts.map((n) => n / all)
}

const coarseShares = (counts: readonly number[]): number[] | null => sharesOf(counts)?.map(coarse) ?? null

function besideOn(figures: CalibrationFigures, raterId: string, dimension: number): number | null {
  const one = largestContrasts(figures).find(
    (contrast) => contrast.rater === raterId && contrast.dimension === dimension,
  )
  return one?.clear ? tenth(contrastSpan(one).value) : null
}
