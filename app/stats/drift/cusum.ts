/** A tabular CUSUM: both sums after each observation, and the numbers (from 1) of the observations that raise an alarm. */
export interface Cusum {
  readonly upper: Float64Array
  readonly lower: Float64Array
  readonly alarms: readonly number[]
}

export interface CusumSettings {
  /** The mean when nothing has changed. */
  readonly target: number
  /** Slack K in units of the observations: half the shift to detect. */
  readonly slack: number
  /** Alarm when a sum exceeds H. */
  readonly limit: number
}

/**
 * Two-sided tabular CUSUM without head start or reset (Page 1954; Montgomery, Introduction to Statistical Quality Control):
 * C+ = max(0, x - target - K + C+), C- = max(0, target - x - K + C-).
 */
export function cusum(observations: ArrayLike<number>, { target, slack, limit }: CusumSettings): Cusum {
  const upper = new Float64Array(observations.length)
  const lower = new Float64Array(observations.length)
  const alarms: number[] = []
  let up = 0
  let down = 0
  for (let i = 0; i < observations.length; i++) {
    const deviation = (observations[i] as number) - target
    up = Math.max(0, up + deviation - slack)
    down = Math.max(0, down - deviation - slack)
    upper[i] = up
    lower[i] = down
    if (up > limit || down > limit) alarms.push(i + 1)
  }
  return { upper, lower, alarms }
}
