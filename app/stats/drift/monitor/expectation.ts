/** What the baseline leads one to expect of a rater's score on an anchor, in score points. */
export interface Expectation {
  readonly mean: number
  /** Variance of a score about its mean if the anchor's quality were known. */
  readonly noise: number
  /** Variance of the mean because the anchor's quality is known from a few baseline ratings only. */
  readonly itemVariance: number
  /** Variance of the mean because the rater's severity is known with an error. */
  readonly severityVariance: number
}

/** Expectations of the baseline, by anchor and rater. */
export type AnchorModel = (item: number, rater: number) => Expectation
