/** Uploads: streamed to the data folder as they come, never held in memory. */
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import busboy from 'busboy'
import { Problem } from '#app/evaluation/problem.ts'
import { isFull } from '#db/errors.ts'

const MOST_BYTES = 1_000_000_000
const MOST_FIELD_BYTES = 10_000
const MOST_PARTS = 100

type ReceivedFile = { fileName: string; bytes: number }
export type Received = { form: FormData } & ReceivedFile

/**
 * Stores the one file of a multipart form under `path`, and returns its other fields. Nothing stays where it fails.
 *
 * @throws Problem `invalid` for a body that is no such form, breaks off, or holds too much; `busy` for a full disk
 */
export async function receiveFile(request: Request, path: string): Promise<Received> {
  const { form, files } = await receiveFiles(request, () => path, 1)
  return { form, ...(files[0] ?? { fileName: '', bytes: 0 }) }
}

/**
 * Stores the files of a multipart form, at most `most` and of at most `mostBytes` each, the n-th (from 0) under `pathOf(n)`, and
 * returns its other fields. A file field left empty is a file without a name and without bytes.
 *
 * @throws Problem as `receiveFile` does, and for more files than `most`
 */
export async function receiveFiles(
  request: Request,
  pathOf: (n: number) => string,
  most: number,
  mostBytes = MOST_BYTES,
): Promise<{ form: FormData; files: ReceivedFile[] }> {
  const form = new FormData()
  const storing: Promise<ReceivedFile>[] = []
  const parser = parserOf(request)
  parser.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) parser.destroy(new Problem('invalid', 'A field of the form is longer than it can be.'))
    else form.append(name, value)
  })
  parser.on('file', (_name, data, { filename }) => {
    // What goes wrong with it is told by the parser.
    data.on('error', () => undefined)
    if (storing.length === most) {
      parser.destroy(tooMany(most))
      return
    }
    const stored = storeFile(data, pathOf(storing.length), filename ?? '', mostBytes)
    // It is awaited below; until then a failure ends the reading too.
    stored.catch((error: Error) => parser.destroy(error))
    storing.push(stored)
  })
  parser.on('partsLimit', () => parser.destroy(new Problem('invalid', 'The form has more fields than it can have.')))
  try {
    if (!request.body) throw new Error('no body')
    await pipeline(Readable.fromWeb(request.body as ReadableStream<Uint8Array>), parser)
    return { form, files: await Promise.all(storing) }
  } catch (error) {
    await Promise.allSettled(storing)
    await Promise.all(storing.map((_, n) => rm(pathOf(n), { force: true })))
    throw told(error)
  }
}

function parserOf(request: Request): busboy.Busboy {
  try {
    return busboy({
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
      defParamCharset: 'utf8',
      limits: { fieldSize: MOST_FIELD_BYTES, parts: MOST_PARTS },
    })
  } catch (error) {
    throw told(error)
  }
}

async function storeFile(data: Readable, path: string, fileName: string, mostBytes: number): Promise<ReceivedFile> {
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Uint8Array, _, next) {
      bytes += chunk.byteLength
      if (bytes > mostBytes) next(tooLarge(fileName, mostBytes))
      else next(null, chunk)
    },
  })
  await mkdir(dirname(path), { recursive: true })
  await pipeline(data, counted, createWriteStream(path, { mode: 0o600 }))
  return { fileName, bytes }
}

const inWords = (bytes: number) => (bytes >= 1e9 ? `${bytes / 1e9} GB` : `${bytes / 1e6} MB`)

const tooLarge = (fileName: string, mostBytes: number) =>
  new Problem(
    'invalid',
    `The file ${fileName} is larger than ${inWords(mostBytes)}. Split it, or work on it on the server: npm run -s assay.`,
    { code: 'too-large' },
  )

const tooMany = (most: number) =>
  new Problem('invalid', most === 1 ? 'Send one file at a time.' : `Send at most ${most} files at a time.`)

function told(error: unknown): unknown {
  if (error instanceof Problem) return error
  if (isFull(error)) {
    return new Problem('busy', 'The disk of the server is full. Nothing was kept; ask your admin to make room.', {
      code: 'disk-full',
    })
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)) {
    return error
  }
  return new Problem('invalid', 'The upload broke off or was not sent as a form. Nothing was kept; send it again.', {
    code: 'no-form',
  })
}
