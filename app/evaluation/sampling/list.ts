import { and, count, desc, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { liveProgress } from '#app/evaluation/jobs/worker.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { users } from '#db/schema/people.ts'
import { samplings } from '#db/schema/pools.ts'
import { jobs } from '#db/schema/work.ts'
import type { Store } from '#db/store.server.ts'
import { SAMPLING_JOB, samplingFailure, samplingPayload } from './job.ts'
import type { SamplingAsked, SamplingPlan } from './planned.ts'

export type ListedSampling = { id: string; at: number; by: string; drawn: number; active: number; holdout: number }

/** The parts of a kept plan that every sampling has: one for a rotation was planned there. */
const sizeOf = (plan: unknown): { active: number; holdout: number } => {
  const { segments } = plan as Pick<SamplingPlan, 'segments'>
  return segments.reduce((sum, one) => ({ active: sum.active + one.active, holdout: sum.holdout + one.holdout }), {
    active: 0,
    holdout: 0,
  })
}

/** A page of the project's samplings, the newest first. `page` counts from 1. */
export async function listSamplings(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { page, size }: { page: number; size: number },
): Promise<{ samplings: ListedSampling[]; total: number }> {
  demand(scope, 'pools.read')
  const mine = eq(samplings.projectId, scope.project.id)
  const [counted] = await read.select({ n: count() }).from(samplings).where(mine)
  const rows = await read
    .select({ id: samplings.id, at: samplings.doneAt, by: users.name, plan: samplings.plan })
    .from(samplings)
    .leftJoin(users, eq(users.id, samplings.doneBy))
    .where(mine)
    .orderBy(desc(samplings.doneAt), desc(samplings.id))
    .limit(size)
    .offset((page - 1) * size)
  return {
    samplings: rows.map(({ id, at, by, plan }) => {
      const { active, holdout } = sizeOf(plan)
      return { id, at, by: by ?? 'the command line', drawn: active + holdout, active, holdout }
    }),
    total: counted?.n ?? 0,
  }
}

export type ShownSampling =
  | { state: 'done'; id: string; at: number; by: string; plan: SamplingPlan }
  | { state: 'waiting' | 'running'; id: string; at: number; asked: SamplingAsked; progress: number | null }
  | { state: 'failed'; id: string; at: number; asked: SamplingAsked; message: string; outdated: boolean }

/** A sampling as it stands. @throws Problem `missing` for one that is not of this project */
export async function readSampling({ read }: Pick<Store, 'read'>, scope: Scope, id: string): Promise<ShownSampling> {
  demand(scope, 'pools.read')
  const [row] = await read
    .select({ at: samplings.doneAt, by: users.name, plan: samplings.plan })
    .from(samplings)
    .leftJoin(users, eq(users.id, samplings.doneBy))
    .where(and(eq(samplings.id, id), eq(samplings.projectId, scope.project.id)))
  if (row) {
    const { at, by, plan } = row
    return { state: 'done', id, at, by: by ?? 'the command line', plan: plan as SamplingPlan }
  }
  const [job] = await read
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, id), eq(jobs.projectId, scope.project.id), eq(jobs.kind, SAMPLING_JOB)))
  if (!job) throw new Problem('missing', 'This sampling is not here.')
  const { asked } = samplingPayload.parse(job.payload)
  const at = job.createdAt
  if (job.state === 'failed') return { state: 'failed', id, at, asked, ...samplingFailure.parse(job.result) }
  const { done, total } = liveProgress(id) ?? { done: job.progress, total: job.total }
  const progress = job.state === 'running' && total > 0 ? Math.min(1, done / total) : null
  // Between the two queries it may have been done: then it is about to be found there.
  return { state: job.state === 'waiting' ? 'waiting' : 'running', id, at, asked, progress }
}
