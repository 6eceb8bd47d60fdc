/** Counts as stretches of one bar, in per cent of its width and in their order; null when there is nothing to share. */
export function shareSteps(counts: readonly number[]): { x: number; width: number }[] | null {
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  const ends = counts.map((_, k) => (100 * counts.slice(0, k + 1).reduce((sum, count) => sum + count, 0)) / all)
  return ends.map((end, k) => {
    const start = ends[k - 1] ?? 0
    return { x: hundredth(start), width: hundredth(end - start) }
  })
}

const hundredth = (value: number): number => Math.round(value * 100) / 100
