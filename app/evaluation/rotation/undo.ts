import { and, eq, inArray, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { pieces } from '#app/evaluation/imports/rows.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { POOLS_TURN } from '#app/evaluation/sampling/do.ts'
import { holdUntilCommit } from '#db/lock.server.ts'
import { cases, type Pool } from '#db/schema/cases.ts'
import { rotations } from '#db/schema/pools.ts'
import type { Database, Store } from '#db/store.server.ts'
import { giveBackTraces } from './give-back.ts'
import { type MovedCase, movedCases } from './moves.ts'
import { whyNotUndone } from './undoable.ts'

/**
 * Takes a rotation back, all of it or nothing: every case is in the pool it was in, since when it was in it, sealed as it
 * was; the traces that came in wait again, in clear as before. The moves stay in the histories, with those back behind them.
 * The cases made of those traces stay as empty, archived rows, since what was once recorded of a case is never deleted.
 *
 * @throws Problem `missing` for a rotation that is not of this project, `conflict` where it is too late or something was read,
 *   saying what
 */
export async function undoRotation(store: Store, scope: Scope, id: string): Promise<void> {
  demand(scope, 'rotation.write')
  await store.write(async (tx) => {
    await holdUntilCommit(tx, POOLS_TURN)
    const [rotation] = await tx
      .select()
      .from(rotations)
      .where(and(eq(rotations.id, id), eq(rotations.projectId, scope.project.id)))
    if (!rotation) throw new Problem('missing', 'This rotation is not here.')
    const why = await whyNotUndone(tx, rotation)
    if (why !== null) throw new Problem('conflict', `The rotation was not undone. ${why}`, { code: 'not-undoable' })
    const moved = await movedCases(tx, id)
    const at = Math.max(now(), rotation.doneAt + 1)
    const entered = moved.filter(({ from }) => from === null)
    await giveBackTraces(tx, scope.project.id, entered, at)
    await backTo(
      tx,
      rotation,
      moved.filter(({ from }) => from === 'holdout'),
      { to: 'holdout', at },
    )
    await backTo(
      tx,
      rotation,
      moved.filter(({ from }) => from === 'active'),
      { to: 'active', at },
    )
    const ids = entered.map((one) => one.id)
    await moveCases(tx, scope.project.id, ids, { to: 'retired', at, rotationId: id })
    await tx
      .update(rotations)
      .set({ undoneBy: accountOf(scope), undoneAt: at })
      .where(eq(rotations.id, id))
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'rotation.undone',
      subject: 'rotation',
      subjectId: id,
      detail: { cases: moved.length - entered.length, traces: entered.length },
    })
  })
}

/** Moves cases back; they have been in that pool since they first came into it, not since now. */
async function backTo(
  tx: Database,
  { id, projectId }: { id: string; projectId: string },
  moved: readonly MovedCase[],
  { to, at }: { to: Pool; at: number },
): Promise<void> {
  const ids = moved.map((one) => one.id)
  await moveCases(tx, projectId, ids, { to, at, rotationId: id })
  const former = sql`(select earlier.moved_at from pool_moves earlier
    left join rotations turned on turned.id = earlier.rotation_id
    where earlier.case_id = ${cases.id}
      and (earlier.rotation_id is null or (turned.undone_at is null and turned.id <> ${id}))
    order by earlier.number desc limit 1)`
  for (const piece of pieces(ids)) {
    await tx.update(cases).set({ enteredPoolAt: former }).where(inArray(cases.id, piece))
  }
}
