import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'
import { BadFile } from './bad-file.ts'

const NEWLINE = 10
const FIRST_SIZE = 1 << 20

/** A longer line is no rating but a broken file (for instance a quote that never closes). */
const LONGEST_LINE = 16 << 20

/**
 * Takes one block of whole lines and returns how many of its bytes it used: all, or up to the start of a record that goes on in
 * the next block. The last block must be used up.
 */
export type TakeBlock = (block: Buffer, line: number, last: boolean) => number

/**
 * Reads a file in blocks of whole lines, checked to be UTF-8, without ever holding all of it. A byte order mark is skipped.
 *
 * @throws BadFile for bytes that are not UTF-8, and for a line of more than 16 MiB
 */
export function eachBlock(file: string, take: TakeBlock): void {
  const descriptor = openSync(file, 'r')
  try {
    let buffer: Buffer = Buffer.allocUnsafe(FIRST_SIZE)
    let filled = 0
    let checked = 0
    let line = 1
    let start = true
    for (let ended = false; !ended; ) {
      if (filled === buffer.length) buffer = grown(buffer, line)
      const read = readSync(descriptor, buffer, filled, buffer.length - filled, null)
      ended = read === 0
      filled += read
      const end = ended ? filled : buffer.lastIndexOf(NEWLINE, filled - 1) + 1
      if (end <= checked && !ended) continue
      refuseWrongBytes(buffer, checked, end, line)
      const skip = start && hasByteOrderMark(buffer, end) ? 3 : 0
      start = false
      const used = skip + take(buffer.subarray(skip, end), line, ended)
      line += newlines(buffer, 0, used)
      buffer.copyWithin(0, used, filled)
      filled -= used
      checked = end - used
    }
  } finally {
    closeSync(descriptor)
  }
}

function grown(buffer: Buffer, line: number): Buffer {
  if (buffer.length >= LONGEST_LINE) throw BadFile.at(line, 'longer than 16 MiB; is a closing quote missing?')
  const larger = Buffer.allocUnsafe(buffer.length * 2)
  buffer.copy(larger)
  return larger
}

function hasByteOrderMark(buffer: Buffer, end: number): boolean {
  return end >= 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf
}

function newlines(buffer: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if (buffer[at] === NEWLINE) count++
  return count
}

function refuseWrongBytes(buffer: Buffer, from: number, to: number, line: number): void {
  if (isUtf8(buffer.subarray(from, to))) return
  let start = from
  while (start < to) {
    const newline = buffer.indexOf(NEWLINE, start)
    const end = newline < 0 || newline >= to ? to : newline + 1
    if (!isUtf8(buffer.subarray(start, end)))
      throw BadFile.at(line + newlines(buffer, 0, start), 'not UTF-8; save the file as UTF-8')
    start = end
  }
}
