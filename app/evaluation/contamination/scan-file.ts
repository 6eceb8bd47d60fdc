import { linesIn } from '#app/formats/lines.ts'
import { chunksOf } from '#app/formats/read.ts'
import { Unreadable } from '#app/formats/unreadable.ts'
import type { Leak } from '#app/stats/text/leaks.ts'
import { type Canaries, meetCanaries } from './canaries.ts'
import type { CaseIndex, Part } from './case-texts.ts'
import type { CanaryFound, CaseLeak, FileFindings } from './findings.ts'

/** A line of a fine-tuning set may be a whole conversation. */
const MAX_LINE_BYTES = 100_000_000

/** From these shares on a text counts as leaked: less is what texts about the same subject have in common. */
export const LEAST = { share: 0.25, near: 0.6 }

export type Searched = CaseIndex & { canaries: Canaries }

/**
 * Looks for cases and canaries in a text file of any kind: a prompt, few-shot examples, a fine-tuning set. A file that is no
 * text is a finding of its own.
 *
 * @param onBytes called with the number of bytes that were read since
 */
export async function scanFile(
  { parts, index, canaries }: Searched,
  { path, name }: { path: string; name: string },
  onBytes: (bytes: number) => void = () => undefined,
): Promise<FileFindings> {
  const scan = index.scan()
  const met = new Map<string, CanaryFound>()
  let read = 0
  try {
    for await (const { text, line, bytes } of linesIn(chunksOf(path), MAX_LINE_BYTES)) {
      scan.read(text, line)
      meetCanaries(text, canaries, met)
      read += bytes
      onBytes(bytes)
    }
  } catch (error) {
    const fault = whyNot(error)
    return { name, bytes: read, leaks: [], canaries: [...met.values()], fault }
  }
  const leaks = scan
    .end()
    .filter(({ share, near }) => share >= LEAST.share || near >= LEAST.near)
    .map((leak) => leakOf(leak, parts[leak.text] as Part))
    .sort((a, b) => Math.max(b.share, b.near) - Math.max(a.share, a.near) || (a.key < b.key ? -1 : 1))
  return { name, bytes: read, leaks, canaries: [...met.values()], fault: null }
}

const tenths = (share: number): number => Math.round(10 * share) / 10

/** Where a sealed text stands in one's file would be the text, and an exact share a way to guess it word by word. */
function leakOf({ share, near, nearLine, firstLine, lastLine }: Leak, part: Part): CaseLeak {
  if (part.sealed) return { ...part, share: tenths(share), near: tenths(near), lines: null }
  return { ...part, share, near, lines: { first: firstLine || nearLine, last: lastLine || nearLine } }
}

/** Why a file could not be read. Throws on what is not the file's fault. */
function whyNot(error: unknown): string {
  if (error instanceof Unreadable) return error.line === null ? error.message : `Line ${error.line}: ${error.message}`
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'There is no such file.'
  if (code === 'EACCES' || code === 'EISDIR') return 'It cannot be read as a file.'
  throw error
}
