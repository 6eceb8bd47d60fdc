import { extname } from 'node:path'
import { BadFile } from '../ratings-file/bad-file.ts'
import { eachBlock } from '../ratings-file/blocks.ts'
import { CsvRecord } from '../ratings-file/csv-record.ts'
import { Interner } from '../ratings-file/interner.ts'

/** Columns of a file by name, each cell as the number of its text; the line of each row. */
export interface NamedColumns {
  readonly count: number
  readonly line: readonly number[]
  column(name: string): NamedColumn | null
}

export interface NamedColumn {
  readonly cells: readonly number[]
  readonly names: Interner
}

/**
 * Reads the named columns of a CSV or JSON Lines file (by its extension); other columns are ignored.
 *
 * @param required columns that must be there, `optional` those that may
 * @throws BadFile with the line and the reason; the system's error when the file cannot be read
 */
export function readNamedColumns(file: string, required: readonly string[], optional: readonly string[]): NamedColumns {
  const gathered = new Gathered([...required, ...optional])
  const extension = extname(file).toLowerCase()
  if (extension === '.csv') readCsv(file, gathered, required)
  else if (extension === '.jsonl' || extension === '.ndjson') readJsonl(file, gathered, required)
  else throw new BadFile('the name must end in .csv or .jsonl, which says how to read it')
  return gathered
}

const EMPTY = Buffer.alloc(0)

class Gathered implements NamedColumns {
  readonly line: number[] = []
  readonly #columns: ReadonlyMap<string, { readonly cells: number[]; readonly names: Interner; there: boolean }>

  constructor(names: readonly string[]) {
    this.#columns = new Map(names.map((name) => [name, { cells: [], names: new Interner(), there: false }]))
  }

  get count(): number {
    return this.line.length
  }

  get wanted(): string[] {
    return [...this.#columns.keys()]
  }

  column(name: string): NamedColumn | null {
    const column = this.#columns.get(name)
    return column?.there ? column : null
  }

  add(name: string, bytes: Uint8Array, start: number, end: number): void {
    const column = this.#columns.get(name)
    if (column === undefined) return
    // a key that begins late in a file of JSON lines was empty before
    while (column.cells.length < this.line.length) column.cells.push(column.names.number(EMPTY, 0, 0))
    column.cells.push(column.names.number(bytes, start, end))
    column.there = true
  }

  /** Ends the row: what it did not have is empty. */
  end(line: number): void {
    this.line.push(line)
    for (const { cells, names, there } of this.#columns.values())
      if (there && cells.length < this.line.length) cells.push(names.number(EMPTY, 0, 0))
  }
}

function readCsv(file: string, gathered: Gathered, required: readonly string[]): void {
  const record = new CsvRecord()
  let header: string[] | null = null
  eachBlock(file, (block, firstLine, last) => {
    let at = 0
    let line = firstLine
    while (at < block.length) {
      const next = record.read(block, at, line, last)
      if (next < 0) return at
      if (!record.blank) {
        if (header === null) header = headerOf(block, record, line, required)
        else addRecord(gathered, block, record, header, line)
      }
      line += 1 + record.innerLines
      at = next
    }
    return at
  })
  if (header === null) throw BadFile.at(1, `the file is empty; it needs a header line with ${required.join(', ')}`)
}

function headerOf(block: Buffer, record: CsvRecord, line: number, required: readonly string[]): string[] {
  const names = Array.from({ length: record.fields }, (_, field) => record.text(block, field).trim())
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twice !== undefined) throw BadFile.at(line, `the column ${twice} is there twice`)
  const missing = required.find((name) => !names.includes(name))
  if (missing !== undefined)
    throw BadFile.at(line, `there is no column ${missing}; the columns, separated by commas, are: ${names.join(', ')}`)
  return names
}

function addRecord(
  gathered: Gathered,
  block: Buffer,
  record: CsvRecord,
  header: readonly string[],
  line: number,
): void {
  if (record.fields !== header.length)
    throw BadFile.at(line, `${record.fields} fields where the header has ${header.length}`)
  header.forEach((name, field) => {
    if (!record.doubled(field)) gathered.add(name, block, record.start(field), record.end(field))
    else {
      const bytes = Buffer.from(record.text(block, field))
      gathered.add(name, bytes, 0, bytes.length)
    }
  })
  gathered.end(line)
}

const NEWLINE = 10

function readJsonl(file: string, gathered: Gathered, required: readonly string[]): void {
  eachBlock(file, (block, firstLine) => {
    let line = firstLine
    for (let at = 0; at < block.length; line++) {
      const newline = block.indexOf(NEWLINE, at)
      const end = newline < 0 ? block.length : newline
      const text = block.toString('utf8', at, end).trim()
      if (text !== '') addObject(gathered, text, line, required)
      at = end + 1
    }
    return block.length
  })
}

function addObject(gathered: Gathered, text: string, line: number, required: readonly string[]): void {
  const object = objectOf(text, line)
  const missing = required.find((name) => !Object.hasOwn(object, name))
  if (missing !== undefined)
    throw BadFile.at(line, `there is no ${missing}; the keys are: ${Object.keys(object).join(', ')}`)
  for (const name of gathered.wanted) {
    const value = object[name]
    if (value === undefined || value === null) continue
    if (typeof value !== 'string' && typeof value !== 'number')
      throw BadFile.at(line, `the ${name} is neither text nor a number`)
    const bytes = Buffer.from(String(value))
    gathered.add(name, bytes, 0, bytes.length)
  }
  gathered.end(line)
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
