import type { NamedScores } from '#app/stats/calibration/scores.ts'
import { BadFile } from './ratings-file/bad-file.ts'
import { NO_SCORE } from './ratings-file/rating-rows.ts'
import type { RatingsFile } from './ratings-file/ratings-file.ts'

const MOST_DIMENSIONS = 255

/**
 * The scores of a file under one rubric version. Items, raters and dimensions keep their order of appearance in the file.
 *
 * @param version ratings under this one only; null: every row
 * @throws BadFile when the file has no such version, mixes versions, or has more dimensions than a rubric can have
 */
export function scoresOf({ rows, levels }: RatingsFile, version: string | null): NamedScores {
  const dimensions = rows.dimensions.names()
  if (dimensions.length > MOST_DIMENSIONS)
    throw new BadFile(`${dimensions.length} different dimensions; is the column dimension what it should be?`)
  const kept = rowsUnder({ rows, levels }, version).filter((row) => rows.score[row] !== NO_SCORE)
  const first = levels[0] ?? 0
  return {
    levels: dimensions.map(() => levels),
    itemCount: rows.items.size,
    raterCount: rows.raters.size,
    item: kept.map((row) => rows.item[row] as number),
    rater: kept.map((row) => rows.rater[row] as number),
    dimension: Uint8Array.from(kept, (row) => rows.dimension[row] as number),
    level: Uint8Array.from(kept, (row) => (rows.score[row] as number) - first),
    items: rows.items.names(),
    raters: rows.raters.names(),
    dimensions,
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
