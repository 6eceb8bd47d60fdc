/** Samplings as jobs, one transaction each: they survive a crash, and a page shows how far they are. */
import { z } from 'zod'
import { now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { finishJob, releaseJob } from '#app/evaluation/jobs/lease.ts'
import { scopeOfJob } from '#app/evaluation/jobs/scope.ts'
import { GaveUp, type Handler } from '#app/evaluation/jobs/worker.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { wipeAfterSealing } from '#app/evaluation/seal/wipe.ts'
import { log } from '#app/log.server.ts'
import { isBusy, isFull } from '#db/errors.ts'
import { jobs } from '#db/schema/work.ts'
import type { Store } from '#db/store.server.ts'
import { samplingAsked } from './asked.ts'
import { type AgreedSampling, doSampling, planStillRight } from './do.ts'

export const SAMPLING_JOB = 'sampling'

export const samplingPayload = z.object({ asked: samplingAsked, stamp: z.string() })
export const samplingResult = z.object({ samplingId: z.string(), active: z.number(), holdout: z.number() })
export const samplingFailure = z.object({ message: z.string(), outdated: z.boolean() })

const PATIENCE = 5

/**
 * Queues a sampling under the id it was agreed to by; the same id again changes nothing.
 *
 * @throws Problem `conflict` where the plan holds no more
 */
export async function queueSampling(store: Store, scope: Scope, { id, ...agreed }: AgreedSampling): Promise<void> {
  demand(scope, 'pools.write')
  await store.write(async (tx) => {
    const made = await tx
      .insert(jobs)
      .values({
        id,
        projectId: scope.project.id,
        kind: SAMPLING_JOB,
        state: 'waiting',
        payload: agreed,
        createdBy: accountOf(scope),
        createdAt: now(),
      })
      .onConflictDoNothing()
      .returning({ id: jobs.id })
    if (made.length > 0) await planStillRight(tx, scope, { id, ...agreed })
  })
}

/** Works off samplings. */
export const samplingHandler: Handler = {
  async run(store, job, report) {
    const scope = await scopeOfJob(store, job)
    const agreed = samplingPayload.parse(job.payload)
    const done = await store.write(async (tx) => {
      const made = await doSampling(tx, scope, { id: job.id, ...agreed }, report)
      await finishJob(tx, job, 'done', made)
      return made
    })
    if (done.holdout > 0) await wipeAfterSealing(store)
  },
  async fail(store, job, error) {
    if (isBusy(error) && job.attempts < PATIENCE) return releaseJob(store, job)
    await store.write((tx) => finishJob(tx, job, 'failed', failure(error)))
  },
}

function failure(error: unknown): z.output<typeof samplingFailure> {
  if (error instanceof Problem) return { message: error.message, outdated: error.code === 'plan-outdated' }
  if (error instanceof GaveUp) {
    const message = 'Nothing was sampled: the server stopped each time it worked on this. Try fewer cases at a time.'
    return { message, outdated: false }
  }
  if (isFull(error)) {
    const message = 'The disk is full. Nothing was sampled. Make room on it, then plan again.'
    return { message, outdated: false }
  }
  log().error({ err: error }, 'a sampling failed')
  const message = 'Nothing was sampled. The fault is on our side and has been written to the log; tell your admin.'
  return { message, outdated: false }
}
