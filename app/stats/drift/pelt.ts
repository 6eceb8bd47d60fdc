/** Segments of a series: `changePoints` t says that the first t observations end a segment. */
export interface Segmentation {
  readonly changePoints: readonly number[]
  readonly means: readonly number[]
  /** Sum of squares about the segment means, without penalties. */
  readonly cost: number
}

/**
 * Changes of mean that minimise squares about segment means plus a penalty a change: PELT (Killick, Fearnhead & Eckley 2012,
 * "Optimal detection of changepoints with a linear computational cost"), exact.
 *
 * @param penalty a usual one is 2 sigma^2 ln n
 */
export function segmented(observations: ArrayLike<number>, penalty: number): Segmentation {
  const n = observations.length
  if (n === 0) return { changePoints: [], means: [], cost: 0 }
  const cost = segmentCost(observations)
  const best = new Float64Array(n + 1)
  const last = new Uint32Array(n + 1)
  best[0] = -penalty
  let candidates = [0]
  for (let t = 1; t <= n; t++) {
    best[t] = Number.POSITIVE_INFINITY
    const totals = candidates.map((s) => (best[s] as number) + cost(s, t))
    totals.forEach((total, c) => {
      if (total + penalty >= (best[t] as number)) return
      best[t] = total + penalty
      last[t] = candidates[c] as number
    })
    candidates = [...candidates.filter((_s, c) => (totals[c] as number) <= (best[t] as number)), t]
  }
  const ends = [n]
  for (let t = last[n] as number; t > 0; t = last[t] as number) ends.unshift(t)
  const starts = [0, ...ends.slice(0, -1)]
  return {
    changePoints: starts.slice(1),
    means: starts.map((start, i) => segmentMean(observations, start, ends[i] as number)),
    cost: starts.reduce((sum, start, i) => sum + cost(start, ends[i] as number), 0),
  }
}

/** Squares about the mean of observations from `start` up to `end`, from running sums about the overall mean. */
export function segmentCost(observations: ArrayLike<number>): (start: number, end: number) => number {
  const n = observations.length
  const centre = segmentMean(observations, 0, n)
  const sums = new Float64Array(n + 1)
  const squares = new Float64Array(n + 1)
  for (let i = 0; i < n; i++) {
    const deviation = (observations[i] as number) - centre
    sums[i + 1] = (sums[i] as number) + deviation
    squares[i + 1] = (squares[i] as number) + deviation * deviation
  }
  return (start, end) => {
    const sum = (sums[end] as number) - (sums[start] as number)
    const square = (squares[end] as number) - (squares[start] as number)
    return Math.max(0, square - (sum * sum) / (end - start))
  }
}

/** Mean of observations from `start` up to `end`. */
export function segmentMean(observations: ArrayLike<number>, start: number, end: number): number {
  let sum = 0
  for (let i = start; i < end; i++) sum += observations[i] as number
  return sum / (end - start)
}
