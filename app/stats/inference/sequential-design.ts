import { type ErrorRates, type SequentialTest, stepsOf } from './sequential.ts'

/** A capped test and what it really does. */
export interface DesignedTest {
  readonly test: SequentialTest & { readonly cap: { readonly items: number; readonly cut: number } }
  readonly achieved: ErrorRates
  /** Expected items at p0 and p1. */
  readonly expectedItems: { readonly p0: number; readonly p1: number }
}

/** Bounds tried, in tenths. */
const WIDEST = 50

/**
 * The capped sequential test with the fewest expected items (mean of p0 and p1) among those whose exact error rates are within
 * the wanted ones: bounds on a grid of .1, for each the best cut-off at the cap, all by exact recursion. Wald's own bounds break
 * their error rates once a cap is set.
 *
 * @param capItems most items a candidate is asked, 45 by default
 * @returns null when no test with this cap reaches the error rates
 */
export function designSequential(p0: number, p1: number, wanted: ErrorRates, capItems = 45): DesignedTest | null {
  let best: DesignedTest | null = null
  for (let upper = 1; upper <= WIDEST; upper++)
    for (let lower = 1; lower <= WIDEST; lower++) {
      const found = bestCut({ p0, p1, upper: upper / 10, lower: -lower / 10 }, wanted, capItems)
      if (found !== null && (best === null || meanItems(found) < meanItems(best))) best = found
    }
  return best
}

const meanItems = ({ expectedItems }: DesignedTest): number => (expectedItems.p0 + expectedItems.p1) / 2

function bestCut(
  bounds: { p0: number; p1: number; upper: number; lower: number },
  wanted: ErrorRates,
  capItems: number,
): DesignedTest | null {
  const bad = toTheCap(bounds, bounds.p0, capItems)
  const good = toTheCap(bounds, bounds.p1, capItems)
  if (bad.passes > wanted.alpha || good.fails > wanted.beta) return null
  // the smallest cut that keeps alpha fails the fewest good candidates
  let alpha = bad.passes
  let cut = capItems + 1
  while (cut > 0 && alpha + (bad.open[cut - 1] as number) <= wanted.alpha) alpha += bad.open[--cut] as number
  const beta = good.open.subarray(0, cut).reduce((sum, mass) => sum + mass, good.fails)
  if (beta > wanted.beta) return null
  return {
    test: { ...bounds, cap: { items: capItems, cut } },
    achieved: { alpha, beta },
    expectedItems: { p0: bad.items, p1: good.items },
  }
}

/** The recursion up to the cap: what has been decided before it, and the successes of those still open at it. */
function toTheCap(
  bounds: { p0: number; p1: number; upper: number; lower: number },
  p: number,
  capItems: number,
): { passes: number; fails: number; items: number; open: Float64Array } {
  const { success, failure } = stepsOf(bounds)
  const open = new Float64Array(capItems + 1)
  open[0] = 1
  let passes = 0
  let fails = 0
  let items = 0
  for (let n = 1; n <= capItems; n++) {
    for (let x = n; x >= 0; x--) {
      const mass = (x > 0 ? p * (open[x - 1] as number) : 0) + (x < n ? (1 - p) * (open[x] as number) : 0)
      const ratio = x * success + (n - x) * failure
      const passed = ratio >= bounds.upper
      const failed = !passed && ratio <= bounds.lower
      if (passed) passes += mass
      if (failed) fails += mass
      if (passed || failed) items += n * mass
      open[x] = passed || failed ? 0 : mass
    }
  }
  for (const mass of open) items += capItems * mass
  return { passes, fails, items, open }
}
