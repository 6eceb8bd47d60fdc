import { BadFile } from './bad-file.ts'
import { eachBlock } from './blocks.ts'
import type { Interner } from './interner.ts'
import { NO_SCORE, type RatingRows, RowBuilder } from './rating-rows.ts'
import { onlyDimension, type ReadOptions } from './read-csv.ts'
import { type Levels, scoreFrom, scoreOnLevels } from './score.ts'

const NEWLINE = 10

/**
 * Reads ratings from JSON Lines: one object a line with item, rater, score and, where present, dimension, rubric_version and
 * the key to group by. A score of null or "" is missing; a line without score is an error. Empty lines are skipped.
 *
 * @throws BadFile at the first bad line
 */
export function readJsonl(file: string, options: ReadOptions): RatingRows {
  const builder = new RowBuilder()
  eachBlock(file, (block, firstLine) => {
    let line = firstLine
    for (let at = 0; at < block.length; line++) {
      const newline = block.indexOf(NEWLINE, at)
      const end = newline < 0 ? block.length : newline
      const text = block.toString('utf8', at, end).trim()
      if (text !== '') addLine(builder, objectOf(text, line), line, options)
      at = end + 1
    }
    return block.length
  })
  return builder.rows()
}

function objectOf(text: string, line: number): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw BadFile.at(line, `not JSON (${error instanceof Error ? error.message : String(error)})`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw BadFile.at(line, 'not a JSON object')
  return { ...value }
}

function addLine(
  builder: RowBuilder,
  object: Readonly<Record<string, unknown>>,
  line: number,
  { levels, by }: ReadOptions,
): void {
  builder.add(
    {
      item: named(builder.items, object, 'item', line),
      rater: named(builder.raters, object, 'rater', line),
      dimension: Object.hasOwn(object, 'dimension')
        ? named(builder.dimensions, object, 'dimension', line)
        : onlyDimension(builder),
      version: intern(builder.versions, textOf(object.rubric_version ?? '', 'rubric_version', line)),
      group: by === null ? 0 : intern(builder.groups, textOf(present(object, by, line) ?? '', by, line)),
      score: scoreOf(present(object, 'score', line), levels, line),
    },
    line,
  )
}

function present(object: Readonly<Record<string, unknown>>, key: string, line: number): unknown {
  if (!Object.hasOwn(object, key))
    throw BadFile.at(line, `there is no ${key}; the keys are: ${Object.keys(object).join(', ')}`)
  return object[key]
}

function named(interner: Interner, object: Readonly<Record<string, unknown>>, key: string, line: number): number {
  const text = textOf(present(object, key, line) ?? '', key, line)
  if (text === '') throw BadFile.at(line, `the ${key} is empty`)
  return intern(interner, text)
}

function textOf(value: unknown, key: string, line: number): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw BadFile.at(line, `the ${key} is neither text nor a number`)
}

function intern(interner: Interner, text: string): number {
  const bytes = Buffer.from(text)
  return interner.number(bytes, 0, bytes.length)
}

function scoreOf(value: unknown, levels: Levels, line: number): number {
  if (value === null) return NO_SCORE
  if (typeof value === 'number') return scoreOnLevels(value, levels, line)
  if (typeof value === 'string') return scoreFrom(value, levels, line)
  throw BadFile.at(line, 'column score: neither a number nor null')
}
