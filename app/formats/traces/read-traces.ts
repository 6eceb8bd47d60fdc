/** Files of traces in any of the formats, told apart by what they hold, as records of one type. */
import { columnsWrong, recordFromCells } from '../cells.ts'
import { readCsv } from '../csv.ts'
import { BEGINS_ENVELOPE, jsonValues } from '../json-values.ts'
import { readJsonl } from '../jsonl.ts'
import { linesIn } from '../lines.ts'
import { checked } from '../read.ts'
import { type Batch, type FileError, type Numbered, Unreadable } from '../unreadable.ts'
import { csvRecord, formatOfColumns } from './csv-export.ts'
import { Gathering, type Passed } from './gather.ts'
import { langfuseSpans, spelledOut } from './langfuse.ts'
import { langsmithSpans } from './langsmith.ts'
import { type Fields, isFields, Unclear } from './loose-json.ts'
import { telemetrySpans } from './open-telemetry.ts'
import { chatRecord, evalRecord, Names } from './openai.ts'
import { FORMAT_NAMES, formatOf, type TraceFormat } from './told-apart.ts'
import { type TraceRecord, traceKind } from './trace.ts'

export type TraceBatch = Batch<TraceRecord> & { passed: Passed; format: TraceFormat | null }

/**
 * Yields the traces of a file in batches, checked; what is wrong with a record goes to the errors of its batch. `given` is the
 * format where it is known, else the first record tells it, and a record of another one is an error. Throws Unreadable where
 * reading cannot go on, and for a file of which no record is an interaction.
 */
export async function* readTraces(
  chunks: AsyncIterable<Uint8Array>,
  given: TraceFormat | null = null,
): AsyncGenerator<TraceBatch> {
  const { head, all } = await peeked(chunks)
  const reading = new Reading(given)
  let traces = 0
  for await (const batch of rawBatches(head, all, reading)) {
    const read = reading.take(batch)
    traces += read.records.length + read.errors.length
    yield read
  }
  const last = reading.end()
  yield last
  if (traces + last.records.length + last.errors.length === 0) throw new Unreadable(nothingIn(reading))
}

function nothingIn({ all, format }: Reading): string {
  const told = Object.entries(all).map(([why, count]) => `${count.toLocaleString('en')} ${why}`)
  if (told.length === 0) return 'There is no record in it.'
  const what = format === null ? 'The file' : `The file (${FORMAT_NAMES[format]})`
  return `${what} holds no interaction: ${told.join(', ')}.`
}

const HEAD_BYTES = 4_096

/** The first letters of a file, and its bytes from the start. */
async function peeked(chunks: AsyncIterable<Uint8Array>): Promise<{ head: string; all: AsyncGenerator<Uint8Array> }> {
  const rest = chunks[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let bytes = 0
  while (bytes < HEAD_BYTES) {
    const next = await rest.next()
    if (next.done) break
    first.push(Buffer.from(next.value))
    bytes += next.value.length
  }
  const joined = Buffer.concat(first)
  if (joined.length === 0) throw new Unreadable('The file is empty.')
  async function* all(): AsyncGenerator<Uint8Array> {
    yield joined
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  }
  return { head: joined.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, ''), all: all() }
}

/** Whether JSON is on lines or spread out; null: it is no JSON. */
export function layoutOf(head: string): 'lines' | 'spread' | null {
  const letter = head.trimStart()[0]
  if (letter === '[' || BEGINS_ENVELOPE.test(head)) return 'spread'
  if (letter !== '{') return null
  const line = head.trimStart().split('\n', 1)[0]?.trim() ?? ''
  return /[{[,]$/.test(line) ? 'spread' : 'lines'
}

async function* rawBatches(
  head: string,
  all: AsyncGenerator<Uint8Array>,
  reading: Reading,
): AsyncGenerator<Batch<unknown>> {
  const layout = layoutOf(head)
  if (layout === 'spread') yield* jsonValues(all)
  else if (layout === 'lines') yield* readJsonl(linesIn(all))
  else yield* csvBatches(linesIn(all), reading)
}

async function* csvBatches(blocks: ReturnType<typeof linesIn>, reading: Reading): AsyncGenerator<Batch<unknown>> {
  const first = await blocks.next()
  if (first.done) throw new Unreadable('The file is empty.')
  async function* from() {
    if (!first.done) yield first.value
    yield* blocks
  }
  const check = (columns: readonly string[]) => {
    reading.format ??= formatOfColumns(columns)
    return reading.format === 'assay' ? columnsWrong(traceKind, ['key', 'input'], columns) : null
  }
  for await (const { records, bytes } of readCsv(first.value.text, from(), check)) {
    const batch: Batch<unknown> = { records: [], errors: [], bytes }
    for (const { line, record } of records) {
      const read = reading.format === 'assay' ? recordFromCells(traceKind, record) : { record: csvRecord(record) }
      if ('record' in read) batch.records.push({ line, record: read.record })
      else batch.errors.push({ line, ...read })
    }
    yield batch
  }
}

class Reading {
  format: TraceFormat | null
  /** What was passed over so far, in the whole file. */
  readonly all: Passed = {}
  #passed: Passed = {}
  readonly #gathering = new Gathering()
  readonly #names = new Names()

  constructor(given: TraceFormat | null) {
    this.format = given
  }

  take({ records, errors, bytes }: Batch<unknown>): TraceBatch {
    const made: Numbered<unknown>[] = []
    const faults: FileError[] = [...errors]
    for (const { line, record } of records.flatMap(unwrapped)) {
      try {
        made.push(...this.#read(record, line))
      } catch (error) {
        if (!(error instanceof Unclear)) throw error
        faults.push({ line, field: error.field, reason: error.message })
      }
    }
    return this.#batch(made, faults, bytes)
  }

  end(): TraceBatch {
    return this.#batch(this.#gathering.rest(), [], 0)
  }

  #batch(records: Numbered<unknown>[], errors: FileError[], bytes: number): TraceBatch {
    for (const [why, count] of Object.entries(this.#gathering.takePassed())) this.#pass(why, count)
    const passed = this.#passed
    this.#passed = {}
    return { ...checked(traceKind, { records, errors, bytes }), passed, format: this.format }
  }

  #pass(why: string, count = 1): void {
    this.#passed[why] = (this.#passed[why] ?? 0) + count
    this.all[why] = (this.all[why] ?? 0) + count
  }

  #read(record: unknown, line: number): Numbered<unknown>[] {
    const fields = this.format === 'langfuse' ? spelledOut(record as Fields) : (record as Fields)
    const own = formatOf(fields)
    this.format ??= own
    if (this.format === null) {
      throw new Unclear(
        null,
        'is of no format that is known. Name it (--format), or give the record a key and an input.',
      )
    }
    if (own !== null && own !== this.format && this.format !== 'assay') {
      throw new Unclear(
        null,
        `looks like ${FORMAT_NAMES[own]}, but the file is ${FORMAT_NAMES[this.format]}. One format a file.`,
      )
    }
    switch (this.format) {
      case 'assay':
        return [{ line, record }]
      case 'openai':
        return this.#asked(line, chatRecord(fields, this.#names))
      case 'evals':
        return this.#asked(line, evalRecord(fields, this.#names))
      case 'langfuse':
        return langfuseSpans(fields, line).flatMap((span) => this.#gathering.add(span))
      case 'langsmith':
        return langsmithSpans(fields, line).flatMap((span) => this.#gathering.add(span))
      case 'otel': {
        const { spans, others } = telemetrySpans(fields, line)
        if (others > 0) this.#pass('spans that say nothing of generative AI', others)
        return spans.flatMap((span) => this.#gathering.add(span))
      }
    }
  }

  #asked(line: number, record: Record<string, unknown>): Numbered<unknown>[] {
    if (typeof record.input === 'string' && record.input.trim() !== '') return [{ line, record }]
    this.#pass('records without a question')
    return []
  }
}

/** The entries of a page of an interface, which wraps its list; anything else as it is. */
function unwrapped({ line, record }: Numbered<unknown>): Numbered<unknown>[] {
  if (!isFields(record)) return [{ line, record: {} }]
  const list = ['data', 'runs', 'traces'].map((name) => record[name]).find((value) => Array.isArray(value))
  if (list === undefined || 'id' in record || 'key' in record) return [{ line, record }]
  return (list as unknown[]).filter(isFields).map((one) => ({ line, record: one }))
}
