/** Files of records, JSONL or CSV, told apart by what they hold. */
import { createReadStream } from 'node:fs'
import { columnsWrong, recordFromCells } from './cells.ts'
import { readCsv } from './csv.ts'
import { faultsIn } from './faults.ts'
import { readJsonl } from './jsonl.ts'
import { type Block, linesIn } from './lines.ts'
import type { RecordKind } from './record-kind.ts'
import { textFormat } from './signature.ts'
import { type Batch, type FileError, type Numbered, Unreadable } from './unreadable.ts'

const CHUNK_BYTES = 64 * 1024

/** How much of a file to read at a time: a batch of records is what a chunk of it holds. */
export const chunksOf = (path: string): AsyncIterable<Uint8Array> =>
  createReadStream(path, { highWaterMark: CHUNK_BYTES })

/**
 * Yields the records of a JSONL or CSV file in batches, checked against their kind. Records with faults become errors with
 * line, field and reason. `required` names the columns a CSV file cannot do without. Throws Unreadable where reading cannot go on.
 */
export async function* readRecords<T>(
  chunks: AsyncIterable<Uint8Array>,
  kind: RecordKind<T>,
  required: readonly string[] = [],
): AsyncGenerator<Batch<T>> {
  const opened = await open(linesIn(chunks))
  if (opened === null) throw new Unreadable('The file is empty.')
  const { first, blocks } = opened
  if (textFormat(first) === 'jsonl') {
    for await (const batch of readJsonl(blocks)) yield checked(kind, batch)
    return
  }
  for await (const batch of readCsv(first, blocks, (columns) => columnsWrong(kind, required, columns))) {
    const records: Numbered<unknown>[] = []
    const errors: FileError[] = []
    for (const { line, record } of batch.records) {
      const read = recordFromCells(kind, record)
      if ('record' in read) records.push({ line, record: read.record })
      else errors.push({ line, ...read })
    }
    yield checked(kind, { records, errors, bytes: batch.bytes })
  }
}

/** The text of the first block, and all blocks from that one on. */
async function open(all: AsyncGenerator<Block>): Promise<{ first: string; blocks: AsyncGenerator<Block> } | null> {
  const first = await all.next()
  if (first.done) return null
  async function* blocks(): AsyncGenerator<Block> {
    if (!first.done) yield first.value
    yield* all
  }
  return { first: first.value.text, blocks: blocks() }
}

/** Checks records of any source against their kind. */
export function checked<T>(kind: RecordKind<T>, batch: Batch<unknown>): Batch<T> {
  const records: Numbered<T>[] = []
  const errors = [...batch.errors]
  for (const { line, record } of batch.records) {
    const parsed = kind.schema.safeParse(record, { reportInput: true })
    if (parsed.success) records.push({ line, record: parsed.data })
    else errors.push(...faultsIn(parsed.error, kind.fields).map((fault) => ({ line, ...fault })))
  }
  errors.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return { records, errors, bytes: batch.bytes }
}
