/** Page-Hinkley statistics after each observation, for a rise and for a fall of the mean. */
export interface PageHinkley {
  readonly up: Float64Array
  readonly down: Float64Array
}

/**
 * Page-Hinkley test (Page 1954; Hinkley 1971): m = sum (x - running mean - delta); `up` is m minus its least value so far, `down`
 * the same for a fall, both extremes starting at 0. An alarm is a value above a limit of the caller's.
 *
 * @param delta the change that does not matter, in units of the observations
 */
export function pageHinkley(observations: ArrayLike<number>, delta: number): PageHinkley {
  const n = observations.length
  const up = new Float64Array(n)
  const down = new Float64Array(n)
  let mean = 0
  let rise = 0
  let least = 0
  let fall = 0
  let most = 0
  for (let i = 0; i < n; i++) {
    const x = observations[i] as number
    mean += (x - mean) / (i + 1)
    rise += x - mean - delta
    fall += x - mean + delta
    least = Math.min(least, rise)
    most = Math.max(most, fall)
    up[i] = rise - least
    down[i] = most - fall
  }
  return { up, down }
}
