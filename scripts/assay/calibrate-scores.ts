import type { NamedScores } from '#app/stats/calibration/scores.ts'
import { BadFile } from './ratings-file/bad-file.ts'
import { NO_SCORE } from './ratings-file/rating-rows.ts'
import type { RatingsFile } from './ratings-file/ratings-file.ts'

const MOST_DIMENSIONS = 255

/**
 * The scores of a file under one rubric version. Items, raters and dimensions are in their order of appearance under it.
 *
 * @param version ratings under this one only; null: every row
 * @throws BadFile when the file has no such version, mixes versions, or has more dimensions than a rubric can have
 */
export function scoresOf({ rows, levels }: RatingsFile, version: string | null): NamedScores {
  const dimensions = rows.dimensions.names()
  if (dimensions.length > MOST_DIMENSIONS)
    throw new BadFile(`${dimensions.length} different dimensions; is the column dimension what it should be?`)
  const under = rowsUnder({ rows, levels }, version)
  const items = renumbered(under, rows.item, rows.items.names())
  const raters = renumbered(under, rows.rater, rows.raters.names())
  const asked = renumbered(under, rows.dimension, dimensions)
  const kept = under.filter((row) => rows.score[row] !== NO_SCORE)
  const first = levels[0] ?? 0
  return {
    levels: asked.names.map(() => levels),
    itemCount: items.names.length,
    raterCount: raters.names.length,
    item: kept.map((row) => items.numberOf(row)),
    rater: kept.map((row) => raters.numberOf(row)),
    dimension: Uint8Array.from(kept, (row) => asked.numberOf(row)),
    level: Uint8Array.from(kept, (row) => (rows.score[row] as number) - first),
    items: items.names,
    raters: raters.names,
    dimensions: asked.names,
  }
}

/** Those named in some rows, in order of appearance there: whoever rated under another version alone is not among the raters. */
function renumbered(under: Uint32Array, column: ArrayLike<number>, all: readonly string[]) {
  const numbers = new Map<number, number>()
  for (const row of under) {
    const number = column[row] as number
    if (!numbers.has(number)) numbers.set(number, numbers.size)
  }
  return {
    names: [...numbers.keys()].map((number) => all[number] as string),
    numberOf: (row: number): number => numbers.get(column[row] as number) as number,
  }
}

function rowsUnder({ rows }: RatingsFile, version: string | null): Uint32Array {
  const all = Uint32Array.from({ length: rows.count }, (_, row) => row)
  const versions = rows.versions.names()
  if (version === null) {
    if (versions.length > 1)
      throw new BadFile(
        `ratings under ${versions.length} rubric versions (${versions.join(', ')}) are never pooled; choose one with --rubric-version`,
      )
    return all
  }
  const number = versions.indexOf(version)
  if (number < 0)
    throw new BadFile(
      versions.length === 0
        ? 'there is no column rubric_version to choose from'
        : `there is no rubric version "${version}"; the versions are: ${versions.join(', ')}`,
    )
  return all.filter((row) => rows.version[row] === number)
}
