/** Mean of at least one value. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}

/** Sum of squared deviations from the mean, in two passes so that no digits cancel. */
export function squaresOf(values: ArrayLike<number>): number {
  const mean = meanOf(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - mean) ** 2
  return sum
}

/** Sample variance (divisor n - 1) of at least two values. */
export function varianceOf(values: ArrayLike<number>): number {
  return squaresOf(values) / (values.length - 1)
}
