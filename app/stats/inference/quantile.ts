/**
 * Quantile of sorted draws by linear interpolation at position (n + 1) p, the extremes beyond it (Davison & Hinkley 1997, 2.2.1).
 *
 * @param sorted ascending, at least one value
 */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  const position = Math.min(Math.max((sorted.length + 1) * p, 1), sorted.length)
  const below = Math.floor(position)
  const low = sorted[below - 1] as number
  const high = sorted[Math.min(below, sorted.length - 1)] as number
  return low + (position - below) * (high - low)
}
