import { alphaOf as alphaStatistic } from '../agreement/alpha.ts'
import type { Metric } from '../agreement/metric.ts'
import { bootstrapIntervals } from '../inference/bootstrap.ts'
import { jackknifeError } from '../inference/bootstrap-t.ts'
import { type Contributions, type Statistic, sumsOf } from '../inference/contributions.ts'
import { seededRandom } from '../random.ts'
import { type LatentLevels, latentLevels } from './latent-levels.ts'
import { setDrawer } from './rating-sets.ts'

/** What is known or assumed of the ratings to come. */
export interface ExpectedAgreement {
  readonly alpha: number
  /** Share of each level. */
  readonly shares: readonly number[]
  readonly metric?: Metric
}

export interface WidthOptions {
  /** Simulated sets of ratings, 150 by default. */
  readonly sets?: number
  readonly seed?: number
}

/** Up to this many items the interval of each set is made as it will be; beyond, 2 x 1.96 jackknife errors are as wide. */
const BY_INTERVAL_UP_TO = 1_000
/** Enough for a mean over sets: what few draws leave to chance in one interval cancels out. */
const DRAWS = 199
const NORMAL = 1.959964

/** If fewer of the sets than this have an interval, it cannot be counted on. */
const LEAST_WITH_INTERVAL = 0.5

/**
 * Width of the 95 % interval of alpha to expect from `items` items, each rated by `raters` raters: the mean width of the intervals of
 * simulated sets of ratings of that size; infinite where half of them have none.
 */
export function expectedWidth(
  expected: ExpectedAgreement,
  items: number,
  raters: number,
  options: WidthOptions = {},
): number {
  const model = latentLevels(expected.alpha, expected.shares, expected.metric)
  return widthUnder(model, expected, items, raters, options)
}

function widthUnder(
  model: LatentLevels,
  { shares, metric = 'ordinal' }: ExpectedAgreement,
  items: number,
  raters: number,
  { sets = 150, seed = 1 }: WidthOptions,
  widthOf = items <= BY_INTERVAL_UP_TO ? byInterval : byError,
): number {
  const statistic = alphaStatistic(
    metric,
    shares.map((_, k) => k),
  )
  const draw = setDrawer(model, items, raters, seededRandom(seed))
  let [sum, found] = [0, 0]
  for (let set = 0; set < sets; set++) {
    const width = widthOf(draw(), items, statistic, set)
    if (width === null) continue
    sum += width
    found++
  }
  return found < LEAST_WITH_INTERVAL * sets ? Number.POSITIVE_INFINITY : sum / found
}

function byInterval(set: Contributions, _items: number, statistic: Statistic, seed: number): number | null {
  const { alpha } = bootstrapIntervals(set, { alpha: { statistic, kind: 'coefficient' } }, { draws: DRAWS, seed })
  return alpha.estimable ? alpha.high - alpha.low : null
}

function byError(set: Contributions, items: number, statistic: Statistic): number | null {
  const error = jackknifeError(set, set.sizes, sumsOf(set), items, statistic)
  return error > 0 ? 2 * NORMAL * error : null
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
const ROUNDS = 12
/** The fewest items are found to this share. */
const NEAR = 0.02

/**
 * The items that a wanted width of alpha's interval takes, for each number of raters an item; null where more than 20,000 would be
 * needed. The width falls about with the square root of the items: a quick look at one size leads to another, whose own width corrects
 * it, until sizes that are enough and too few lie close together.
 *
 * @param width wanted, of the whole 95 % interval
 */
export function itemsForWidth(
  expected: ExpectedAgreement,
  width: number,
  raters: readonly number[],
  options: WidthOptions = {},
): (AgreementPlan | null)[] {
  const model = latentLevels(expected.alpha, expected.shares, expected.metric)
  return raters.map((count) => {
    const look = widthUnder(model, expected, FIRST_LOOK, count, options, byError)
    const first = Math.max(FEWEST_ITEMS, Math.ceil(Math.min(FIRST_LOOK * (look / width) ** 2, MOST_ITEMS)))
    const { items, found } = search(width, first, (size) => widthUnder(model, expected, size, count, options))
    return items > MOST_ITEMS ? null : { raters: count, items, ratings: items * count, width: found }
  })
}

/** The fewest items, at least 20, whose width is at most the wanted one; more than 20,000 where none of these are enough. */
function search(wanted: number, first: number, widthOf: (items: number) => number): { items: number; found: number } {
  let tooFew = FEWEST_ITEMS - 1
  let enough = { items: MOST_ITEMS + 1, found: Number.NaN }
  let items = first
  for (let round = 0; round < ROUNDS && enough.items - tooFew > 1 + NEAR * tooFew; round++) {
    const found = widthOf(items)
    if (found <= wanted) enough = { items, found }
    else tooFew = items
    // a little more than the root says, so that the next size is enough and closes the bracket
    const step = Number.isFinite(found) ? (found / wanted) ** 2 * (1 + NEAR / 2) : 4
    items = Math.min(Math.max(Math.ceil(items * step), tooFew + 1), enough.items - 1)
  }
  return enough
}
