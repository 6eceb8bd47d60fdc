import { studentTwoSided } from '../../inference/student.ts'
import { robustMean } from '../decomposition/robust-mean.ts'
import type { MeanChange } from './mean-change.ts'

/** A rater's change less that of the others, its standard error, and the p of "the same as theirs". */
export interface Beyond {
  readonly difference: number
  readonly se: number
  readonly p: number
}

/** With fewer it cannot be said what the others did; then a change is held against none. */
const FEWEST_OTHERS = 2
/** Of changes without any spread, so that equal ones are equal and others are not. */
const LEAST_VARIANCE = 1e-18

/**
 * Each change against the robust mean of the others. A handful of differences in whole levels may be all alike by chance: the
 * variance of a rater's differences is taken to be no less than that of all raters together (as in an analysis of variance), with
 * the degrees of freedom of the one that is used. The others' error counts too.
 */
export function beyondOthers(changes: readonly MeanChange[]): Beyond[] {
  const freedom = changes.reduce((sum, { items }) => sum + items - 1, 0)
  const pooled = changes.reduce((sum, { se, items }) => sum + (items - 1) * items * se ** 2, 0) / freedom
  const known = changes.map(({ estimate, se, items }) => {
    const common = Math.max(pooled / items, LEAST_VARIANCE)
    return se ** 2 > common
      ? { estimate, variance: se ** 2, df: items - 1 }
      : { estimate, variance: common, df: freedom }
  })
  return known.map((one, index) => against(one, known.toSpliced(index, 1)))
}

interface Known {
  readonly estimate: number
  readonly variance: number
  readonly df: number
}

function against({ estimate, variance, df }: Known, others: readonly Known[]): Beyond {
  if (others.length < FEWEST_OTHERS) return beyond(estimate, variance, df)
  const { mean, shares } = robustMean(
    others.map((one) => one.estimate),
    others.map((one) => one.variance),
  )
  const error = others.reduce((sum, one, index) => sum + (shares[index] as number) * one.variance, variance)
  return beyond(estimate - mean, error, df)
}

function beyond(difference: number, variance: number, df: number): Beyond {
  const se = Math.sqrt(variance)
  return { difference, se, p: studentTwoSided(difference / se, df) }
}
