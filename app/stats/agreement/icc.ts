import {
  analyticInterval,
  type Estimate,
  type Estimated,
  type Interval,
  type NotEstimable,
  notEstimable,
} from '../estimate.ts'
import { fisherQuantile, fisherUpperTail } from '../inference/fisher.ts'
import type { CompleteBlock } from './complete-block.ts'

/** Mean squares of the two-way analysis of variance of n items by k raters: rows (items), columns (raters), error, within. */
export interface MeanSquares {
  readonly items: number
  readonly raters: number
  readonly rows: number
  readonly columns: number
  readonly error: number
  readonly within: number
}

/** An intraclass correlation with its F test of no differences between items. */
export interface Icc extends Estimate {
  readonly f: number
  readonly df1: number
  readonly df2: number
  readonly p: number
}

/**
 * The six intraclass correlations. 1: each item rated by other raters; 2: these raters stand for others, and their severity
 * counts as error (absolute agreement); 3: these raters only, severity taken out. `k` is the mean of all raters.
 */
export interface IccForms {
  readonly estimable: true
  readonly meanSquares: MeanSquares
  readonly icc1: Estimated<Icc>
  readonly icc2: Estimated<Icc>
  readonly icc3: Estimated<Icc>
  readonly icc1k: Estimated<Icc>
  readonly icc2k: Estimated<Icc>
  readonly icc3k: Estimated<Icc>
}

export function meanSquaresOf({ items, raters, scores: given }: CompleteBlock): MeanSquares {
  // scores that are all equal must leave nothing: the mean of thirty 3s need not be 3 to the last digit, that of thirty 0s is 0
  const scores = given.map((score) => score - (given[0] as number))
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  const rowMeans = new Float64Array(items)
  const columnMeans = new Float64Array(raters)
  scores.forEach((score, i) => {
    const row = Math.floor(i / raters)
    const column = i % raters
    rowMeans[row] = (rowMeans[row] as number) + score / raters
    columnMeans[column] = (columnMeans[column] as number) + score / items
  })
  let error = 0
  let within = 0
  scores.forEach((score, i) => {
    const row = rowMeans[Math.floor(i / raters)] as number
    error += (score - row - (columnMeans[i % raters] as number) + mean) ** 2
    within += (score - row) ** 2
  })
  const about = (means: Float64Array) => means.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    items,
    raters,
    rows: (raters * about(rowMeans)) / (items - 1),
    columns: (items * about(columnMeans)) / (raters - 1),
    error: error / ((items - 1) * (raters - 1)),
    within: within / (items * (raters - 1)),
  }
}

/**
 * ICC(1,1), (2,1), (3,1) and (.,k) of a complete block with F tests and 95 % intervals (Shrout & Fleiss 1979; McGraw & Wong
 * 1996). Negative estimates are reported as they are.
 */
export function iccForms(block: CompleteBlock): Estimated<IccForms> {
  const meanSquares = meanSquaresOf(block)
  const { items: n, raters: k, rows, columns, error, within } = meanSquares
  const negligible = 1e-12 * Math.max(rows, columns, 1e-300)
  if (rows <= negligible && error <= negligible) return notEstimable('no variation between items')

  const oneWay = { n, k, rows, rest: within, df2: n * (k - 1) }
  const twoWay = { n, k, rows, rest: error, df2: (n - 1) * (k - 1) }
  const spread = rows + (k - 1) * error + (k * (columns - error)) / n
  const limits = agreementLimits(meanSquares, (rows - error) / spread)
  return {
    estimable: true,
    meanSquares,
    icc1: form(
      oneWay,
      rows + (k - 1) * within,
      ratioInterval(oneWay, (f) => (f - 1) / (f + k - 1)),
    ),
    icc1k: form(
      oneWay,
      rows,
      ratioInterval(oneWay, (f) => 1 - 1 / f),
    ),
    icc2: form(twoWay, spread, limits),
    icc2k: form(twoWay, rows + (columns - error) / n, steppedUp(limits, k)),
    icc3: form(
      twoWay,
      rows + (k - 1) * error,
      ratioInterval(twoWay, (f) => (f - 1) / (f + k - 1)),
    ),
    icc3k: form(
      twoWay,
      rows,
      ratioInterval(twoWay, (f) => 1 - 1 / f),
    ),
  }
}

/** (rows - rest)/spread with its F test; without meaning where the spread it is a share of is not positive. */
function form({ n, rows, rest, df2 }: Way, spread: number, interval: Interval | NotEstimable): Estimated<Icc> {
  if (spread <= 1e-12 * (rows + rest)) return notEstimable('items differ less than chance alone would make them differ')
  const f = rows / rest
  const p = fisherUpperTail(f, n - 1, df2)
  const known = {
    estimable: true,
    estimate: (rows - rest) / spread,
    interval,
    items: n,
    f,
    df1: n - 1,
    df2,
    p,
  } as const
  // raters who never differ leave nothing to divide by
  return rest <= 1e-12 * rows ? known : { ...known, test: { statistic: 'f', value: f, df: [n - 1, df2], p } }
}

interface Way {
  readonly n: number
  readonly k: number
  readonly rows: number
  readonly rest: number
  readonly df2: number
}

const PERFECT = 'the raters never differ, so the error has no spread to judge by'
const LEVEL = 'all items have the same mean, so nothing tells how far they may lie apart'

/** Interval of a form that depends on the F ratio alone. */
function ratioInterval({ n, rows, rest, df2 }: Way, transform: (f: number) => number): Interval | NotEstimable {
  if (rest <= 1e-12 * rows) return notEstimable(PERFECT)
  if (rows <= 1e-12 * rest) return notEstimable(LEVEL)
  const f = rows / rest
  const low = transform(f / fisherQuantile(0.975, n - 1, df2))
  return analyticInterval(low, transform(f * fisherQuantile(0.975, df2, n - 1)), 'f')
}

/** Interval of ICC(2,1) with Satterthwaite's degrees of freedom (McGraw & Wong 1996, table 7). */
function agreementLimits(
  { items: n, raters: k, rows, columns, error }: MeanSquares,
  r: number,
): Interval | NotEstimable {
  if (error <= 1e-12 * rows) return notEstimable(PERFECT)
  if (rows <= 1e-12 * error) return notEstimable(LEVEL)
  const df = satterthwaite(n, k, columns, error, r)
  const mix = k * columns + (k * n - k - n) * error
  const lowF = fisherQuantile(0.975, n - 1, df)
  const highF = fisherQuantile(0.975, df, n - 1)
  const low = (n * (rows - lowF * error)) / (lowF * mix + n * rows)
  const high = (n * (highF * rows - error)) / (mix + n * highF * rows)
  if (!Number.isFinite(low) || !Number.isFinite(high)) return notEstimable('the design is too small for an interval')
  return analyticInterval(low, high, 'f')
}

/** Degrees of freedom of the error of ICC(2,1) at its estimate r. */
export function satterthwaite(n: number, k: number, columns: number, error: number, r: number): number {
  const a = (k * r) / (n * (1 - r))
  const b = 1 + (k * r * (n - 1)) / (n * (1 - r))
  return (a * columns + b * error) ** 2 / ((a * columns) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
}

/** Spearman-Brown: the limits for the mean of k raters from those for one; r must lie above the pole at -1/(k - 1). */
function steppedUp(limits: Interval | NotEstimable, k: number): Interval | NotEstimable {
  if (!limits.estimable) return limits
  if (1 + (k - 1) * limits.low <= 0) return notEstimable('the lower end lies beyond what a mean of raters can have')
  const up = (r: number) => (k * r) / (1 + (k - 1) * r)
  return analyticInterval(up(limits.low), up(limits.high), 'f')
}
