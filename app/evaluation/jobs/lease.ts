/** Jobs are taken by compare-and-swap under a lease, so that each is worked off by one process at a time. */
import { and, asc, eq, inArray, lt, or } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { jobs } from '#db/schema/work.ts'
import type { Database, Store } from '#db/store.server.ts'

/** A process that gives no sign for this long is taken to be dead. */
export const LEASE_MS = 30_000

export type Job = typeof jobs.$inferSelect

/**
 * A job in hand. `startedAt` is what the holder is known by: whoever takes it later has another. `attempts` counts how
 * often it was taken, this time included.
 */
export type Taken = Job & { startedAt: number; attempts: number }

/** While a job has no result, the column holds how often it was taken. */
function attemptsOf({ state, result }: Job): number {
  const { attempts } = (state === 'waiting' || state === 'running' ? (result ?? {}) : {}) as { attempts?: unknown }
  return typeof attempts === 'number' ? attempts : 0
}

const CANDIDATES = 20

/** The jobs of these kinds that anybody may take now, the oldest first: waiting, or left behind by a process that died. */
async function free(read: Database, kinds: readonly string[]): Promise<Job[]> {
  return read
    .select()
    .from(jobs)
    .where(
      and(
        inArray(jobs.kind, [...kinds]),
        or(eq(jobs.state, 'waiting'), and(eq(jobs.state, 'running'), lt(jobs.leaseUntil, now()))),
      ),
    )
    .orderBy(asc(jobs.createdAt), asc(jobs.id))
    .limit(CANDIDATES)
}

/** Takes the oldest free job that passes `suits`; null where there is none. */
export async function takeJob(
  store: Store,
  kinds: readonly string[],
  suits: (job: Job) => boolean = () => true,
): Promise<Taken | null> {
  for (const job of await free(store.read, kinds)) {
    if (!suits(job)) continue
    const at = now()
    const attempts = attemptsOf(job) + 1
    const stillFree = or(eq(jobs.state, 'waiting'), and(eq(jobs.state, 'running'), lt(jobs.leaseUntil, at)))
    const [taken] = await store.write((tx) =>
      tx
        .update(jobs)
        .set({
          state: 'running',
          startedAt: at,
          leaseUntil: at + LEASE_MS,
          progress: 0,
          total: 0,
          result: { attempts },
        })
        .where(and(eq(jobs.id, job.id), stillFree))
        .returning(),
    )
    if (taken) return { ...taken, startedAt: at, attempts }
  }
  return null
}

const held = (job: Taken) => and(eq(jobs.id, job.id), eq(jobs.state, 'running'), eq(jobs.startedAt, job.startedAt))

/** Renews the lease and stores how far the job is. */
export async function renew(store: Store, job: Taken, { done, total }: { done: number; total: number }): Promise<void> {
  await store.write(async (tx) => {
    await tx
      .update(jobs)
      .set({ leaseUntil: now() + LEASE_MS, progress: done, total })
      .where(held(job))
  })
}

/** Thrown where a job was taken over by another process: what this one did is to be taken back. */
export class LostLease extends Error {}

/** Ends the job within the transaction of its work, so that work and end are stored together or not at all. */
export async function finishJob(tx: Database, job: Taken, state: 'done' | 'failed', result: unknown): Promise<void> {
  const rows = await tx
    .update(jobs)
    .set({ state, result, finishedAt: now(), leaseUntil: null })
    .where(held(job))
    .returning({ id: jobs.id })
  if (rows.length === 0) throw new LostLease(`job ${job.id} was taken over by another process`)
}

/** Puts the job back, to be taken again by anybody. */
export async function releaseJob(store: Store, job: Taken): Promise<void> {
  await store.write(async (tx) => {
    await tx.update(jobs).set({ state: 'waiting', startedAt: null, leaseUntil: null }).where(held(job))
  })
}
