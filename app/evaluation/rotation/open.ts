/** What a rotation let out of the holdout is opened: by somebody, which ends the undo, or when a day is over. */
import { and, asc, eq, exists, inArray, isNull, lte, sql } from 'drizzle-orm'
import { z } from 'zod'
import { newId, now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { queueCloseness } from '#app/evaluation/closeness/job.ts'
import { finishJob, type Taken } from '#app/evaluation/jobs/lease.ts'
import type { Handler, Report } from '#app/evaluation/jobs/worker.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { POOLS_TURN } from '#app/evaluation/sampling/do.ts'
import { unsealCases } from '#app/evaluation/seal/unseal-cases.ts'
import { log } from '#app/log.server.ts'
import { holdUntilCommit } from '#db/lock.server.ts'
import { cases } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { poolMoves, rotations } from '#db/schema/pools.ts'
import { jobs } from '#db/schema/work.ts'
import type { Database, Store } from '#db/store.server.ts'
import { stillSealed } from './moves.ts'
import { DAY } from './plan.ts'

const KIND = 'open-rotation'

const payload = z.object({ rotationId: z.string() })

/** Works off openings; each is one transaction. */
export const openHandler: Handler = {
  run: (store, job, report) => runJob(store, job, report),
  async fail(store, job, error) {
    log().error({ err: error }, 'what a rotation let out could not be opened')
    await store.write((tx) => finishJob(tx, job, 'failed', {}))
  },
}

/**
 * Queues the opening of what a rotation let out; from then on it cannot be undone. Asking twice opens once.
 *
 * @throws Problem `missing` for a rotation that is not of this project, `conflict` for one that is undone
 */
export async function openRotation(store: Store, scope: Scope, rotationId: string): Promise<void> {
  demand(scope, 'rotation.write')
  const [rotation] = await store.read
    .select({ undoneAt: rotations.undoneAt })
    .from(rotations)
    .where(and(eq(rotations.id, rotationId), eq(rotations.projectId, scope.project.id)))
  if (!rotation) throw new Problem('missing', 'This rotation is not here.')
  if (rotation.undoneAt !== null) throw new Problem('conflict', 'This rotation was undone: there is nothing to open.')
  await queue(store, { projectId: scope.project.id, rotationId, createdBy: accountOf(scope) })
}

async function queue(
  store: Store,
  { projectId, rotationId, createdBy }: { projectId: string; rotationId: string; createdBy: string | null },
): Promise<void> {
  await store.write(async (tx) => {
    if ((await openingOf(tx, projectId)).includes(rotationId)) return
    const made = { id: newId(), projectId, createdBy, createdAt: now() }
    await tx.insert(jobs).values({ ...made, kind: KIND, state: 'waiting', payload: { rotationId } })
  })
}

/** The rotations of a project that are being opened. */
export async function openingOf(read: Database, projectId: string): Promise<string[]> {
  const rows = await read
    .select({ payload: jobs.payload })
    .from(jobs)
    .where(and(eq(jobs.projectId, projectId), eq(jobs.kind, KIND), inArray(jobs.state, ['waiting', 'running'])))
  return rows.map((row) => payload.parse(row.payload).rotationId)
}

/**
 * Queues the opening of whatever was let out more than a day ago, in one project or all of them; returns how many rotations
 * that were. Costs next to nothing when nothing is due.
 */
export async function queueDueOpenings(store: Store, projectId?: string): Promise<number> {
  const sealed = store.read
    .select({ one: sql`1` })
    .from(poolMoves)
    .innerJoin(cases, eq(cases.id, poolMoves.caseId))
    .where(
      and(
        eq(poolMoves.rotationId, rotations.id),
        eq(poolMoves.fromPool, 'holdout'),
        eq(cases.sealed, true),
        sql`${cases.pool} <> 'holdout'`,
      ),
    )
  const due = await store.read
    .select({ rotationId: rotations.id, projectId: rotations.projectId })
    .from(rotations)
    .where(
      and(
        isNull(rotations.undoneAt),
        lte(rotations.doneAt, now() - DAY),
        projectId === undefined ? undefined : eq(rotations.projectId, projectId),
        exists(sealed),
      ),
    )
  for (const one of due) await queue(store, { ...one, createdBy: null })
  return due.length
}

async function runJob(store: Store, job: Taken, report: Report): Promise<void> {
  const { rotationId } = payload.parse(job.payload)
  const projectId = job.projectId ?? ''
  await store.write(async (tx) => {
    // Not while it is being undone.
    await holdUntilCommit(tx, POOLS_TURN)
    const ids = await lockedIn(tx, rotationId)
    report({ done: 0, total: ids.length })
    await unsealCases(tx, projectId, ids)
    await finishJob(tx, job, 'done', { cases: ids.length })
    if (ids.length === 0) return
    await queueCloseness(tx, projectId)
    await record(tx, {
      projectId,
      actor: await actorOf(tx, job),
      action: 'rotation.opened',
      subject: 'rotation',
      subjectId: rotationId,
      detail: { cases: ids.length },
    })
  })
}

/** What the rotation let out and nobody can read yet; nothing where it was undone meanwhile. */
async function lockedIn(tx: Database, rotationId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: poolMoves.caseId })
    .from(poolMoves)
    .innerJoin(cases, eq(cases.id, poolMoves.caseId))
    .innerJoin(rotations, eq(rotations.id, poolMoves.rotationId))
    .where(and(stillSealed(rotationId), isNull(rotations.undoneAt)))
    .orderBy(asc(poolMoves.caseId))
  return rows.map(({ id }) => id)
}

/** Nobody asked for an opening that was due. */
async function actorOf(tx: Database, { createdBy }: Pick<Taken, 'createdBy'>) {
  if (createdBy === null) return { id: null, name: 'system' }
  const [user] = await tx.select({ name: users.name }).from(users).where(eq(users.id, createdBy))
  return { id: createdBy, name: user?.name ?? '' }
}
