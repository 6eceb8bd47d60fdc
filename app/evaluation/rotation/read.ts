import { and, asc, count, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { cases } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { poolMoves, rotations } from '#db/schema/pools.ts'
import type { Store } from '#db/store.server.ts'
import { countMoves, type ListedRotation } from './list.ts'
import { countStillSealed, type MoveKind, ofKind, ownMoves } from './moves.ts'
import { openingOf } from './open.ts'
import type { KeptPlan } from './rotate.ts'
import { undoUntil, whyNotUndone } from './undoable.ts'

export type WholeRotation = ListedRotation & {
  plan: KeptPlan
  /** Null: it can be undone; until then, if nothing of it is read. */
  whyNotUndone: string | null
  undoUntil: number
  /** How many of what was let out of the holdout nobody can read yet. */
  stillSealed: number
  opening: boolean
}

const doer = alias(users, 'doer')
const undoer = alias(users, 'undoer')

/** @throws Problem `missing` for a rotation that is not of this project */
export async function readRotation({ read }: Pick<Store, 'read'>, scope: Scope, id: string): Promise<WholeRotation> {
  demand(scope, 'rotation.read')
  const [found] = await read
    .select({ row: rotations, doneBy: doer.name, undoneBy: undoer.name })
    .from(rotations)
    .leftJoin(doer, eq(doer.id, rotations.doneBy))
    .leftJoin(undoer, eq(undoer.id, rotations.undoneBy))
    .where(and(eq(rotations.id, id), eq(rotations.projectId, scope.project.id)))
  if (!found) throw new Problem('missing', 'This rotation is not here.')
  const { row, doneBy, undoneBy } = found
  const counts = await countMoves(read, [id])
  return {
    id,
    doneAt: row.doneAt,
    doneBy: doneBy ?? '',
    undoneAt: row.undoneAt,
    undoneBy: undoneBy ?? '',
    counts: counts.get(id) ?? { graduated: 0, retired: 0, entered: 0 },
    plan: row.plan as KeptPlan,
    whyNotUndone: await whyNotUndone(read, row),
    undoUntil: undoUntil(row),
    stillSealed: row.undoneAt === null ? await countStillSealed(read, id) : 0,
    opening: (await openingOf(read, scope.project.id)).includes(id),
  }
}

export type ListedMove = { id: string; key: string; category: string; userSegment: string; archived: boolean }

/** A page of the cases that a rotation moved one way, by key. `page` counts from 1. */
export async function listMoved(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { rotationId, kind, page, size }: { rotationId: string; kind: MoveKind; page: number; size: number },
): Promise<{ cases: ListedMove[]; total: number }> {
  demand(scope, 'rotation.read')
  const wanted = and(eq(poolMoves.projectId, scope.project.id), ownMoves(rotationId), ofKind(kind))
  const [counted] = await read.select({ n: count() }).from(poolMoves).where(wanted)
  const rows = await read
    .select({
      id: cases.id,
      key: cases.key,
      category: cases.category,
      userSegment: cases.userSegment,
      archivedAt: cases.archivedAt,
    })
    .from(poolMoves)
    .innerJoin(cases, eq(cases.id, poolMoves.caseId))
    .where(wanted)
    .orderBy(asc(cases.key), asc(cases.id))
    .limit(size)
    .offset((page - 1) * size)
  return {
    cases: rows.map(({ archivedAt, ...row }) => ({ ...row, archived: archivedAt !== null })),
    total: counted?.n ?? 0,
  }
}
