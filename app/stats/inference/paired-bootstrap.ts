import { type Estimate, type Estimated, notEstimable } from '../estimate.ts'
import { seededRandom } from '../random.ts'
import { bcaInterval, bcaPlace } from './bca.ts'
import type { BootstrapOptions } from './bootstrap.ts'
import { type Contributions, itemCount, type Statistic, sumsOf } from './contributions.ts'
import { drawValues } from './draws.ts'
import { jackknifeMoments, leaveOneOut } from './jackknife.ts'
import { normalCdf, normalQuantile } from './normal.ts'

/** First minus second, of two figures on the same items, with the interval of the difference. */
export interface PairedDifference extends Estimate {
  readonly first: number
  readonly second: number
  /** Two-sided p of no difference: the level at which the interval just reaches 0; never below 1 in the number of draws. */
  readonly p: number
}

const NONE_BELOW = 10
const ROUGH_BELOW = 20
const MOST_MISSING = 0.1

/**
 * Test of two figures on the same items: both are computed in the same resamples of the items, so that what the items have in
 * common cancels (paired bootstrap; Efron & Tibshirani 1993, chapter 16; the BCa interval of the difference, inverted for p).
 *
 * @param contributions what each group of items adds to the sums of both figures
 */
export function pairedDifference(
  contributions: Contributions,
  first: Statistic,
  second: Statistic,
  { draws = 2000, seed = 1, confidence = 0.95 }: BootstrapOptions = {},
): Estimated<PairedDifference> {
  const items = itemCount(contributions)
  const sums = sumsOf(contributions)
  const [one, other] = [first(sums, items), second(sums, items)]
  if (Number.isNaN(one) || Number.isNaN(other))
    return notEstimable('one of the two figures does not exist on the items that both have')
  const known = { estimable: true, estimate: one - other, first: one, second: other, items } as const
  if (items < NONE_BELOW)
    return {
      ...known,
      p: 1,
      interval: notEstimable(`a test needs at least ${NONE_BELOW} items with both figures; there are ${items}`),
    }
  const difference: Statistic = (at, of) => first(at, of) - second(at, of)
  const [values] = drawValues(contributions, [difference], draws, seededRandom(seed))
  const sorted = (values as Float64Array).filter((value) => !Number.isNaN(value)).sort()
  const dropped = draws - sorted.length
  if (dropped > MOST_MISSING * draws)
    return {
      ...known,
      p: 1,
      interval: notEstimable(`too few items differ: ${dropped} of ${draws} bootstrap draws hold no variation`),
    }
  if ((sorted.at(-1) as number) - (sorted[0] as number) < 1e-12)
    return {
      ...known,
      p: 1,
      interval: notEstimable(
        'the difference is the same in every resample, so its spread says nothing about the error',
      ),
    }
  const leftOut = leaveOneOut(contributions, contributions.sizes, sums, items, difference)
  const moments = jackknifeMoments(leftOut, contributions.sizes)
  const [low, high] = bcaInterval(known.estimate, sorted, moments, confidence)
  return {
    ...known,
    p: twoSided(bcaPlace(known.estimate, sorted, moments), shareBelowZero(sorted), sorted.length),
    interval: { estimable: true, low, high, method: 'bca', rough: items < ROUGH_BELOW, draws, dropped },
  }
}

/** The tail that BCa gives to 0, doubled. */
function twoSided({ bias, acceleration }: ReturnType<typeof bcaPlace>, below: number, draws: number): number {
  // no draw on the other side of 0: beyond what so many draws can tell
  if (below <= 0.5 / draws || below >= 1 - 0.5 / draws) return 1 / draws
  const shifted = normalQuantile(below) - bias
  const tail = normalCdf(shifted / (1 + acceleration * shifted) - bias)
  return Math.min(1, Math.max(2 * Math.min(tail, 1 - tail), 1 / draws))
}

/** Share of draws below 0, half of the ties in it, kept off 0 and 1. */
function shareBelowZero(sorted: Float64Array): number {
  let below = 0
  for (const value of sorted) {
    if (value < -1e-12) below++
    else if (value <= 1e-12) below += 0.5
  }
  return Math.min(Math.max(below, 0.5), sorted.length - 0.5) / sorted.length
}
