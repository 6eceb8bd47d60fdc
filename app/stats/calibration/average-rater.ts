import type { Frame } from './frame.ts'
import { type Moments, momentsAt, seenDimensions } from './readings.ts'

/** What the average rater of a component expects at each of a row of places. */
export interface AverageRater {
  /** Rows by dimension: expected level index. */
  readonly mean: Float64Array
  /** Expected score over the dimensions, in the rubric's levels. */
  readonly fair: Float64Array
}

/** Tables of the average rater of each component, made when first asked for. */
export function averageRaters(
  frame: Frame,
  theta: Float64Array,
  b: Float64Array,
  average: Float64Array,
): (component: number) => AverageRater {
  const count = theta.length
  const seen = seenDimensions(frame)
  const known = new Map<number, AverageRater>()
  const p = new Float64Array(frame.width)
  const moments: Moments = { mean: 0, variance: 0, fourth: 0 }
  return (component) => {
    const made = known.get(component)
    if (made !== undefined) return made
    const mean = new Float64Array(frame.steps.dimensions * count)
    const fair = new Float64Array(count)
    for (const d of seen) {
      const lowest = frame.scores.levels[d]?.[0] ?? 0
      for (let q = 0; q < count; q++) {
        momentsAt((theta[q] as number) - (average[component] as number), b, frame, d, p, moments)
        mean[d * count + q] = moments.mean
        fair[q] = (fair[q] as number) + (lowest + moments.mean) / seen.length
      }
    }
    const rater = { mean, fair }
    known.set(component, rater)
    return rater
  }
}
