import { type Document, isNode, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import type { z } from 'zod'
import { faultsIn } from './faults.ts'
import { type FileError, Unreadable } from './unreadable.ts'

const MOST_BYTES = 2_000_000

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
      errors: doc.errors.map(({ pos, message }) => ({
        line: lines.linePos(pos[0]).line,
        field: null,
        reason: `is not YAML: ${message}`,
      })),
    }
  }
  const lineOf = (path: readonly PropertyKey[]) => lineAt(doc, lines, path)
  const parsed = schema.safeParse(plain(doc), { reportInput: true })
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

/** The document's value; null where it refers to itself more often than any such file would. */
function plain(doc: Document.Parsed): unknown {
  try {
    return doc.toJS({ maxAliasCount: 100 })
  } catch {
    return null
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
