import { BadFile } from './bad-file.ts'

const NEWLINE = 10
const RETURN = 13
const QUOTE = 34
const COMMA = 44

/**
 * One record of a CSV block (RFC 4180: commas, fields in quotes may hold commas, line ends and doubled quotes; lines end with
 * \n or \r\n). Fields are ranges of the block's bytes, so that nothing is copied.
 */
export class CsvRecord {
  #starts: number[] = []
  #ends: number[] = []
  #doubled: boolean[] = []
  #fields = 0
  /** Line ends inside quoted fields of the record. */
  #innerLines = 0

  get fields(): number {
    return this.#fields
  }

  get innerLines(): number {
    return this.#innerLines
  }

  /** Whether the record is an empty line. */
  get blank(): boolean {
    return this.#fields === 1 && this.#starts[0] === this.#ends[0]
  }

  start(field: number): number {
    return this.#starts[field] as number
  }

  end(field: number): number {
    return this.#ends[field] as number
  }

  /** Whether the field holds doubled quotes, which stand for one. */
  doubled(field: number): boolean {
    return this.#doubled[field] as boolean
  }

  /**
   * Reads the record that begins at `from`.
   *
   * @param last whether the block is the last of the file, so that its end ends the record
   * @returns where the next record begins, or -1 when the block ends inside a quoted field that may go on
   * @throws BadFile at `line` for a quote that never closes, or text after one that did
   */
  read(block: Uint8Array, from: number, line: number, last: boolean): number {
    const length = block.length
    let at = from
    let field = 0
    this.#innerLines = 0
    for (;;) {
      let doubled = false
      let start = at
      let end: number
      if (block[at] === QUOTE) {
        start = ++at
        for (;;) {
          if (at >= length) {
            if (last) throw BadFile.at(line, 'a quoted field is never closed')
            return -1
          }
          const byte = block[at++]
          if (byte === NEWLINE) this.#innerLines++
          if (byte !== QUOTE) continue
          if (block[at] !== QUOTE) break
          doubled = true
          at++
        }
        end = at - 1
        if (block[at] === RETURN && (block[at + 1] === NEWLINE || at + 1 === length)) at++
        if (at < length && block[at] !== COMMA && block[at] !== NEWLINE)
          throw BadFile.at(line + this.#innerLines, 'text follows the closing quote of a field')
      } else {
        while (at < length && block[at] !== COMMA && block[at] !== NEWLINE) at++
        end = block[at] !== COMMA && at > start && block[at - 1] === RETURN ? at - 1 : at
      }
      this.#starts[field] = start
      this.#ends[field] = end
      this.#doubled[field] = doubled
      field++
      if (block[at] === COMMA && at < length) {
        at++
        continue
      }
      this.#fields = field
      return Math.min(at + 1, length)
    }
  }

  text(block: Buffer, field: number): string {
    const raw = block.toString('utf8', this.start(field), this.end(field))
    return this.doubled(field) ? raw.replaceAll('""', '"') : raw
  }
}
