import type { Model } from './taking-part.ts'

/**
 * How levels enter the model: log P(level k) = k (theta - lambda) - b_dk + constant, where b_dk = k delta_d + tau_d1 + ... +
 * tau_dk, linear in the free parameters. Partial credit (Masters 1982) has one b for each level in use but the lowest of its
 * dimension; rating scale (Andrich 1978) has a difficulty for each dimension and shared steps. A level that nobody used has
 * probability 0 (the null category of Wilson & Masters 1993), so its thresholds do not exist.
 */
export interface Steps {
  readonly model: Model
  readonly dimensions: number
  readonly width: number
  /** D x width: levels that can occur. */
  readonly used: Uint8Array
  /** Number of free parameters. */
  readonly size: number
  /** (D x width) rows, `size` columns: b = design x parameters. */
  readonly design: Float64Array
  /** The direction of the parameters that raises every difficulty by 1. */
  readonly slope: Float64Array
  /** Each dimension's difficulty as a combination of the parameters; zeros for a dimension that is left out. */
  readonly difficulty: readonly Float64Array[]
}

export function stepsOf(
  model: Model,
  dimensions: number,
  width: number,
  used: Uint8Array,
  dimensionOut: readonly (string | null)[],
): Steps {
  const inUse = (d: number) => Array.from({ length: width }, (_, k) => k).filter((k) => used[d * width + k] === 1)
  const taking = dimensionOut.flatMap((out, d) => (out === null ? [d] : []))
  const entries: { row: number; column: number; value: number }[] = []
  const slope: number[] = []
  let size = 0
  if (model === 'partial-credit') {
    for (const d of taking) {
      const [lowest, ...others] = inUse(d)
      for (const k of others) {
        entries.push({ row: d * width + k, column: size++, value: 1 })
        slope.push(k - (lowest as number))
      }
    }
  } else if (taking.length > 0) {
    const levels = inUse(taking[0] as number)
    const lowest = levels[0] as number
    for (const d of taking) {
      for (const k of levels) entries.push({ row: d * width + k, column: size, value: k - lowest })
      size++
      slope.push(1)
    }
    for (const k of levels.slice(1, -1)) {
      for (const d of taking) entries.push({ row: d * width + k, column: size, value: 1 })
      size++
      slope.push(0)
    }
  }
  const design = new Float64Array(dimensions * width * size)
  for (const { row, column, value } of entries) design[row * size + column] = value
  const difficulty = dimensionOut.map((out, d) => {
    const combination = new Float64Array(size)
    if (out !== null) return combination
    const levels = inUse(d)
    const [lowest, highest] = [levels[0] as number, levels.at(-1) as number]
    for (let column = 0; column < size; column++)
      combination[column] = (design[(d * width + highest) * size + column] as number) / (highest - lowest)
    return combination
  })
  return { model, dimensions, width, used, size, design, slope: Float64Array.from(slope), difficulty }
}

/** b of every dimension and level (0 where a level cannot occur). */
export function levelOffsets({ design, size, dimensions, width }: Steps, parameters: Float64Array): Float64Array {
  return Float64Array.from({ length: dimensions * width }, (_, row) => {
    let sum = 0
    for (let column = 0; column < size; column++)
      sum += (design[row * size + column] as number) * (parameters[column] as number)
    return sum
  })
}

/**
 * The threshold tau_dk between levels k - 1 and k as a combination of the parameters, or null where one of the two is not
 * in use.
 */
export function thresholdCombination(steps: Steps, d: number, k: number): Float64Array | null {
  const { width, size, design, used } = steps
  const [below, above] = [d * width + k - 1, d * width + k]
  if (used[below] !== 1 || used[above] !== 1) return null
  return (steps.difficulty[d] as Float64Array).map(
    (difficulty, column) =>
      (design[above * size + column] as number) - (design[below * size + column] as number) - difficulty,
  )
}

/** Starting values: b that give each level its share when all items and raters are alike. */
export function startingSteps(steps: Steps, counts: Float64Array): Float64Array {
  const { width, size, design, dimensions, used, model } = steps
  const parameters = new Float64Array(size)
  if (model === 'rating-scale') return parameters
  for (let d = 0; d < dimensions; d++) {
    const row = d * width
    let lowest = 0
    while (lowest < width && used[row + lowest] !== 1) lowest++
    for (let k = lowest + 1; k < width; k++) {
      const column = design.subarray((row + k) * size, (row + k + 1) * size).indexOf(1)
      if (column >= 0) parameters[column] = -Math.log((counts[row + k] as number) / (counts[row + lowest] as number))
    }
  }
  return parameters
}

/** A combination of the parameters. */
export function combined(combination: Float64Array, parameters: Float64Array): number {
  return combination.reduce((sum, value, column) => sum + value * (parameters[column] as number), 0)
}

/** Moves every difficulty by the same amount, so that those of the dimensions taking part sum to 0. */
export function centredSteps(steps: Steps, parameters: Float64Array): Float64Array {
  const taking = steps.difficulty.filter((combination) => combination.some((value) => value !== 0))
  const mean = taking.reduce((sum, combination) => sum + combined(combination, parameters), 0) / taking.length
  return parameters.map((value, column) => value - mean * (steps.slope[column] as number))
}

/**
 * Probabilities of the levels at `eta` = theta - lambda into `out` (from `offset`).
 *
 * @param row d x width, where dimension d begins in `b` and `used`
 * @returns log of the normalising sum
 */
export function levelProbabilities(
  eta: number,
  b: Float64Array,
  used: Uint8Array,
  row: number,
  width: number,
  out: Float64Array,
  offset: number,
): number {
  let top = Number.NEGATIVE_INFINITY
  for (let k = 0; k < width; k++) {
    const value = used[row + k] === 1 ? k * eta - (b[row + k] as number) : Number.NEGATIVE_INFINITY
    out[offset + k] = value
    if (value > top) top = value
  }
  let sum = 0
  for (let k = 0; k < width; k++) {
    const weight = Math.exp((out[offset + k] as number) - top)
    out[offset + k] = weight
    sum += weight
  }
  for (let k = 0; k < width; k++) out[offset + k] = (out[offset + k] as number) / sum
  return top + Math.log(sum)
}

/** Expected level index at `eta` = theta - lambda on dimension d. */
export function expectedLevel(eta: number, b: Float64Array, used: Uint8Array, d: number, width: number): number {
  const p = new Float64Array(width)
  levelProbabilities(eta, b, used, d * width, width, p, 0)
  return p.reduce((sum, chance, k) => sum + k * chance, 0)
}
