import { decisionAt, type ErrorRates, type SequentialTest } from './sequential.ts'

/** What a sequential test does at one chance of success. */
export interface OperatingPoint {
  readonly p: number
  readonly passes: number
  readonly fails: number
  readonly expectedItems: number
  readonly medianItems: number
  /** Items within which 95 % of tests are decided. */
  readonly items95: number
}

/** An uncapped test ends with probability 1; what is still open below this is not followed further. */
const LEFT_OPEN = 1e-13
const MOST_ITEMS = 100_000

/** Exact operating characteristic at chance `p`, by recursion over (observations, successes) still undecided. */
export function operatingPoint(test: SequentialTest, p: number): OperatingPoint {
  let open = new Float64Array([1])
  let passes = 0
  let fails = 0
  let expectedItems = 0
  let medianItems = 0
  let items95 = 0
  let left = 1
  for (let items = 1; left > LEFT_OPEN && items <= MOST_ITEMS; items++) {
    expectedItems += left
    const next = new Float64Array(items + 1)
    left = 0
    for (let successes = 0; successes <= items; successes++) {
      const mass = p * (open[successes - 1] ?? 0) + (1 - p) * (open[successes] ?? 0)
      if (mass === 0) continue
      const decision = decisionAt(test, items, successes)
      if (decision === 'pass') passes += mass
      else if (decision === 'fail') fails += mass
      else {
        next[successes] = mass
        left += mass
      }
    }
    open = next
    if (medianItems === 0 && left <= 0.5) medianItems = items
    if (items95 === 0 && left <= 0.05) items95 = items
  }
  return { p, passes, fails, expectedItems, medianItems, items95 }
}

/** Achieved error rates of a test. */
export function achievedErrors(test: SequentialTest): ErrorRates {
  return { alpha: operatingPoint(test, test.p0).passes, beta: operatingPoint(test, test.p1).fails }
}
