/** Why a quantity cannot be estimated, in words a person can act on. Never 0, 1, NaN or an exception instead. */
export interface NotEstimable {
  readonly estimable: false
  readonly reason: string
}

/** A 95 % (or other) interval, or why there is none. `rough`: honest but wide, from few items. */
export interface Interval {
  readonly estimable: true
  readonly low: number
  readonly high: number
  readonly method: 'bca' | 'bootstrap-t' | 'exact' | 'student-t' | 'normal' | 'f'
  readonly rough: boolean
  /** Bootstrap draws made, and those left out because the quantity does not exist in them; 0 and 0 for analytic intervals. */
  readonly draws: number
  readonly dropped: number
}

/** A test that an estimate is 0: an F ratio with its two degrees of freedom, or a chi-square with one. */
export interface Test {
  readonly statistic: 'f' | 'chi-square'
  readonly value: number
  readonly df: readonly number[]
  readonly p: number
}

/** An estimate with its interval; `items` is what it rests on. */
export interface Estimate {
  readonly estimable: true
  readonly estimate: number
  readonly interval: Interval | NotEstimable
  readonly items: number
  /** Where there is one that belongs to it. */
  readonly test?: Test
}

export type Estimated<T extends { readonly estimable: true } = Estimate> = T | NotEstimable

export function notEstimable(reason: string): NotEstimable {
  return { estimable: false, reason }
}

/** An interval from a closed formula: no draws. */
export function analyticInterval(
  low: number,
  high: number,
  method: 'student-t' | 'normal' | 'f',
  rough = false,
): Interval {
  return { estimable: true, low, high, method, rough, draws: 0, dropped: 0 }
}
