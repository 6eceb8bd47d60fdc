/** What can be read from a rater's figures: intervals, and which of them are worth a word. */
import type { Severity } from '#app/stats/calibration/calibration.ts'
import { normalQuantile } from '#app/stats/inference/normal.ts'
import type { CalibrationFigures, ContrastFigures, RaterFigures } from './figures.ts'

export type Unit = 'points' | 'logits'

export type Span = { value: number; low: number; high: number }

const Z = 1.959963984540054
const FAMILY = 0.05

/**
 * Severity with a 95 % interval. The larger of the two standard errors counts: the robust one stays right where scores of an
 * item hang together, but is too small where a rater has few items.
 */
export function spanOf({ logit, se, robustSe, points, pointsSe }: Severity, unit: Unit): Span {
  const widened = Math.max(se, robustSe ?? 0)
  const value = unit === 'points' ? points : logit
  const reach = Z * (unit === 'points' ? (pointsSe * widened) / se : widened)
  return { value, low: value - reach, high: value + reach }
}

/** The interval leaves out 0: more severe or more lenient than the average rater. */
export const differs = ({ low, high }: Span): boolean => low > 0 || high < 0

/** Raters with a severity, the most severe first; then the others, by id. */
export function bySeverity(raters: readonly RaterFigures[]): RaterFigures[] {
  const place = ({ severity }: RaterFigures) => (severity.estimable ? severity.points : Number.POSITIVE_INFINITY)
  return [...raters].sort((a, b) => {
    const [one, two] = [place(a), place(b)]
    return one === two ? (a.id < b.id ? -1 : 1) : one - two
  })
}

/** From here up a rater is harder to predict than the model has it, from here down easier (Linacre 2002). */
export const MISFIT_FROM = 1.5
export const OVERFIT_TO = 0.5
/** Below so many scores a mean square says too little. */
export const FEWEST_FOR_FIT = 30

export type FitReading = 'erratic' | 'too even' | 'as expected' | 'too few scores' | 'none'

/** The reading of infit and outfit together: what is outside the band, erratic before too even. */
export function fitReading({ fit }: Pick<RaterFigures, 'fit'>): FitReading {
  if (!fit.estimable) return 'none'
  if (fit.scores < FEWEST_FOR_FIT) return 'too few scores'
  if (fit.infit > MISFIT_FROM || fit.outfit > MISFIT_FROM) return 'erratic'
  if (fit.infit < OVERFIT_TO || fit.outfit < OVERFIT_TO) return 'too even'
  return 'as expected'
}

/** Contrasts by size, with those marked that would be surprising even as the largest of all (Bonferroni, 5 %). */
export function largestContrasts({
  contrasts,
}: Pick<CalibrationFigures, 'contrasts'>): (ContrastFigures & { clear: boolean })[] {
  const limit = contrasts.length === 0 ? Number.POSITIVE_INFINITY : normalQuantile(1 - FAMILY / contrasts.length / 2)
  return contrasts
    .map((one) => ({ ...one, clear: Math.abs(one.z) > limit }))
    .sort((a, b) => Number(b.clear) - Number(a.clear) || Math.abs(b.points) - Math.abs(a.points))
}

/** A contrast's points with their 95 % interval. */
export const contrastSpan = ({ points, pointsSe }: ContrastFigures): Span => ({
  value: points,
  low: points - Z * pointsSe,
  high: points + Z * pointsSe,
})
