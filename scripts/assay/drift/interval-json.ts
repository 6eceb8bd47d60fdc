import type { Interval, NotEstimable } from '#app/stats/estimate.ts'

/** Ends of an interval, null where there is none. */
export function intervalJson(interval: Interval | NotEstimable) {
  return interval.estimable
    ? { low: interval.low, high: interval.high }
    : { low: null, high: null, noInterval: interval.reason }
}
