/** Imports as jobs: the upload lies in the data folder under the job's id until it is worked off. */
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { finishJob, releaseJob, type Taken } from '#app/evaluation/jobs/lease.ts'
import { scopeOfJob } from '#app/evaluation/jobs/scope.ts'
import { GaveUp, type Handler, type Report } from '#app/evaluation/jobs/worker.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { namesIn } from '#app/evaluation/traces/redaction/names.ts'
import { log } from '#app/log.server.ts'
import type { Store } from '#db/store.server.ts'
import { IMPORT_KINDS } from './kinds.ts'
import { importOptions } from './options.ts'
import { ImportRefused } from './refused.ts'
import { importRubric } from './rubric.ts'
import { importFile } from './run.ts'

export const UPLOADED_KINDS = [...IMPORT_KINDS, 'rubric'] as const
export type UploadedKind = (typeof UPLOADED_KINDS)[number]

export const importPayload = z.object({
  kind: z.enum(UPLOADED_KINDS),
  fileName: z.string(),
  bytes: z.number(),
  options: importOptions,
})

export type ImportPayload = z.output<typeof importPayload>

/** Where the upload of an import is kept. */
export const uploadPath = (dataDir: string, jobId: string): string => join(dataDir, 'imports', jobId)

/** Where the names to be masked in it are kept meanwhile: they are people's, and no part of the job. */
export const namesPath = (dataDir: string, jobId: string): string => `${uploadPath(dataDir, jobId)}.names`

const KILOBYTE = 1024
const PATIENCE = 5

/** Works off import jobs whose uploads are in this data folder. */
export const importHandler = (dataDir: string): Handler => ({
  suits: (job) => existsSync(uploadPath(dataDir, job.id)),
  run: (store, job, report) => runJob(store, job, dataDir, report),
  async fail(store, job, error) {
    if (error instanceof Problem && error.code === 'busy' && job.attempts < PATIENCE) return releaseJob(store, job)
    await store.write((tx) => finishJob(tx, job, 'failed', failure(error)))
    await deleteUpload(dataDir, job.id)
  },
})

async function runJob(store: Store, job: Taken, dataDir: string, report: Report): Promise<void> {
  const { kind, fileName, options } = importPayload.parse(job.payload)
  const scope = await scopeOfJob(store, job)
  const path = uploadPath(dataDir, job.id)
  if (kind === 'rubric') {
    const { key, number, unchanged } = await importRubric(store, scope, { path, fileName })
    const notes = [`The rubric ${key} version ${number} ${unchanged ? 'was there already' : 'is published'}.`]
    const made = { kind, fileName, records: 1, added: unchanged ? 0 : 1, unchanged: unchanged ? 1 : 0, notes }
    await store.write((tx) => finishJob(tx, job, 'done', made))
  } else {
    await importFile(store, scope, {
      kind,
      path,
      fileName,
      options: options.redact?.includes('names') ? { ...options, names: await namesOf(dataDir, job.id) } : options,
      id: job.id,
      // Kilobytes: a large file's bytes would not fit the column.
      onProgress: ({ done, total }) => report({ done: Math.ceil(done / KILOBYTE), total: Math.ceil(total / KILOBYTE) }),
      alsoInside: (tx, made) => finishJob(tx, job, 'done', made),
    })
  }
  await deleteUpload(dataDir, job.id)
}

/** What is kept of an import that failed, to be shown on its page. */
function failure(error: unknown): { message: string; errors: readonly unknown[] } {
  if (error instanceof ImportRefused) return { message: error.message, errors: error.errors }
  if (error instanceof Problem) return { message: error.message, errors: [] }
  if (error instanceof GaveUp) {
    const message =
      'Nothing was stored: the server stopped each time it worked on this file. It may be too large for it.'
    return { message, errors: [] }
  }
  log().error({ err: error }, 'an import failed')
  const message = 'Nothing was stored. The fault is on our side and has been written to the log; tell your admin.'
  return { message, errors: [] }
}

async function namesOf(dataDir: string, jobId: string): Promise<string[]> {
  const path = namesPath(dataDir, jobId)
  if (!existsSync(path)) {
    throw new Problem('missing', 'The list of names to mask is gone. Nothing was stored; import the file again.')
  }
  return namesIn(await readFile(path, 'utf8'))
}

/** Takes an upload away, and what was kept with it. */
export async function deleteUpload(dataDir: string, jobId: string): Promise<void> {
  await rm(uploadPath(dataDir, jobId), { force: true })
  await rm(namesPath(dataDir, jobId), { force: true })
}
