import { extname } from 'node:path'
import { levelsBetween } from '#app/stats/agreement/levels.ts'
import { BadFile } from './bad-file.ts'
import { NO_SCORE, type RatingRows } from './rating-rows.ts'
import { type ReadOptions, readCsv } from './read-csv.ts'
import { readJsonl } from './read-jsonl.ts'

/** Ratings of a file with the levels they lie on. */
export interface RatingsFile {
  readonly rows: RatingRows
  /** As given, else every whole number from the lowest to the highest score; empty without any score. */
  readonly levels: readonly number[]
}

const MOST_LEVELS = 250

/**
 * Reads a file of ratings, CSV or JSON Lines by its extension.
 *
 * @throws BadFile with the line and the reason; the system's error when the file cannot be read
 */
export function readRatings(file: string, options: ReadOptions): RatingsFile {
  const rows = readerOf(file)(file, options)
  if (rows.count === 0) throw new BadFile('the file holds no ratings; it needs one a line: item, rater, score')
  return { rows, levels: options.levels ?? levelsOf(rows) }
}

function readerOf(file: string): (file: string, options: ReadOptions) => RatingRows {
  const extension = extname(file).toLowerCase()
  if (extension === '.csv') return readCsv
  if (extension === '.jsonl' || extension === '.ndjson') return readJsonl
  throw new BadFile(`the name must end in .csv or .jsonl, which says how to read it`)
}

function levelsOf({ score }: RatingRows): number[] {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const value of score) {
    if (value === NO_SCORE) continue
    if (value < lowest) lowest = value
    if (value > highest) highest = value
  }
  if (lowest > highest) return []
  if (highest - lowest >= MOST_LEVELS)
    throw new BadFile(
      `scores run from ${lowest} to ${highest}, more than ${MOST_LEVELS} levels; is one mistyped, or is this no scale of levels?`,
    )
  return levelsBetween(lowest, highest)
}
