/** Scoring as a job: queued with what makes it due, worked off by any process, safe to begin again. */
import { and, desc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { newId, now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { finishJob } from '#app/evaluation/jobs/lease.ts'
import type { Handler } from '#app/evaluation/jobs/worker.ts'
import { log } from '#app/log.server.ts'
import { jobs } from '#db/schema/work.ts'
import type { Database, Store } from '#db/store.server.ts'
import { embedder } from './embed.server.ts'
import { scoreCloseness } from './score.ts'

export const CLOSENESS_JOB = 'closeness'

const result = z.object({ pairs: z.number(), embeddingFailed: z.string().nullable() })
const failure = z.object({ message: z.string() })

/** Asks for the project's responses to be scored, in the transaction that brought some; one that waits already will do. */
export async function queueCloseness(tx: Database, projectId: string): Promise<void> {
  const [waiting] = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.projectId, projectId), eq(jobs.kind, CLOSENESS_JOB), eq(jobs.state, 'waiting')))
    .limit(1)
  if (waiting) return
  await tx
    .insert(jobs)
    .values({ id: newId(), projectId, kind: CLOSENESS_JOB, state: 'waiting', payload: {}, createdAt: now() })
}

/** The same, asked for by a person. */
export async function askForScoring(store: Store, scope: Scope): Promise<void> {
  demand(scope, 'closeness.write')
  await store.write((tx) => queueCloseness(tx, scope.project.id))
}

/** Works off scorings. */
export const closenessHandler: Handler = {
  async run(store, job, report) {
    const scored = await scoreCloseness(store, job.projectId ?? '', embedder(), report)
    await store.write((tx) => finishJob(tx, job, 'done', scored))
  },
  async fail(store, job, error) {
    log().error({ err: error }, 'scoring closeness failed')
    const message = 'The fault is on our side and has been written to the log; tell your admin.'
    await store.write((tx) => finishJob(tx, job, 'failed', { message }))
  },
}

export type LastScoring = { state: 'waiting' | 'running' | 'done' | 'failed'; at: number | null; failed: string | null }

/** What became of the last scoring: whether it is under way, and what failed in it. */
export async function lastScoring(db: Database, projectId: string): Promise<LastScoring | null> {
  const mine = and(eq(jobs.projectId, projectId), eq(jobs.kind, CLOSENESS_JOB))
  const [open] = await db
    .select({ state: jobs.state })
    .from(jobs)
    .where(and(mine, inArray(jobs.state, ['waiting', 'running'])))
    .limit(1)
  if (open) return { state: open.state, at: null, failed: null }
  const [last] = await db.select().from(jobs).where(mine).orderBy(desc(jobs.finishedAt), desc(jobs.id)).limit(1)
  if (!last) return null
  const done = result.safeParse(last.result)
  const broken = failure.safeParse(last.result)
  return {
    state: last.state,
    at: last.finishedAt,
    failed: done.success ? done.data.embeddingFailed : broken.success ? broken.data.message : null,
  }
}
