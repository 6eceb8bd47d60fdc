/** Bytes to blocks of whole lines, checked: UTF-8, no NUL, no line without end. Holds one line at most beyond a block. */
import { isAscii, isUtf8 } from 'node:buffer'
import { markLength, refuseOtherTypes } from './signature.ts'
import { Unreadable } from './unreadable.ts'

/** `text` holds whole lines, the first of which is line number `line` of the file. `bytes`: how many were read for it. */
export type Block = { text: string; line: number; bytes: number }

export const MAX_LINE_BYTES = 10_000_000

const NEWLINE = 0x0a

/**
 * Yields the text of a file in blocks that end at a line end. Throws Unreadable, with the line, at the first byte that
 * is not UTF-8, at a NUL (which PostgreSQL cannot store), and at a line of more than `maxLineBytes`.
 */
export async function* linesIn(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Block> {
  let line = 1
  let at = 0
  let held: Uint8Array[] = []
  let heldBytes = 0
  let begun = false
  let taken = 0

  const block = (bytes: Uint8Array): Block => {
    const made = { text: checkedText(bytes, line, at), line, bytes: taken }
    line += countLines(bytes)
    at += bytes.length
    taken = 0
    return made
  }

  for await (const chunk of joinFirst(chunks)) {
    let rest = chunk
    taken += chunk.length
    if (!begun) {
      begun = true
      refuseOtherTypes(chunk)
      at = markLength(chunk)
      rest = chunk.subarray(at)
    }
    const first = rest.indexOf(NEWLINE)
    if (heldBytes + (first < 0 ? rest.length : first) > maxLineBytes) throw tooLong(line, maxLineBytes)
    const end = rest.lastIndexOf(NEWLINE) + 1
    if (end > 0) {
      yield block(held.length > 0 ? Buffer.concat([...held, rest.subarray(0, end)]) : rest.subarray(0, end))
      held = []
      heldBytes = 0
    }
    if (end < rest.length) {
      // A stream may use the memory of a chunk again.
      held.push(Buffer.from(rest.subarray(end)))
      heldBytes += rest.length - end
    }
  }
  if (heldBytes > 0) yield block(Buffer.concat(held))
}

/** The first chunk with at least enough bytes to tell the type by. */
async function* joinFirst(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Uint8Array | null = new Uint8Array(0)
  for await (const chunk of chunks) {
    if (first === null) yield chunk
    else {
      first = Buffer.concat([first, chunk])
      if (first.length >= 16) {
        yield first
        first = null
      }
    }
  }
  if (first !== null && first.length > 0) yield first
}

const tooLong = (line: number, most: number) =>
  new Unreadable(
    `The line is longer than ${Math.round(most / 1_000_000)} MB. Split what it holds, or check that the file has line ends.`,
    line,
  )

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let i = bytes.indexOf(NEWLINE); i >= 0; i = bytes.indexOf(NEWLINE, i + 1)) count++
  return count
}

function checkedText(bytes: Uint8Array, line: number, at: number): string {
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    const where = line + countLines(bytes.subarray(0, nul))
    throw new Unreadable(
      `There is a NUL character (byte ${at + nul + 1} of the file), which no text may hold. Is this a text file in UTF-8?`,
      where,
    )
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  // The same letters, read several times faster.
  if (isAscii(buffer)) return buffer.toString('latin1')
  if (isUtf8(buffer)) return buffer.toString('utf8')
  const wrong = firstInvalid(bytes)
  throw new Unreadable(
    `Byte ${at + wrong + 1} of the file is not UTF-8. The file may be in Windows-1252 or Latin-1: save it as UTF-8 and import that.`,
    line + countLines(bytes.subarray(0, wrong)),
  )
}

/** Where the first sequence begins that is not UTF-8: the longest valid start is found by halving. */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0
  let invalid = bytes.length
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1
    if (isUtf8(bytes.subarray(0, middle)) || isCutCharacter(bytes, middle)) valid = middle
    else invalid = middle
  }
  while (valid > 0 && !isUtf8(bytes.subarray(0, valid))) valid--
  return valid
}

/** True where cutting at `end` only divides a character that is valid as a whole. */
function isCutCharacter(bytes: Uint8Array, end: number): boolean {
  for (let back = 1; back <= 3 && back <= end; back++) {
    if (!isUtf8(bytes.subarray(0, end - back))) continue
    for (let on = 1; on <= 3; on++) {
      if (end + on <= bytes.length && isUtf8(bytes.subarray(end - back, end + on))) return true
    }
  }
  return false
}
