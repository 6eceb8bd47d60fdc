/** CSV with a header line, by csv-parse: quoted cells, line ends in cells, comma, semicolon or tab between them. */
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { type Block, MAX_LINE_BYTES } from './lines.ts'
import { type Batch, Unreadable } from './unreadable.ts'

/** One line of a CSV file, by column. */
export type Cells = Record<string, string>

const BATCH_RECORDS = 500
const BATCH_CHARACTERS = 500_000

/** A header cell as the name of a column: `User Segment` is `user_segment`. */
const columnOf = (cell: string): string => {
  const [head, ...rest] = cell.trim().split('.')
  // What follows a dot is the reader's own name (metadata.Source ID) and kept as written.
  return [(head ?? '').toLowerCase().replaceAll(/[\s-]+/g, '_'), ...rest].join('.')
}

/** The separator that the header line uses most, outside quotes. */
export function separatorIn(header: string): ',' | ';' | '\t' {
  const bare = header.replaceAll(/"[^"]*"/g, '')
  const count = (mark: string) => bare.split(mark).length - 1
  if (count('\t') > Math.max(count(','), count(';'))) return '\t'
  return count(';') > count(',') ? ';' : ','
}

/**
 * Yields the lines below the header as cells by column, all of them text. `first` is how the text begins (the header at
 * least); `checkColumns` is given the names in the header and returns what is wrong with them, or null. Throws Unreadable at
 * the first line whose structure is broken.
 */
export async function* readCsv(
  first: string,
  blocks: AsyncIterable<Block>,
  checkColumns: (columns: readonly string[]) => string | null,
): AsyncGenerator<Batch<Cells>> {
  let columns: string[] | null = null
  let batch: Batch<Cells> = { records: [], errors: [], bytes: 0 }
  let characters = 0
  let bytes = 0
  let line = 1
  let parsedTo = 0

  async function* texts(): AsyncGenerator<string> {
    for await (const block of blocks) {
      bytes += block.bytes
      yield block.text
    }
  }

  const parser = parse({
    delimiter: separatorIn(first.slice(0, first.search(/\r?\n|$/))),
    info: true,
    relax_column_count: true,
    max_record_size: MAX_LINE_BYTES,
    // The parser is ahead of what has been taken from it: an error is to be told from where it is.
    on_record: (cells: string[], { lines }) => {
      parsedTo = lines
      return cells
    },
  })
  const source = Readable.from(texts())
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const { record: cells, info } of parser as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>) {
      if (columns === null) columns = headerOf(cells, checkColumns)
      else if (cells.length > 1 || cells[0] !== '') {
        batch.records.push({ line, record: byColumn(columns, cells, line) })
        characters += cells.reduce((sum, cell) => sum + cell.length, 0)
      }
      line = info.lines + 1
      if (batch.records.length < BATCH_RECORDS && characters < BATCH_CHARACTERS) continue
      yield { ...batch, bytes }
      batch = { records: [], errors: [], bytes: 0 }
      characters = 0
      bytes = 0
    }
  } catch (error) {
    throw told(error, parsedTo + 1)
  } finally {
    source.destroy()
  }
  yield { ...batch, bytes }
}

function byColumn(columns: readonly string[], cells: readonly string[], line: number): Cells {
  if (cells.length !== columns.length) {
    throw new Unreadable(
      `has ${cells.length} cells where the header has ${columns.length}. A cell that holds the separator or a line end must be in "quotes".`,
      line,
    )
  }
  const record: Cells = {}
  for (const [i, column] of columns.entries()) record[column] = cells[i] ?? ''
  return record
}

function headerOf(cells: readonly string[], check: (columns: readonly string[]) => string | null): string[] {
  const columns = cells.map(columnOf)
  const twice = columns.find((column, i) => columns.indexOf(column) !== i)
  if (twice !== undefined) throw new Unreadable(`The column “${twice}” occurs twice in the header.`, 1)
  const wrong = check(columns)
  if (wrong !== null) throw new Unreadable(wrong, 1)
  return columns
}

function told(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') {
    return new Unreadable(
      'opens a quote (") that is never closed. The file may be cut off; a quote within a quoted cell is written "".',
      line,
    )
  }
  return new Unreadable(
    'has a quote (") in a place where none may be. A cell with quotes in it is written "like ""this"" one".',
    line,
  )
}
