import type { Readings } from './readings.ts'

/** What either method gives for reporting. */
export interface Solution {
  readonly estimable: true
  readonly logLikelihood: number
  readonly itemSd: number | null
  readonly remarks: readonly string[]
  readonly readings: Readings
  /** Severity from the mean of the rater's component. */
  severity(rater: number): { readonly logit: number; readonly se: number; readonly robustSe: number | null }
  difficulty(dimension: number): { readonly logit: number; readonly se: number }
  /** Threshold into the level with this index, about the difficulty; both levels must be in use. */
  threshold(dimension: number, level: number): { readonly logit: number; readonly se: number | null }
}
