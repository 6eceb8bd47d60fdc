import { checkLevels, levelsBetween } from '#app/stats/agreement/levels.ts'
import { KINDS } from '#app/stats/drift/report/drift-ratings.ts'
import { BadFile } from '../ratings-file/bad-file.ts'
import { NO_SCORE } from '../ratings-file/rating-rows.ts'
import { scoreFrom } from '../ratings-file/score.ts'
import type { NamedColumn, NamedColumns } from './named-columns.ts'

const KIND_NAMES: readonly string[] = KINDS

/** Periods sort as people write them: 2025-9 before 2025-10, week 2 before week 10. */
export const inTime = new Intl.Collator('en', { numeric: true }).compare

/** A column in which every cell is filled. */
export function filled(columns: NamedColumns, name: string): NamedColumn {
  const column = columns.column(name)
  if (column === null) throw new BadFile('the file has no ratings')
  const empty = column.names.names().indexOf('')
  const row = empty < 0 ? -1 : column.cells.indexOf(empty)
  if (row >= 0) throw BadFile.at(columns.line[row] as number, `the ${name} is empty`)
  return column
}

/** Scores of all rows, each text read once. */
export function scoresOf(columns: NamedColumns, levels: readonly number[] | null): number[] {
  // a file in which every score is null has no such column
  const column = columns.column('score')
  if (column === null) return columns.line.map(() => NO_SCORE)
  const texts = column.names.names()
  const known = new Map<number, number>()
  return column.cells.map((cell, row) => {
    const before = known.get(cell)
    if (before !== undefined) return before
    const score = scoreFrom(texts[cell] as string, levels, columns.line[row] as number)
    known.set(cell, score)
    return score
  })
}

/** Kinds of all rows; an empty cell is a live item. */
export function kindsOf(columns: NamedColumns, { cells, names }: NamedColumn): number[] {
  const texts = names.names().map((text) => text.trim().toLowerCase())
  return cells.map((cell, row) => {
    const text = texts[cell] as string
    const kind = text === '' ? 0 : KIND_NAMES.indexOf(text)
    if (kind >= 0) return kind
    throw BadFile.at(columns.line[row] as number, `column kind: "${text}" is not one of ${KINDS.join(', ')}`)
  })
}

/** Periods in the order of time, from the baseline on. */
export function periodsFrom({ names }: NamedColumn, baseline: string | null): string[] {
  const all = names.names().sort(inTime)
  if (baseline === null) return all
  const first = all.indexOf(baseline)
  if (first < 0) throw new BadFile(`there is no period "${baseline}"; the periods are: ${all.join(', ')}`)
  return all.slice(first)
}

const MOST_LEVELS = 250

/** Every level from the lowest to the highest score. */
export function levelsIn(scores: readonly number[]): number[] {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const score of scores) {
    if (score === NO_SCORE) continue
    lowest = Math.min(lowest, score)
    highest = Math.max(highest, score)
  }
  if (lowest > highest) throw new BadFile('no line has a score')
  if (highest - lowest >= MOST_LEVELS)
    throw new BadFile(`scores run from ${lowest} to ${highest}, more than ${MOST_LEVELS} levels; is one mistyped?`)
  return [...checkLevels(levelsBetween(lowest, highest))]
}
