import type { FitSums } from './fit-statistics.ts'

/** How much more severe a rater is on one dimension than over all of theirs, from residuals. */
export interface Interaction {
  readonly rater: number
  readonly dimension: number
  readonly scores: number
  /** Mean residual in score points: below 0 is more severe here than elsewhere. */
  readonly points: number
  readonly pointsSe: number
  /** The same in logits (positive is severe), by one Newton step from the main effects, with its standard error. */
  readonly logit: number
  readonly se: number
  readonly z: number
}

/** Scores that the model leaves less room than this to vary tell nothing of a contrast. */
const LEAST_VARIANCE = 1e-9

/**
 * Rater x dimension contrasts (bias terms of Linacre 1989) for raters who scored two dimensions or more. The residuals of a rater
 * sum to 0 over dimensions, which their variance V_d (1 - V_d / sum V) takes into account; that items were estimated from the
 * same scores is not taken into account and makes z slightly too small. A dimension that nobody else scored is left out: its difficulty
 * takes up whatever its one rater does there.
 */
export function interactionsOf(cells: FitSums, raters: number, dimensions: number): Interaction[] {
  const found: Interaction[] = []
  const scorers = Array.from({ length: dimensions }, (_, d) =>
    Array.from({ length: raters }, (_, rater) => cells.scores[rater * dimensions + d] as number).reduce(
      (count, scores) => count + (scores > 0 ? 1 : 0),
      0,
    ),
  )
  for (let rater = 0; rater < raters; rater++) {
    const rows = Array.from({ length: dimensions }, (_, d) => rater * dimensions + d)
    const seen = rows.filter((cell) => (cells.scores[cell] as number) > 0)
    if (seen.length < 2) continue
    const total = seen.reduce((sum, cell) => sum + (cells.variance[cell] as number), 0)
    for (const cell of seen) {
      const [residual, variance] = [cells.residual[cell] as number, cells.variance[cell] as number]
      const left = variance * (1 - variance / total)
      if (!(left > LEAST_VARIANCE) || scorers[cell - rater * dimensions] === 1) continue
      found.push({
        rater,
        dimension: cell - rater * dimensions,
        scores: cells.scores[cell] as number,
        points: residual / (cells.scores[cell] as number),
        pointsSe: Math.sqrt(left) / (cells.scores[cell] as number),
        logit: -residual / variance,
        se: Math.sqrt(left) / variance,
        z: -residual / Math.sqrt(left),
      })
    }
  }
  return found
}
