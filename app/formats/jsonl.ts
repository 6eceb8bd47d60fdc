/** JSON Lines: one object a line. */
import type { Block } from './lines.ts'
import { firstUnstorable, mayHoldUnstorable } from './storable.ts'
import type { Batch, FileError, Numbered } from './unreadable.ts'

/**
 * Yields the objects of each block. A line that is no object becomes an error and reading goes on with the next one.
 * Blank lines are passed over.
 */
export async function* readJsonl(blocks: AsyncIterable<Block>): AsyncGenerator<Batch<unknown>> {
  for await (const block of blocks) {
    const records: Numbered<unknown>[] = []
    const errors: FileError[] = []
    let line = block.line
    let from = 0
    while (from < block.text.length) {
      const newline = block.text.indexOf('\n', from)
      const to = newline < 0 ? block.text.length : newline
      const text = block.text.slice(from, to)
      if (text.trim() !== '') {
        const read = readLine(text)
        if ('record' in read) records.push({ line, record: read.record })
        else errors.push({ line, field: read.field, reason: read.reason })
      }
      line++
      from = to + 1
    }
    yield { records, errors, bytes: block.bytes }
  }
}

type Read = { record: unknown } | { field: string | null; reason: string }

function readLine(text: string): Read {
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch (error) {
    return { field: null, reason: whyNoJson(text.trim(), (error as Error).message) }
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return { field: null, reason: `holds ${nameOf(record)} instead of an object {…}` }
  }
  if (mayHoldUnstorable(text)) {
    const found = firstUnstorable(record)
    if (found) return found
  }
  return { record }
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}

function whyNoJson(text: string, message: string): string {
  if (text === '{') {
    return 'holds only the beginning of an object. Each line must hold a whole one; to put a spread-out file on lines: jq -c . FILE > FILE.jsonl'
  }
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN)
  const cut = /Unexpected end|Unterminated string/.test(message) || position >= text.length
  if (cut) return 'is cut off: the line ends before its JSON object does'
  const said = message.replace(/^.*?, "[\s\S]*$/, '').replace(/ \(line.*$/, '')
  const near = Number.isNaN(position) ? '' : ` near “${text.slice(Math.max(0, position - 15), position + 15)}”`
  return `is not JSON${said ? `: ${said}` : ''}${near}`
}
