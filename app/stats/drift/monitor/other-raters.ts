import { robustMean } from '../decomposition/robust-mean.ts'
import type { RaterSeries } from './rater-series.ts'

/** What the raters other than one did in a period, and the errors of that: the period's own, and the baseline's. */
export interface Others {
  /** Their residual, score points. */
  readonly mean: number
  readonly errorVariance: number
  readonly baselineVariance: number
}

/** With fewer it cannot be said what the others did. */
const FEWEST_OTHERS = 2
const NOBODY: Others = { mean: 0, errorVariance: 0, baselineVariance: 0 }

/**
 * What the others did: the robust mean of their residuals, of which a few who changed are no part. Without the rater, for of a
 * panel's robust mean a rater is a part only while he or she is near it: the distance from it would seem to have a small error, and
 * yet be large as often as the distance from the others.
 */
export function otherRaters(all: readonly RaterSeries[]): (rater: number, period: number) => Others {
  const byPeriod = new Map<number, (Others & { readonly rater: number })[]>()
  for (const { rater, series } of all)
    series.periods.forEach((period, index) => {
      const [mean, errorVariance] = [series.means[index] as number, series.errorVariance[index] as number]
      const one = { rater, mean, errorVariance, baselineVariance: series.baselineVariance }
      const known = byPeriod.get(period)
      if (known === undefined) byPeriod.set(period, [one])
      else known.push(one)
    })
  return (rater, period) => together((byPeriod.get(period) ?? []).filter((one) => one.rater !== rater))
}

function together(present: readonly Others[]): Others {
  if (present.length < FEWEST_OTHERS) return NOBODY
  const { mean, shares } = robustMean(
    present.map((one) => one.mean),
    present.map(({ errorVariance, baselineVariance }) => errorVariance + baselineVariance),
  )
  const error = (of: (one: Others) => number) =>
    present.reduce((sum, one, index) => sum + (shares[index] as number) * of(one), 0)
  return {
    mean,
    errorVariance: error(({ errorVariance }) => errorVariance),
    baselineVariance: error(({ baselineVariance }) => baselineVariance),
  }
}
