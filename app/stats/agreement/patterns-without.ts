import type { Patterns } from './patterns.ts'
import type { RaterPattern } from './rater-patterns.ts'

/**
 * The patterns when one rater's scores are taken out of them, from what that rater gave within which pattern: no second pass over
 * the ratings. Items that had no other rating are gone.
 */
export function patternsWithout({ levels, counts, items }: Patterns, given: readonly RaterPattern[]): Patterns {
  const width = levels.length
  const left = items.slice()
  const rows: { counts: Uint32Array; items: number }[] = []
  for (const { pattern, level, items: size } of given) {
    left[pattern] = (left[pattern] as number) - size
    const row = counts.slice(pattern * width, (pattern + 1) * width)
    row[level] = (row[level] as number) - 1
    if (row.some((count) => count > 0)) rows.push({ counts: row, items: size })
  }
  left.forEach((size, pattern) => {
    if (size > 0) rows.push({ counts: counts.subarray(pattern * width, (pattern + 1) * width), items: size })
  })
  const kept = new Uint32Array(rows.length * width)
  rows.forEach((row, index) => {
    kept.set(row.counts, index * width)
  })
  return { levels, counts: kept, items: Float64Array.from(rows, (row) => row.items) }
}
