import { type Estimated, type Interval, notEstimable } from '../../estimate.ts'
import { normalQuantile } from '../../inference/normal.ts'

/** How often a rater said "cannot judge". */
export interface CannotJudge {
  readonly estimable: true
  readonly rate: number
  readonly interval: Interval
  readonly asked: number
}

/**
 * Rate of "cannot judge" with Wilson's interval (1927), taking answers as independent.
 *
 * @param missing times the rater could not judge, out of `asked`
 */
export function cannotJudge(missing: number, asked: number, confidence = 0.95): Estimated<CannotJudge> {
  if (asked === 0) return notEstimable('was asked nothing')
  const z = normalQuantile((1 + confidence) / 2)
  const rate = missing / asked
  const scale = 1 + z ** 2 / asked
  const centre = (rate + z ** 2 / (2 * asked)) / scale
  const reach = (z * Math.sqrt((rate * (1 - rate)) / asked + z ** 2 / (4 * asked ** 2))) / scale
  return {
    estimable: true,
    rate,
    asked,
    interval: {
      estimable: true,
      low: Math.max(0, centre - reach),
      high: Math.min(1, centre + reach),
      method: 'normal',
      rough: false,
      draws: 0,
      dropped: 0,
    },
  }
}
