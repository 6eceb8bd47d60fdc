import { and, count, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { now } from '#app/ambient.ts'
import { accountOf, can, demand, type Permission, type Scope } from '#app/auth/permissions.ts'
import { liveProgress } from '#app/evaluation/jobs/worker.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { users } from '#db/schema/people.ts'
import { jobs } from '#db/schema/work.ts'
import type { Store } from '#db/store.server.ts'
import { type ImportPayload, importPayload, UPLOADED_KINDS, type UploadedKind } from './job.ts'

const KIND = 'import'

const PERMISSION: Record<UploadedKind, Permission> = {
  cases: 'cases.write',
  responses: 'cases.write',
  references: 'references.write',
  ratings: 'ratings.import',
  traces: 'cases.write',
  rubric: 'rubrics.write',
}

const fault = z.object({ line: z.number().nullable(), field: z.string().nullable(), reason: z.string() })
const done = z.object({ records: z.number(), added: z.number(), unchanged: z.number(), notes: z.array(z.string()) })
const failed = z.object({ message: z.string(), errors: z.array(fault) })

export type ListedImport = {
  id: string
  kind: UploadedKind
  fileName: string
  bytes: number
  state: 'waiting' | 'running' | 'done' | 'failed'
  /** 0 to 1; null before it began. */
  progress: number | null
  by: string
  createdAt: number
  finishedAt: number | null
  done: z.output<typeof done> | null
  failed: z.output<typeof failed> | null
}

/** What the scope may upload. */
export const uploadable = (scope: Scope): UploadedKind[] =>
  UPLOADED_KINDS.filter((kind) => can(scope.roles, PERMISSION[kind]))

/** Throws a `forbidden` Problem unless the scope may import this kind. */
export const demandImport = (scope: Scope, kind: UploadedKind): void => demand(scope, PERMISSION[kind])

/** Queues an import whose upload is complete, under the id it was stored by. */
export async function queueImport(store: Store, scope: Scope, id: string, payload: ImportPayload): Promise<void> {
  demandImport(scope, payload.kind)
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

/** A page of the project's imports, the newest first. `page` counts from 1. */
export async function listImports(
  store: Store,
  scope: Scope,
  { page, size }: { page: number; size: number },
): Promise<{ imports: ListedImport[]; total: number }> {
  demand(scope, 'imports.read')
  const mine = and(eq(jobs.projectId, scope.project.id), eq(jobs.kind, KIND))
  const [counted] = await store.read.select({ n: count() }).from(jobs).where(mine)
  const rows = await store.read
    .select({ job: jobs, by: users.name })
    .from(jobs)
    .leftJoin(users, eq(users.id, jobs.createdBy))
    .where(mine)
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(size)
    .offset((page - 1) * size)
  return { imports: rows.map(listed), total: counted?.n ?? 0 }
}

/** @throws Problem `missing` for an import that is not of this project */
export async function readImport(store: Store, scope: Scope, id: string): Promise<ListedImport> {
  demand(scope, 'imports.read')
  const [row] = await store.read
    .select({ job: jobs, by: users.name })
    .from(jobs)
    .leftJoin(users, eq(users.id, jobs.createdBy))
    .where(and(eq(jobs.id, id), eq(jobs.projectId, scope.project.id), eq(jobs.kind, KIND)))
  if (!row) throw new Problem('missing', 'This import is not here.')
  return listed(row)
}

function listed({ job, by }: { job: typeof jobs.$inferSelect; by: string | null }): ListedImport {
  const { kind, fileName, bytes } = importPayload.parse(job.payload)
  const { done: made, total } = liveProgress(job.id) ?? { done: job.progress, total: job.total }
  return {
    id: job.id,
    kind,
    fileName,
    bytes,
    state: job.state,
    progress: job.state === 'running' && total > 0 ? Math.min(1, made / total) : null,
    by: by ?? '',
    createdAt: job.createdAt,
    finishedAt: job.finishedAt,
    done: job.state === 'done' ? done.parse(job.result) : null,
    failed: job.state === 'failed' ? failed.parse(job.result) : null,
  }
}
