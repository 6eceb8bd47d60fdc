import { type Document, isNode, LineCounter, type ParsedNode, parseDocument, type YAMLError } from 'yaml'
import type { z } from 'zod'
import { faultsIn } from './faults.ts'
import { type FileError, Unreadable } from './unreadable.ts'

const MOST_BYTES = 2_000_000
/** One slip can upset all that follows; the first tell enough. */
const MOST_ERRORS = 20

/** A file that was read, and a way to say on which line something in it stands. */
export type ReadYaml<T> = { file: T; lineOf: (path: readonly PropertyKey[]) => number | null }

/**
 * What a YAML (or JSON) file of one record says, or everything that is wrong with it. `fields` are the names that a record of
 * the schema may have.
 */
export function readYaml<S extends z.ZodType>(
  bytes: Uint8Array,
  schema: S,
  fields: readonly string[],
): ReadYaml<z.output<S>> | { errors: FileError[] } {
  let text: string
  try {
    text = textOf(bytes)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { errors: [{ line: error.line, field: null, reason: error.message }] }
  }
  const lines = new LineCounter()
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (doc.errors.length > 0) {
    return {
      errors: doc.errors.slice(0, MOST_ERRORS).map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        field: null,
        reason: inWords(error),
      })),
    }
  }
  const lineOf = (path: readonly PropertyKey[]) => lineAt(doc, lines, path)
  const value = plain(doc)
  if (value === TANGLED) return { errors: [{ line: null, field: null, reason: TOO_MANY_ALIASES }] }
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return { file: parsed.data, lineOf }
  const faults = faultsIn(parsed.error, fields)
  return {
    errors: faults.map((fault, i) => {
      const issue = parsed.error.issues[i]
      const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
      return { line: lineOf([...(issue?.path ?? []), ...unknown]), ...fault }
    }),
  }
}

function textOf(bytes: Uint8Array): string {
  if (bytes.byteLength > MOST_BYTES) throw new Unreadable('The file is larger than 2 MB, more than such a file is.')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Unreadable('The file is not text in UTF-8.')
  }
}

/** What the reader of YAML has to say, in our words where its own are for programmers. */
function inWords({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'holds several documents (“---”): a file has one'
  if (/call stack/.test(message)) return 'is nested more deeply than any such file is'
  return `is not YAML: ${message}`
}

const TANGLED = Symbol('refers to itself')
const TOO_MANY_ALIASES = 'refers to its own parts (“*name”) more often than any such file would: write them out'

/** The document's value, or `TANGLED` where it refers to itself more often than any such file would. */
function plain(doc: Document.Parsed): unknown {
  try {
    return doc.toJS({ maxAliasCount: 100 })
  } catch {
    return TANGLED
  }
}

/** The line of what a path leads to, or of the nearest thing around it that is there; null for the file as a whole. */
function lineAt(doc: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = doc.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return lines.linePos((node as ParsedNode).range[0]).line
  }
  return null
}
