/** What the baseline leads one to expect of a rater's score on an anchor, in score points. */
export interface Expectation {
  readonly mean: number
  /** Variance of a score about its mean if the anchor's quality were known. */
  readonly noise: number
  /** Variance of the mean because the anchor's quality is known from a few baseline ratings only. */
  readonly itemVariance: number
  /** How many points the mean falls when the rater is one unit more severe, and rises when the anchor is one unit better. */
  readonly slope: number
}

/** What is known from the baseline. Severities are in the model's own unit: logits or points. */
export interface AnchorModel {
  expect(item: number, rater: number): Expectation
  /** Standard error of a rater's frozen severity. */
  severityError(rater: number): number
  /** Covariance of the errors of two raters' frozen severities. */
  severityCovariance(one: number, other: number): number
  /**
   * What an error of a rater's severity adds to the level taken for an anchor: by this weight of it, because the anchor's baseline
   * ratings came from these raters. It cancels most of the same error in what is expected of the same raters later.
   */
  learnedFrom(item: number): readonly Learned[]
  /** Standard error of the mean quality that anchors' levels are drawn towards: it comes from the same baseline. */
  readonly centreError: number
  /** How much of an error of that mean is in the level taken for an anchor: what its own ratings leave open. */
  centreWeight(item: number): number
  /** Degrees of freedom that `noise` was learned from in the baseline; Infinity where it is known. */
  readonly noiseDegrees: number
}

export interface Learned {
  readonly rater: number
  readonly weight: number
}
