import { analyticInterval, type Estimate, type Estimated, notEstimable } from '../estimate.ts'
import { studentQuantile, studentTwoSided } from '../inference/student.ts'

/** A coefficient (pa - pe)/(1 - pe) with its analytic standard error over items. */
export interface ChanceCorrected extends Estimate {
  /** Observed and chance agreement. */
  readonly observed: number
  readonly expected: number
  readonly standardError: number
  /** Two-sided p of the hypothesis that the coefficient is 0. */
  readonly p: number
}

/** What one or more equal items contribute to a coefficient: its value is the mean of these values over items. */
export interface UnitValue {
  readonly size: number
  readonly value: number
}

/** Least standard error that is more than rounding. */
const NO_SPREAD = 1e-12

/**
 * A coefficient with the standard error of a mean over items, sum (g_i - coef)^2 / (n (n - 1)), and a t interval with n - 1
 * degrees of freedom whose upper end is cut at 1 (Gwet 2014, chapter 5).
 */
export function chanceCorrected(
  estimate: number,
  observed: number,
  expected: number,
  values: Iterable<UnitValue>,
  confidence = 0.95,
): ChanceCorrected {
  let items = 0
  let squares = 0
  for (const { size, value } of values) {
    items += size
    squares += size * (value - estimate) ** 2
  }
  return withStandardError(estimate, observed, expected, Math.sqrt(squares / (items * (items - 1))), items, confidence)
}

/** With fewer items the t interval holds the truth in 90 to 95 of 100 cases, least of all with weights: docs/methods/agreement.md. */
export const ROUGH_BELOW_ITEMS = 30

/** A coefficient whose standard error is known, with its t interval. */
export function withStandardError(
  estimate: number,
  observed: number,
  expected: number,
  standardError: number,
  items: number,
  confidence = 0.95,
): ChanceCorrected {
  const known = { estimable: true, estimate, observed, expected, items } as const
  if (items < 2) return { ...known, standardError: 0, p: 1, interval: notEstimable('an interval needs two items') }
  if (standardError < NO_SPREAD)
    return {
      ...known,
      standardError,
      p: 0,
      interval: notEstimable('all items look the same, so their spread says nothing about the error'),
    }
  const reach = studentQuantile((1 + confidence) / 2, items - 1) * standardError
  return {
    ...known,
    standardError,
    p: studentTwoSided(estimate / standardError, items - 1),
    interval: analyticInterval(estimate - reach, Math.min(1, estimate + reach), 'student-t', items < ROUGH_BELOW_ITEMS),
  }
}

export type Corrected = Estimated<ChanceCorrected>
