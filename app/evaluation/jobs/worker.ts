/** The one worker of a process: takes jobs one after the other and works them off. */
import { log } from '#app/log.server.ts'
import type { Store } from '#db/store.server.ts'
import { type Job, LEASE_MS, LostLease, renew, type Taken, takeJob } from './lease.ts'

/** How far a job is, in units of its own. */
export type Report = (progress: { done: number; total: number }) => void

export type Handler = {
  /** False where this process cannot do it, such as when the file lies on another machine. */
  suits?: (job: Job) => boolean
  /** Does the job and ends it with `finishJob`, in one transaction where it can. Must be safe to run from the start again. */
  run: (store: Store, job: Taken, report: Report) => Promise<void>
  /** Ends a job that threw what `run` did not expect. */
  fail: (store: Store, job: Taken, error: unknown) => Promise<void>
}

const POLL_MS = 2_000
const RENEW_MS = LEASE_MS / 6
const TOLD_EVERY_MS = 500
const MOST_ATTEMPTS = 5

/** A job whose process died each time: it is not tried for ever. */
export class GaveUp extends Error {}

const progressOf = new Map<string, { done: number; total: number }>()

/**
 * How far a job of this process is right now. While an import holds SQLite's one writer its row cannot say; null where it
 * runs elsewhere or not at all.
 */
export const liveProgress = (jobId: string): { done: number; total: number } | null => progressOf.get(jobId) ?? null

export type Worker = {
  /** Looks for work at once instead of at the next turn. */
  wake: () => void
  /** Takes no more; resolves when what is in hand is done. */
  stop: () => Promise<void>
}

export function startWorker(store: Store, handlers: Readonly<Record<string, Handler>>, pollMs = POLL_MS): Worker {
  let stopped = false
  let wanted = false
  let working: Promise<void> | null = null

  async function drain(): Promise<void> {
    do {
      wanted = false
      while (!stopped && (await workOne(store, handlers)));
    } while (wanted && !stopped)
  }

  function wake(): void {
    wanted = true
    if (stopped || working) return
    working = drain()
      .catch((error: unknown) => log().error({ err: error }, 'looking for jobs failed'))
      .finally(() => {
        working = null
      })
  }

  const timer = setInterval(wake, pollMs)
  timer.unref()
  wake()
  return {
    wake,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await working
    },
  }
}

/** Takes one job and works it off; false where there is none to take. */
export async function workOne(store: Store, handlers: Readonly<Record<string, Handler>>): Promise<boolean> {
  const suits = (job: Job) => handlers[job.kind]?.suits?.(job) ?? true
  const job = await takeJob(store, Object.keys(handlers), suits)
  const handler = job && handlers[job.kind]
  if (!job || !handler) return false
  const beat = heartbeat(store, job)
  try {
    if (job.attempts > MOST_ATTEMPTS) throw new GaveUp(`ended without a result ${MOST_ATTEMPTS} times`)
    await handler.run(store, job, beat.report)
  } catch (error) {
    if (error instanceof LostLease) log().warn({ job: job.id }, error.message)
    else await handler.fail(store, job, error)
  } finally {
    await beat.stop()
  }
  return true
}

/** Keeps the lease alive and the row's progress fresh, never with more than one write under way. */
function heartbeat(store: Store, job: Taken) {
  let last = Date.now()
  let busy: Promise<void> | null = null
  let progress = { done: 0, total: 0 }
  progressOf.set(job.id, progress)

  function beat(): void {
    if (busy) return
    last = Date.now()
    busy = renew(store, job, progress)
      .catch((error: unknown) => log().warn({ err: error, job: job.id }, 'renewing the lease of a job failed'))
      .finally(() => {
        busy = null
      })
  }

  const timer = setInterval(beat, RENEW_MS)
  timer.unref()
  return {
    report: (made: { done: number; total: number }) => {
      progress = made
      progressOf.set(job.id, made)
      if (Date.now() - last > TOLD_EVERY_MS) beat()
    },
    stop: async () => {
      clearInterval(timer)
      await busy
      progressOf.delete(job.id)
    },
  }
}
