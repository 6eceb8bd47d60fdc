import { BadFile } from './bad-file.ts'
import { eachBlock } from './blocks.ts'
import { CsvRecord } from './csv-record.ts'
import type { Interner } from './interner.ts'
import { type RatingRows, RowBuilder } from './rating-rows.ts'
import { type Levels, scoreFrom } from './score.ts'

export interface ReadOptions {
  readonly levels: Levels
  /** A column by whose values the ratings are also grouped. */
  readonly by: string | null
}

/** Name of the dimension where the file has no such column. */
export const ONLY_DIMENSION = 'score'

interface Columns {
  readonly count: number
  readonly item: number
  readonly rater: number
  readonly score: number
  /** -1 where there is none. */
  readonly dimension: number
  readonly version: number
  readonly group: number
}

/**
 * Reads ratings from CSV with a header line: item, rater, score and, where present, dimension, rubric_version and the column to
 * group by. Other columns are ignored, empty lines skipped. Works on bytes, for files of millions of lines.
 *
 * @throws BadFile at the first bad line
 */
export function readCsv(file: string, options: ReadOptions): RatingRows {
  const builder = new RowBuilder()
  const record = new CsvRecord()
  let columns: Columns | null = null
  eachBlock(file, (block, firstLine, last) => {
    let at = 0
    let line = firstLine
    while (at < block.length) {
      const next = record.read(block, at, line, last)
      if (next < 0) return at
      if (!record.blank) {
        if (columns === null) columns = columnsOf(block, record, line, options.by)
        else addRow(builder, block, record, columns, line, options.levels)
      }
      line += 1 + record.innerLines
      at = next
    }
    return at
  })
  if (columns === null) throw BadFile.at(1, 'the file is empty; it needs a header line with item, rater, score')
  return builder.rows()
}

function columnsOf(block: Buffer, record: CsvRecord, line: number, by: string | null): Columns {
  const names = Array.from({ length: record.fields }, (_, field) => record.text(block, field).trim())
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twice !== undefined) throw BadFile.at(line, `the column ${twice} is there twice`)
  const find = (name: string, needed: boolean) => {
    const index = names.indexOf(name)
    if (index >= 0 || !needed) return index
    throw BadFile.at(line, `there is no column ${name}; the columns, separated by commas, are: ${names.join(', ')}`)
  }
  return {
    count: names.length,
    item: find('item', true),
    rater: find('rater', true),
    score: find('score', true),
    dimension: find('dimension', false),
    version: find('rubric_version', false),
    group: by === null ? -1 : find(by, true),
  }
}

function addRow(
  builder: RowBuilder,
  block: Buffer,
  record: CsvRecord,
  columns: Columns,
  line: number,
  levels: Levels,
): void {
  if (record.fields !== columns.count)
    throw BadFile.at(line, `${record.fields} fields where the header has ${columns.count}`)
  const { items, raters, dimensions, versions, groups } = builder
  builder.add(
    {
      item: named(items, block, record, columns.item, 'item', line),
      rater: named(raters, block, record, columns.rater, 'rater', line),
      dimension:
        columns.dimension < 0
          ? onlyDimension(builder)
          : named(dimensions, block, record, columns.dimension, 'dimension', line),
      version: columns.version < 0 ? 0 : intern(versions, block, record, columns.version),
      group: columns.group < 0 ? 0 : intern(groups, block, record, columns.group),
      score: scoreOf(block, record, columns.score, levels, line),
    },
    line,
  )
}

/** A function of its own, not a closure made for each row: this is the hot path. */
function named(
  interner: Interner,
  block: Buffer,
  record: CsvRecord,
  field: number,
  name: string,
  line: number,
): number {
  if (record.start(field) === record.end(field)) throw BadFile.at(line, `the ${name} is empty`)
  return intern(interner, block, record, field)
}

const ONLY_DIMENSION_BYTES = Buffer.from(ONLY_DIMENSION)

export function onlyDimension(builder: RowBuilder): number {
  return builder.dimensions.number(ONLY_DIMENSION_BYTES, 0, ONLY_DIMENSION_BYTES.length)
}

function intern(interner: Interner, block: Buffer, record: CsvRecord, field: number): number {
  if (!record.doubled(field)) return interner.number(block, record.start(field), record.end(field))
  const bytes = Buffer.from(record.text(block, field))
  return interner.number(bytes, 0, bytes.length)
}

/** Most scores are one digit: read without making a string. */
function scoreOf(block: Buffer, record: CsvRecord, field: number, levels: Levels, line: number): number {
  const start = record.start(field)
  const digit = (block[start] as number) - 48
  if (record.end(field) - start === 1 && digit >= 0 && digit <= 9)
    return levels === null || (digit >= (levels[0] as number) && digit <= (levels.at(-1) as number))
      ? digit
      : scoreFrom(String(digit), levels, line)
  return scoreFrom(record.text(block, field), levels, line)
}
