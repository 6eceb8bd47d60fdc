/**
 * Kept columns as bytes: a beginning of fixed length, a header in JSON, then each column as it lies in memory.
 *
 *     0  8 bytes   ASSAYRIF
 *     8  u32       format
 *    12  u32       length of the header
 *    16  32 bytes  SHA-256 of all that follows
 *    48            header, then columns, each filled up to a multiple of 8
 */
import { createHash } from 'node:crypto'
import { endianness } from 'node:os'
import type { Columns } from '../columns.ts'
import { compact } from '../compact.ts'
import { namesOf } from '../names.ts'
import type { Kept, Round } from '../refresh.ts'
import type { ItemSegments } from '../segments.ts'
import type { Superseding } from './proof.ts'

/** To be raised whenever anything below changes its meaning. */
const FORMAT = 1
const MAGIC = Buffer.from('ASSAYRIF')
const [FORMAT_AT, HEADER_AT, SUM_AT, BEGIN] = [8, 12, 16, 48]

/** What is in a file: columns without rows that are gone, and by round what they were held against. */
export type Saved = {
  /** What the file is of: see `keyOf`. */
  key: string
  columns: Columns
  rounds: ReadonlyMap<string, Round & { superseding: Superseding }>
}

type Header = {
  key: string
  endianness: string
  rows: number
  names: Record<'rounds' | 'items' | 'raters', string[]>
  segments: ItemSegments
  rounds: [string, Round & { superseding: Superseding }][]
}

/** Columns of a header's names; `gone` is left out, since nothing is. */
const PLAIN = ['round', 'item', 'rater', 'source', 'submittedAt', 'activeMs'] as const

export function bytesOf({ key, columns: all, rounds }: Saved): Buffer {
  const columns = compact(all)
  const header: Header = {
    key,
    endianness: endianness(),
    rows: columns.rows,
    names: { rounds: columns.rounds.names, items: columns.items.names, raters: columns.raters.names },
    segments: columns.segments,
    rounds: [...rounds],
  }
  const text = Buffer.from(JSON.stringify(header))
  const parts = [text, ...PLAIN.map((name) => columns[name]), ...columns.codes].flatMap(padded)
  const begin = Buffer.alloc(BEGIN)
  MAGIC.copy(begin)
  begin.writeUInt32LE(FORMAT, FORMAT_AT)
  begin.writeUInt32LE(text.length, HEADER_AT)
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part)
  sum.digest().copy(begin, SUM_AT)
  return Buffer.concat([begin, ...parts])
}

/** What the bytes hold of `key`; null where they are torn, of another format, or of something else. */
export function savedIn(bytes: Buffer, key: string, dimensions: Columns['dimensions']): Saved | null {
  if (bytes.length < BEGIN || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null
  if (bytes.readUInt32LE(FORMAT_AT) !== FORMAT) return null
  const sum = createHash('sha256').update(bytes.subarray(BEGIN)).digest()
  if (!bytes.subarray(SUM_AT, BEGIN).equals(sum)) return null
  const length = bytes.readUInt32LE(HEADER_AT)
  const header = JSON.parse(bytes.toString('utf8', BEGIN, BEGIN + length)) as Header
  if (header.key !== key || header.endianness !== endianness()) return null
  const { rows, names, segments, rounds } = header
  const next = reader(bytes, BEGIN + upTo8(length), rows)
  const [round, item, rater] = [next(Uint32Array), next(Uint32Array), next(Uint32Array)]
  const [source, submittedAt, activeMs] = [next(Uint8Array), next(Float64Array), next(Float64Array)]
  const columns: Columns = {
    dimensions,
    rounds: namesOf(names.rounds),
    items: namesOf(names.items),
    raters: namesOf(names.raters),
    segments,
    rows,
    round,
    item,
    rater,
    source,
    submittedAt,
    activeMs,
    gone: new Uint8Array(rows),
    codes: dimensions.map(() => next(Uint8Array)),
  }
  return { key, columns, rounds: new Map(rounds) }
}

export const keptFrom = ({ columns, rounds }: Saved): Kept => ({
  columns,
  rounds: new Map([...rounds].map(([id, { counts, inForce, tail }]) => [id, { counts, inForce, tail }])),
  gone: 0,
  news: 0,
})

const upTo8 = (length: number): number => Math.ceil(length / 8) * 8

function padded(column: Uint8Array | Uint32Array | Float64Array): Buffer[] {
  const bytes = Buffer.from(column.buffer, column.byteOffset, column.byteLength)
  return [bytes, Buffer.alloc(upTo8(bytes.length) - bytes.length)]
}

type TypedArray<T> = { new (buffer: ArrayBuffer): T; BYTES_PER_ELEMENT: number }

/** Takes one column of so many rows after another. Each is copied, so that it lies where its numbers may. */
function reader(bytes: Buffer, start: number, rows: number) {
  let at = bytes.byteOffset + start
  return <T>(kind: TypedArray<T>): T => {
    const length = rows * kind.BYTES_PER_ELEMENT
    const column = new kind(bytes.buffer.slice(at, at + length) as ArrayBuffer)
    at += upTo8(length)
    return column
  }
}
