import { and, count, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { liveProgress } from '#app/evaluation/jobs/worker.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { users } from '#db/schema/people.ts'
import { scans } from '#db/schema/scans.ts'
import { jobs } from '#db/schema/work.ts'
import type { Store } from '#db/store.server.ts'
import { type ScanFindings, scanFindings } from '../findings.ts'
import { type ScanPayload, scanPayload } from './job.ts'

const KIND = 'scan'

const failed = z.object({ message: z.string() })

export type ListedScan = {
  id: string
  fileNames: string[]
  bytes: number
  state: 'waiting' | 'running' | 'done' | 'failed'
  /** 0 to 1; null before it began. */
  progress: number | null
  by: string
  createdAt: number
  findings: ScanFindings | null
  /** Why it failed, where it did. */
  failed: string | null
}

/** Queues a scan whose files are complete, under the id they were stored by. */
export async function queueScan(store: Store, scope: Scope, id: string, payload: ScanPayload): Promise<void> {
  demand(scope, 'scan.run')
  await store.write(async (tx) => {
    await tx.insert(jobs).values({
      id,
      projectId: scope.project.id,
      kind: KIND,
      state: 'waiting',
      payload,
      createdBy: accountOf(scope),
      createdAt: now(),
    })
  })
}

const columns = { job: jobs, by: users.name, findings: scans.findings }

/** A page of the project's scans, the newest first. `page` counts from 1. */
export async function listScans(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { page, size }: { page: number; size: number },
): Promise<{ scans: ListedScan[]; total: number }> {
  demand(scope, 'scan.run')
  const mine = and(eq(jobs.projectId, scope.project.id), eq(jobs.kind, KIND))
  const [counted] = await read.select({ n: count() }).from(jobs).where(mine)
  const rows = await read
    .select(columns)
    .from(jobs)
    .leftJoin(users, eq(users.id, jobs.createdBy))
    .leftJoin(scans, eq(scans.id, jobs.id))
    .where(mine)
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(size)
    .offset((page - 1) * size)
  return { scans: rows.map(listed), total: counted?.n ?? 0 }
}

/** @throws Problem `missing` for a scan that is not of this project */
export async function readScan({ read }: Pick<Store, 'read'>, scope: Scope, id: string): Promise<ListedScan> {
  demand(scope, 'scan.run')
  const [row] = await read
    .select(columns)
    .from(jobs)
    .leftJoin(users, eq(users.id, jobs.createdBy))
    .leftJoin(scans, eq(scans.id, jobs.id))
    .where(and(eq(jobs.id, id), eq(jobs.projectId, scope.project.id), eq(jobs.kind, KIND)))
  if (!row) throw new Problem('missing', 'This scan is not here.')
  return listed(row)
}

function listed({
  job,
  by,
  findings,
}: {
  job: typeof jobs.$inferSelect
  by: string | null
  findings: unknown
}): ListedScan {
  const { files } = scanPayload.parse(job.payload)
  const { done, total } = liveProgress(job.id) ?? { done: job.progress, total: job.total }
  return {
    id: job.id,
    fileNames: files.map(({ name }) => name),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    state: job.state,
    progress: job.state === 'running' && total > 0 ? Math.min(1, done / total) : null,
    by: by ?? '',
    createdAt: job.createdAt,
    findings: findings === null ? null : scanFindings.parse(findings),
    failed: job.state === 'failed' ? failed.parse(job.result).message : null,
  }
}
