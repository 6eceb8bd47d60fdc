/** Where a response stands between two references, from how like it is to each (0 to 1). */
export const OUTCOMES = ['below', 'matches borderline', 'between', 'matches high'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type Thresholds = {
  /** Less like either reference than this is below the bar. */
  floor: number
  /** More like the high one than the borderline one by less than this matches the borderline one. */
  lower: number
  /** By at least this, it matches the high one; `lower` at most `upper`. */
  upper: number
}

/** `high` and `borderline`: how like the response is to the nearest reference of each. */
export type Likeness = { high: number; borderline: number }

/** The outcome's place in `OUTCOMES`, 0 the worst. */
export function outcomeOf({ high, borderline }: Likeness, { floor, lower, upper }: Thresholds): number {
  if (Math.max(high, borderline) < floor) return 0
  const lead = high - borderline
  return lead < lower ? 1 : lead < upper ? 2 : 3
}
