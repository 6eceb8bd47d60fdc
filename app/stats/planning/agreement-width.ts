import { alphaOf as alphaStatistic } from '../agreement/alpha.ts'
import type { Metric } from '../agreement/metric.ts'
import { bootstrapIntervals } from '../inference/bootstrap.ts'
import { jackknifeError } from '../inference/bootstrap-t.ts'
import { type Statistic, sumsOf } from '../inference/contributions.ts'
import { seededRandom } from '../random.ts'
import { latentLevels } from './latent-levels.ts'
import { type SetDrawer, setDrawer } from './rating-sets.ts'

/** What is known or assumed of the ratings to come. */
export interface ExpectedAgreement {
  readonly alpha: number
  /** Share of each level. */
  readonly shares: readonly number[]
  readonly metric?: Metric
}

export interface WidthOptions {
  /** Simulated sets of ratings of each size that is tried, 120 by default. */
  readonly sets?: number
  readonly seed?: number
}

/** Of so many sets the interval itself is made; from so many items up it is as wide as its error says. */
const SETS_WITH_INTERVAL = 60
const AS_THE_ERROR_FROM = 1_000
/** Enough for a mean over sets: what few draws leave to chance in one interval cancels out. */
const DRAWS = 199
const NORMAL = 1.959964

/** If fewer of the sets than this have an interval, it cannot be counted on. */
const LEAST_WITH_INTERVAL = 0.5

/**
 * Width of the 95 % interval of alpha to expect from `items` items, each rated by `raters` raters: the mean over simulated sets of
 * ratings of that size; infinite where half of them have no interval.
 */
export function expectedWidth(
  expected: ExpectedAgreement,
  items: number,
  raters: number,
  options: WidthOptions = {},
): number {
  const widths = widthsOf(expected, raters, options)
  return widths.byError(items) * widths.stretch(items)
}

interface Widths {
  /** Mean over sets of 2 x 1.96 jackknife errors: quick. */
  readonly byError: (items: number) => number
  /** How many times that wide the intervals themselves are, in the mean over sets: a tenth more where alpha is high and items few. */
  readonly stretch: (items: number) => number
}

function widthsOf(
  { alpha, shares, metric = 'ordinal' }: ExpectedAgreement,
  raters: number,
  { sets = 120, seed = 1 }: WidthOptions,
): Widths {
  const draw = setDrawer(latentLevels(alpha, shares, metric), raters)
  const levels = shares.map((_, k) => k)
  const statistic = alphaStatistic(metric, levels)
  return {
    byError: (items) => errorWidth(draw, items, statistic, sets, seed),
    stretch: (items) => (items >= AS_THE_ERROR_FROM ? 1 : stretchOf(draw, items, statistic, seed)),
  }
}

function errorWidth(draw: SetDrawer, items: number, statistic: Statistic, sets: number, seed: number): number {
  const random = seededRandom(seed)
  let sum = 0
  for (let set = 0; set < sets; set++) {
    const made = draw(items, random)
    sum += jackknifeError(made, made.sizes, sumsOf(made), items, statistic)
  }
  return (2 * NORMAL * sum) / sets
}

function stretchOf(draw: SetDrawer, items: number, statistic: Statistic, seed: number): number {
  const random = seededRandom(seed)
  let [intervals, errors, found] = [0, 0, 0]
  for (let set = 0; set < SETS_WITH_INTERVAL; set++) {
    const made = draw(items, random)
    errors += 2 * NORMAL * jackknifeError(made, made.sizes, sumsOf(made), items, statistic)
    const { alpha } = bootstrapIntervals(
      made,
      { alpha: { statistic, kind: 'coefficient' } },
      { draws: DRAWS, seed: set },
    )
    if (!alpha.estimable) continue
    intervals += alpha.high - alpha.low
    found++
  }
  if (found < LEAST_WITH_INTERVAL * SETS_WITH_INTERVAL) return Number.POSITIVE_INFINITY
  return intervals / found / (errors / SETS_WITH_INTERVAL)
}

/** A way to reach a wanted width: items rated by so many raters each. */
export interface AgreementPlan {
  readonly raters: number
  readonly items: number
  readonly ratings: number
  /** Expected width at that size: at most the one that was wanted. */
  readonly width: number
}

/** From 20 items up an interval is not a rough one. */
const FEWEST_ITEMS = 20
const MOST_ITEMS = 20_000
const FIRST_LOOK = 150
const ROUNDS = 10
/** The items are found to this share. */
const NEAR = 0.02

/**
 * The items that a wanted width of alpha's interval takes, for each number of raters an item; null where more than 20,000 would be
 * needed.
 *
 * @param width wanted, of the whole 95 % interval
 */
export function itemsForWidth(
  expected: ExpectedAgreement,
  width: number,
  raters: readonly number[],
  options: WidthOptions = {},
): (AgreementPlan | null)[] {
  return raters.map((count) => {
    const { items, found } = search(width, widthsOf(expected, count, options))
    return items > MOST_ITEMS ? null : { raters: count, items, ratings: items * count, width: found }
  })
}

/**
 * The fewest items, at least 20, whose width is at most the wanted one; more than 20,000 where none of these are enough. The width
 * falls about with the square root of the items: a quick look at one size leads to another, whose own width corrects it, until sizes
 * that are enough and too few lie close together. How far intervals are wider than their errors is made anew only where the size
 * has moved, since it changes little.
 */
function search(wanted: number, { byError, stretch }: Widths): { items: number; found: number } {
  let tooFew = FEWEST_ITEMS - 1
  let enough = { items: MOST_ITEMS + 1, found: Number.NaN }
  let items = clamp(Math.ceil(FIRST_LOOK * (byError(FIRST_LOOK) / wanted) ** 2), FEWEST_ITEMS, MOST_ITEMS)
  let [at, times] = [0, 1]
  for (let round = 0; round < ROUNDS && enough.items - tooFew > 1 + NEAR * tooFew; round++) {
    if (Math.abs(items - at) > 0.15 * items) [at, times] = [items, stretch(items)]
    const found = byError(items) * times
    if (found <= wanted) enough = { items, found }
    else tooFew = items
    // a little more than the root says, so that the next size is enough and closes the bracket
    const step = Number.isFinite(found) ? (found / wanted) ** 2 * (1 + NEAR / 2) : 4
    items = clamp(Math.ceil(items * step), tooFew + 1, enough.items - 1)
  }
  return enough
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)
