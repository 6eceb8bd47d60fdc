import { type NotEstimable, notEstimable } from '../../estimate.ts'

/** When a series of means changed, if it did once. */
export interface ChangePoint {
  readonly estimable: true
  /** Index of the first mean after the change: the most likely one, and the range that holds it with the given confidence. */
  readonly first: number
  readonly low: number
  readonly high: number
  /** Mean after less mean before, in score points, and its standard error if the change is where it seems. */
  readonly shift: number
  readonly se: number
}

/**
 * The place of a single change of mean with known variances: posterior over places, all alike likely beforehand, flat in both means
 * (Smith 1975, "A Bayesian approach to inference about a change-point"), and the range of the smallest set of places that holds
 * the confidence. Says when, not whether: whether is for the chart.
 *
 * @param means of two periods or more
 * @param variances of the means' own errors
 */
export function changePoint(
  means: ArrayLike<number>,
  variances: ArrayLike<number>,
  confidence = 0.95,
): ChangePoint | NotEstimable {
  const n = means.length
  if (n < 2) return notEstimable('a change needs two periods or more to lie between')
  const splits = Array.from({ length: n - 1 }, (_, i) => splitAt(means, variances, i + 1))
  const top = Math.max(...splits.map(({ log }) => log))
  const total = splits.reduce((sum, { log }) => sum + Math.exp(log - top), 0)
  const likely = splits
    .map((split) => ({ ...split, chance: Math.exp(split.log - top) / total }))
    .sort((a, b) => b.chance - a.chance)
  let held = 0
  const set = likely.filter(({ chance }) => {
    const taken = held < confidence
    held += chance
    return taken
  })
  const best = likely[0] as (typeof likely)[number]
  return {
    estimable: true,
    first: best.first,
    low: Math.min(...set.map(({ first }) => first)),
    high: Math.max(...set.map(({ first }) => first)),
    shift: best.shift,
    se: best.se,
  }
}

interface Split {
  readonly first: number
  /** Log posterior up to a constant. */
  readonly log: number
  readonly shift: number
  readonly se: number
}

function splitAt(means: ArrayLike<number>, variances: ArrayLike<number>, first: number): Split {
  const side = (start: number, end: number) => {
    let precision = 0
    let sum = 0
    for (let t = start; t < end; t++) {
      precision += 1 / (variances[t] as number)
      sum += (means[t] as number) / (variances[t] as number)
    }
    // squares about the mean are a constant less precision x mean^2
    return { precision, mean: sum / precision }
  }
  const before = side(0, first)
  const after = side(first, means.length)
  const fit = before.precision * before.mean ** 2 + after.precision * after.mean ** 2
  return {
    first,
    log: (fit - Math.log(before.precision * after.precision)) / 2,
    shift: after.mean - before.mean,
    se: Math.sqrt(1 / before.precision + 1 / after.precision),
  }
}
