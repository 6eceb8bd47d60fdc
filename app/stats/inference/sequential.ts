/**
 * Wald's sequential probability ratio test of a chance of success (Wald 1945, "Sequential tests of statistical hypotheses"):
 * start at 0, add ln(p1/p0) for a success and ln((1-p1)/(1-p0)) for a failure; pass at or above `upper`, fail at or below `lower`.
 */
export interface SequentialTest {
  /** Chance of success of one who should fail, and of one who should pass: 0 < p0 < p1 < 1. */
  readonly p0: number
  readonly p1: number
  readonly upper: number
  readonly lower: number
  /** After `items` observations without a decision: pass with at least `cut` successes. Without a cap the test may go on for ever. */
  readonly cap?: { readonly items: number; readonly cut: number }
}

export type Decision = 'pass' | 'fail' | 'continue'

/** Chances of passing at p0 (alpha) and of failing at p1 (beta). */
export interface ErrorRates {
  readonly alpha: number
  readonly beta: number
}

/**
 * The test with Wald's bounds ln((1-beta)/alpha) and ln(beta/(1-alpha)), uncapped. Overshoot makes its true error rates smaller.
 *
 * @throws RangeError when the chances or error rates are out of order
 */
export function waldTest(p0: number, p1: number, { alpha, beta }: ErrorRates): SequentialTest {
  if (!(p0 > 0 && p0 < p1 && p1 < 1)) throw new RangeError(`the chances must be 0 < p0 < p1 < 1, not ${p0} and ${p1}`)
  if (!(alpha > 0 && beta > 0 && alpha + beta < 1))
    throw new RangeError(`error rates must be positive and together below 1, not ${alpha} and ${beta}`)
  return { p0, p1, upper: Math.log((1 - beta) / alpha), lower: Math.log(beta / (1 - alpha)) }
}

/** What a success and a failure add to the log likelihood ratio. */
export function stepsOf({ p0, p1 }: Pick<SequentialTest, 'p0' | 'p1'>): { success: number; failure: number } {
  return { success: Math.log(p1 / p0), failure: Math.log((1 - p1) / (1 - p0)) }
}

/** The decision after `successes` among `items` observations, none of the earlier counts having decided. */
export function decisionAt(test: SequentialTest, items: number, successes: number): Decision {
  const { success, failure } = stepsOf(test)
  const ratio = successes * success + (items - successes) * failure
  if (ratio >= test.upper) return 'pass'
  if (ratio <= test.lower) return 'fail'
  if (test.cap === undefined || items < test.cap.items) return 'continue'
  return successes >= test.cap.cut ? 'pass' : 'fail'
}

/** A run of the test: the log likelihood ratio after each observation up to the decision. */
export interface SequentialRun {
  readonly decision: Decision
  /** Observations used; null when more are needed. */
  readonly decidedAfter: number | null
  readonly logLikelihoodRatios: readonly number[]
}

/** Runs the test over outcomes in order; those after the decision are not looked at. */
export function runSequential(test: SequentialTest, outcomes: readonly boolean[]): SequentialRun {
  const { success, failure } = stepsOf(test)
  const logLikelihoodRatios: number[] = []
  let successes = 0
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome) successes++
    const items = index + 1
    logLikelihoodRatios.push(successes * success + (items - successes) * failure)
    const decision = decisionAt(test, items, successes)
    if (decision !== 'continue') return { decision, decidedAfter: items, logLikelihoodRatios }
  }
  return { decision: 'continue', decidedAfter: null, logLikelihoodRatios }
}

/** Wald's approximation of the expected number of items at chance `p`, with the nominal error rates of `waldTest`. */
export function waldExpectedItems(test: SequentialTest, rates: ErrorRates, at: 'p0' | 'p1'): number {
  const { success, failure } = stepsOf(test)
  const p = test[at]
  const pass = at === 'p0' ? rates.alpha : 1 - rates.beta
  return ((1 - pass) * test.lower + pass * test.upper) / (p * success + (1 - p) * failure)
}
