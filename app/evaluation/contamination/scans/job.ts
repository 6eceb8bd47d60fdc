/** Scans as jobs: the files lie in the data folder under the job's id until they are searched, and are deleted then. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { now } from '#app/ambient.ts'
import { accountOf, demand } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { elsewhere } from '#app/evaluation/computing/elsewhere.server.ts'
import { finishJob, type Taken } from '#app/evaluation/jobs/lease.ts'
import { scopeOfJob } from '#app/evaluation/jobs/scope.ts'
import { GaveUp, type Handler, type Report } from '#app/evaluation/jobs/worker.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { log } from '#app/log.server.ts'
import { scans } from '#db/schema/scans.ts'
import type { Store } from '#db/store.server.ts'
import { urlOf } from '#db/url-of.server.ts'
import { type ScanFindings, scanFindings } from '../findings.ts'
import { SCAN, type ScanAsked } from '../scan.ts'

export const scanPayload = z.object({ files: z.array(z.object({ name: z.string(), bytes: z.number() })) })
export type ScanPayload = z.output<typeof scanPayload>

/** The folder in which the files of a scan are kept. */
export const scanFolder = (dataDir: string, jobId: string): string => join(dataDir, 'scans', jobId)

/** Where one of them is, by its place in the list. */
export const scanPath = (dataDir: string, jobId: string, at: number): string =>
  join(scanFolder(dataDir, jobId), String(at))

export const deleteScanFiles = (dataDir: string, jobId: string): Promise<void> =>
  rm(scanFolder(dataDir, jobId), { recursive: true, force: true })

const KILOBYTE = 1024
const LOOK_MS = 200

/** Works off scans whose files are in this data folder. */
export const scanHandler = (dataDir: string): Handler => ({
  suits: (job) => existsSync(scanFolder(dataDir, job.id)),
  run: (store, job, report) => runJob(store, job, dataDir, report),
  async fail(store, job, error) {
    await store.write((tx) => finishJob(tx, job, 'failed', { message: failure(error) }))
    await deleteScanFiles(dataDir, job.id)
  },
})

async function runJob(store: Store, job: Taken, dataDir: string, report: Report): Promise<void> {
  const { files } = scanPayload.parse(job.payload)
  const scope = await scopeOfJob(store, job)
  demand(scope, 'scan.run')
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const findings = await search(
    store,
    {
      projectId: scope.project.id,
      bytes,
      files: files.map(({ name }, at) => ({ name, path: scanPath(dataDir, job.id, at) })),
    },
    report,
  )
  await store.write(async (tx) => {
    await finishJob(tx, job, 'done', {})
    const fileNames = files.map(({ name }) => name)
    const scannedBy = accountOf(scope)
    await tx
      .insert(scans)
      .values({ id: job.id, projectId: scope.project.id, fileNames, bytes, findings, scannedBy, scannedAt: now() })
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'files.scanned',
      subject: 'scan',
      subjectId: job.id,
      detail: { files: files.length, cases: new Set(findings.files.flatMap(leakedIn)).size },
    })
  })
  await deleteScanFiles(dataDir, job.id)
}

const leakedIn = ({ leaks }: ScanFindings['files'][number]): string[] => leaks.map(({ caseId }) => caseId)

/** Searches in the thread for long tasks; a database in memory is this thread's own. */
async function search(store: Store, asked: Omit<ScanAsked, 'progress'>, report: Report): Promise<ScanFindings> {
  const progress = new SharedArrayBuffer(4)
  const kilobytes = new Int32Array(progress)
  const total = Math.ceil(asked.bytes / KILOBYTE)
  const looking = setInterval(() => report({ done: Atomics.load(kilobytes, 0), total }), LOOK_MS)
  try {
    const url = urlOf(store.read)
    const question = { name: 'scan' as const, asked: { ...asked, progress } }
    const found = url === null ? SCAN.run(store.read, question.asked) : elsewhere(SCAN.takes, url, question)
    return scanFindings.parse(await found)
  } finally {
    clearInterval(looking)
  }
}

function failure(error: unknown): string {
  if (error instanceof Problem) return error.message
  if (error instanceof GaveUp)
    return 'The server stopped each time it worked on these files. They may be too large for it.'
  log().error({ err: error }, 'a scan failed')
  return 'The files were not scanned. The fault is on our side and has been written to the log; tell your admin.'
}
