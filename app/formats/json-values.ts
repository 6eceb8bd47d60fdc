/** JSON that is not on lines: one value, an array of them, several in a row, or the list within an envelope. */
import { refuseOtherTypes } from './signature.ts'
import { firstUnstorable, mayHoldUnstorable } from './storable.ts'
import { type Batch, type FileError, type Numbered, Unreadable } from './unreadable.ts'

const MOST_CHARACTERS = 64_000_000

/** Envelopes whose list is read entry by entry, so that a file of any size can be read. */
const ENVELOPE = /^\{\s*"(resourceSpans|data|runs|traces|observations)"\s*:\s*\[$/

/** How an envelope of this kind begins, in the first letters of a file. */
export const BEGINS_ENVELOPE = /^\s*\{\s*"(resourceSpans|data|runs|traces|observations)"\s*:\s*\[/

const [QUOTE, BACKSLASH, NEWLINE] = [0x22, 0x5c, 0x0a]
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d]

/**
 * Yields the objects of the file, each with the line it begins on; entries of `resourceSpans` each in an envelope of their
 * own. Throws Unreadable where the text is not UTF-8, or its structure breaks or is cut off.
 */
export async function* jsonValues(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Batch<unknown>> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const scanner = new Scanner()
  let begun = false
  for await (const chunk of chunks) {
    if (!begun) refuseOtherTypes(chunk)
    begun = true
    scanner.take(decoded(decoder, scanner.line, chunk))
    yield { ...scanner.found(), bytes: chunk.length }
  }
  scanner.take(decoded(decoder, scanner.line))
  scanner.end()
  yield { ...scanner.found(), bytes: 0 }
}

function decoded(decoder: TextDecoder, line: number, chunk?: Uint8Array): string {
  let text: string
  try {
    text = decoder.decode(chunk, { stream: chunk !== undefined })
  } catch {
    throw new Unreadable('From here on the file is not UTF-8. Save it as UTF-8 and import that.', line)
  }
  if (!text.includes('\0')) return text
  throw new Unreadable('There is a NUL character, which no text may hold. Is this a text file in UTF-8?', line)
}

class Scanner {
  line = 1
  /** The value under way, and the line it began on. */
  #held = ''
  #began = 1
  #depth = 0
  #inText = false
  #escaped = false
  /** The envelope we are in, `array` for a bare list; its entries begin one level down. */
  #envelope: string | null = null
  #skipping = false
  #records: Numbered<unknown>[] = []
  #errors: FileError[] = []

  get #entryDepth(): number {
    if (this.#envelope === null) return 0
    return this.#envelope === 'array' ? 1 : 2
  }

  take(text: string): void {
    let from = this.#held === '' ? -1 : 0
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === NEWLINE) this.line += 1
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false
        else if (code === BACKSLASH) this.#escaped = true
        else if (code === QUOTE) this.#inText = false
        continue
      }
      if (code === QUOTE) this.#inText = true
      else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        if (this.#depth === this.#entryDepth && !this.#skipping) {
          if (code === OPEN_ARRAY && this.#envelope === null && this.#depth === 0) {
            this.#envelope = 'array'
            this.#depth = 1
            continue
          }
          from = i
          this.#began = this.line
        }
        this.#depth += 1
        if (code === OPEN_ARRAY && this.#depth === 2 && this.#envelope === null && from >= 0) {
          const envelope = ENVELOPE.exec(this.#held + text.slice(from, i + 1))?.[1]
          if (envelope !== undefined) {
            this.#envelope = envelope
            this.#held = ''
            from = -1
          }
        }
      } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
        this.#depth -= 1
        if (this.#depth < 0) throw new Unreadable('closes a bracket that was never opened', this.line)
        if (from >= 0 && this.#depth === this.#entryDepth) {
          this.#keep(this.#held + text.slice(from, i + 1))
          this.#held = ''
          from = -1
        } else if (this.#envelope !== null && this.#depth < this.#entryDepth) {
          this.#skipping = this.#depth > 0
          if (this.#depth === 0) this.#envelope = null
        }
        if (this.#depth === 0) {
          this.#skipping = false
          this.#envelope = null
        }
      } else if (from < 0 && !this.#skipping && code > 0x20 && code !== 0x2c) {
        throw new Unreadable(`is not JSON: “${text.slice(i, i + 20)}” stands where an object should begin`, this.line)
      }
    }
    if (from >= 0) this.#held += text.slice(from)
    if (this.#held.length > MOST_CHARACTERS) {
      throw new Unreadable(
        `An object is longer than ${MOST_CHARACTERS / 1e6} MB. Export fewer traces at a time.`,
        this.#began,
      )
    }
  }

  end(): void {
    if (this.#depth === 0 && !this.#inText) return
    const where = this.#held === '' ? this.line : this.#began
    throw new Unreadable('The file is cut off: what begins here has no end. Export it again.', where)
  }

  found(): { records: Numbered<unknown>[]; errors: FileError[] } {
    const found = { records: this.#records, errors: this.#errors }
    this.#records = []
    this.#errors = []
    return found
  }

  #keep(json: string): void {
    const line = this.#began
    let record: unknown
    try {
      record = JSON.parse(json)
    } catch (error) {
      const said = (error as Error).message.replace(/^.*?, "[\s\S]*$/, '').replace(/ \(line.*$/, '')
      throw new Unreadable(`The object that begins here is not JSON${said ? `: ${said}` : ''}.`, line)
    }
    const unstorable = mayHoldUnstorable(json) ? firstUnstorable(record) : null
    if (unstorable) this.#errors.push({ line, ...unstorable })
    else if (Array.isArray(record))
      this.#errors.push({ line, field: null, reason: 'holds an array instead of an object {…}' })
    else this.#records.push({ line, record: this.#envelope === 'resourceSpans' ? { resourceSpans: [record] } : record })
  }
}
