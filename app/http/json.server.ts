import type { z } from 'zod'
import { Problem } from '#app/evaluation/problem.ts'

const MOST_BYTES = 2_000_000

const tooLarge = () =>
  new Problem('invalid', 'This is more than two megabytes. Shorten the notes, the passages or the better answer.', {
    code: 'too-large',
  })

/** The body of a request as text. Throws an `invalid` Problem (`too-large`, `not-text`) without reading on for ever. */
async function textOf(request: Request): Promise<string> {
  if (Number(request.headers.get('Content-Length') ?? 0) > MOST_BYTES) throw tooLarge()
  const parts: Uint8Array[] = []
  let bytes = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.byteLength
    if (bytes > MOST_BYTES) {
      await reader.cancel()
      throw tooLarge()
    }
    parts.push(value)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    throw new Problem('invalid', 'This is not UTF-8 text. Send JSON in UTF-8.', { code: 'not-text' })
  }
}

/**
 * The JSON body of a request in the given shape. Throws an `invalid` Problem that names the field and what was expected:
 * codes `too-large`, `not-text`, `not-json`, `bad-shape`.
 */
export async function readJson<S extends z.ZodType>(request: Request, shape: S): Promise<z.output<S>> {
  const text = await textOf(request)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Problem('invalid', 'This is not JSON, or it was cut off on the way. Send it again.', { code: 'not-json' })
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) fields[issue.path.join('.') || 'body'] ??= issue.message
  const [where, what] = Object.entries(fields)[0] ?? ['body', 'wrong']
  throw new Problem(
    'invalid',
    `What was sent cannot be used: ${where}: ${what}. Load the page again, then try once more.`,
    {
      code: 'bad-shape',
      fields,
    },
  )
}
