import type { Ratings } from '#app/stats/agreement/ratings.ts'
import { NO_SCORE, type RatingRows } from './rating-rows.ts'
import type { RatingsFile } from './ratings-file.ts'

/** The ratings of one dimension (or of one group of it), numbered afresh, and what they rest on. */
export interface Selection {
  readonly ratings: Ratings
  /** Rows without a score. */
  readonly missing: number
  /** Rubric versions among the rows. */
  readonly versions: readonly string[]
}

/** Makes the ratings of some rows of a file. */
export function select({ rows, levels }: RatingsFile, chosen: Uint32Array): Selection {
  const scored = scoredOf(rows, chosen)
  const first = levels[0] ?? 0
  const items = renumbered(rows.item, rows.items.size, scored)
  const raters = renumbered(rows.rater, rows.raters.size, scored)
  return {
    ratings: {
      levels: levels.length === 0 ? [first] : levels,
      itemCount: items.count,
      raterCount: raters.count,
      item: items.numbers,
      rater: raters.numbers,
      level: levelIndexes(rows, scored, first),
    },
    missing: chosen.length - scored.length,
    versions: versionsOf(rows, chosen),
  }
}

/** Why the ratings of a selection are not put together; null where all lie under one rubric version, or none is named. */
export function severalVersions({ versions }: Selection): string | null {
  if (versions.length < 2) return null
  const names = versions.map((name) => name || 'none named')
  return `ratings under ${versions.length} rubric versions (${names.join(', ')}) are never pooled`
}

// plain loops: callbacks over a million rows cost more than all that follows

function scoredOf({ score }: RatingRows, chosen: Uint32Array): Uint32Array {
  const scored = new Uint32Array(chosen.length)
  let count = 0
  for (let i = 0; i < chosen.length; i++) {
    const row = chosen[i] as number
    if (score[row] !== NO_SCORE) scored[count++] = row
  }
  return scored.subarray(0, count)
}

function levelIndexes({ score }: RatingRows, rows: Uint32Array, first: number): Uint8Array {
  const indexes = new Uint8Array(rows.length)
  for (let i = 0; i < rows.length; i++) indexes[i] = (score[rows[i] as number] as number) - first
  return indexes
}

function renumbered(column: Uint32Array, names: number, rows: Uint32Array): { numbers: Uint32Array; count: number } {
  const known = new Int32Array(names).fill(-1)
  const numbers = new Uint32Array(rows.length)
  let count = 0
  for (let i = 0; i < rows.length; i++) {
    const name = column[rows[i] as number] as number
    if ((known[name] as number) < 0) known[name] = count++
    numbers[i] = known[name] as number
  }
  return { numbers, count }
}

function versionsOf({ version, versions }: RatingRows, rows: Uint32Array): string[] {
  if (versions.size === 0) return []
  const found = new Set<number>()
  for (const row of rows) found.add(version[row] as number)
  return [...found].map((number) => versions.name(number))
}
