import type { Estimated } from '#app/stats/estimate.ts'

/** A figure and its interval as text; `why`: there is none, and why. */
export type Spelled = { figure: string; interval: string; why: string | null }

const range = (low: string, high: string) => `${low} to ${high}`

/** @param asLow how the lower end is spelled, where that decides something */
export function spell(estimated: Estimated, as: (value: number) => string, asLow = as): Spelled {
  if (!estimated.estimable) return { figure: 'not estimable', interval: '', why: estimated.reason }
  const { estimate, interval } = estimated
  if (!interval.estimable) return { figure: as(estimate), interval: 'no interval', why: interval.reason }
  const rough = interval.rough ? ', rough' : ''
  return {
    figure: as(estimate),
    interval: range(asLow(interval.low).replace(' %', ''), as(interval.high)) + rough,
    why: null,
  }
}
