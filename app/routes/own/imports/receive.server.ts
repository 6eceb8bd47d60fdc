/** Uploads: streamed to the data folder as they come, never held in memory. */
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unstable_parseMultipartFormData as parseMultipart, type UploadHandlerPart } from '@remix-run/node'
import { Problem } from '#app/evaluation/problem.ts'
import { isFull } from '#db/errors.ts'

const MOST_BYTES = 1_000_000_000
const MOST_FIELD_BYTES = 10_000

export type Received = { form: FormData; fileName: string; bytes: number }

/**
 * Stores the one file of a multipart form under `path`, and returns its other fields. Nothing stays where it fails.
 *
 * @throws Problem `invalid` for a body that is no such form, breaks off, or holds too much; `busy` for a full disk
 */
export async function receiveFile(request: Request, path: string): Promise<Received> {
  await mkdir(dirname(path), { recursive: true })
  let fileName = ''
  let bytes = 0
  try {
    const form = await parseMultipart(request, async (part) => {
      if (part.filename === undefined) return fieldIn(part)
      fileName = part.filename
      bytes = await storeFile(part.data, path)
      return null
    })
    return { form, fileName, bytes }
  } catch (error) {
    await rm(path, { force: true })
    throw told(error)
  }
}

async function fieldIn({ data }: UploadHandlerPart): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of data) {
    bytes += part.byteLength
    if (bytes > MOST_FIELD_BYTES) throw new Problem('invalid', 'A field of the form is longer than it can be.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

async function storeFile(data: AsyncIterable<Uint8Array>, path: string): Promise<number> {
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Uint8Array, _, next) {
      bytes += chunk.byteLength
      if (bytes > MOST_BYTES) next(tooLarge())
      else next(null, chunk)
    },
  })
  await pipeline(Readable.from(data), counted, createWriteStream(path, { mode: 0o600 }))
  return bytes
}

const tooLarge = () =>
  new Problem(
    'invalid',
    'The file is larger than 1 GB. Split it, or import it on the server: npm run -s assay -- import.',
    { code: 'too-large' },
  )

function told(error: unknown): unknown {
  if (error instanceof Problem) return error
  if (isFull(error)) {
    return new Problem('busy', 'The disk of the server is full. Nothing was kept; ask your admin to make room.', {
      code: 'disk-full',
    })
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('E')) {
    return error
  }
  return new Problem('invalid', 'The upload broke off or was not sent as a form. Nothing was kept; send it again.', {
    code: 'no-form',
  })
}
