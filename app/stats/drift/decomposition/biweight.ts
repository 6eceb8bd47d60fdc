/** Beyond this many scales a value has no weight. */
const CUT = 3
const MOST_STEPS = 200

/** Where values lie, and how far apart. */
export interface Biweight {
  readonly location: number
  /** What the distances were measured in. */
  readonly scale: number
}

/** `biweight` where the scale is of no interest. */
export const biweightLocation = (values: ArrayLike<number>, weights: ArrayLike<number>, leastScale: number): number =>
  biweight(values, weights, leastScale).location

/**
 * Tukey's biweight location of weighted values (Mosteller & Tukey 1977, "Data Analysis and Regression"): starts at the median,
 * scale max(`leastScale`, 1.4826 x median absolute deviation), cut at 3 scales, repeated until it stands still. A few values far
 * from the rest do not move it.
 *
 * @param values at least one
 * @param leastScale the standard error of a value: closer values are not told apart
 */
export function biweight(values: ArrayLike<number>, weights: ArrayLike<number>, leastScale: number): Biweight {
  const start = weightedMedian(values, weights)
  const deviations = Array.from(values, (value) => Math.abs(value - start))
  const scale = Math.max(leastScale, 1.4826 * weightedMedian(deviations, weights))
  return { location: scale > 0 ? settled(values, weights, start, scale) : start, scale }
}

function settled(values: ArrayLike<number>, weights: ArrayLike<number>, start: number, scale: number): number {
  let centre = start
  for (let step = 0; step < MOST_STEPS; step++) {
    let total = 0
    let sum = 0
    for (let i = 0; i < values.length; i++) {
      const u = ((values[i] as number) - centre) / (CUT * scale)
      if (Math.abs(u) >= 1) continue
      const weight = (weights[i] as number) * (1 - u * u) ** 2
      total += weight
      sum += weight * (values[i] as number)
    }
    if (total === 0) return start
    const next = sum / total
    if (Math.abs(next - centre) < 1e-12 * scale) return next
    centre = next
  }
  return centre
}

/** The value at which half of the weight lies below; the mean of both neighbours where it falls between two. */
export function weightedMedian(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  const rising = Array.from(values, (value, i) => ({ value, weight: weights[i] as number })).sort(
    (a, b) => a.value - b.value,
  )
  const half = rising.reduce((sum, { weight }) => sum + weight, 0) / 2
  let below = 0
  for (const [i, { value, weight }] of rising.entries()) {
    below += weight
    if (below > half * (1 + 1e-12)) return value
    if (below >= half * (1 - 1e-12)) return (value + (rising[i + 1]?.value ?? value)) / 2
  }
  return rising.at(-1)?.value ?? Number.NaN
}
