import { and, count, desc, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { demand, type Scope } from '#app/auth/permissions.ts'
import type { Pool } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { poolMoves, rotations } from '#db/schema/pools.ts'
import type { Database, Store } from '#db/store.server.ts'
import type { MoveKind } from './moves.ts'

export type MoveCounts = Record<MoveKind, number>

export type ListedRotation = {
  id: string
  doneAt: number
  /** Empty for the command line. */
  doneBy: string
  undoneAt: number | null
  undoneBy: string
  counts: MoveCounts
}

const doer = alias(users, 'doer')
const undoer = alias(users, 'undoer')

/** A page of the project's rotations, the newest first, undone ones among them. `page` counts from 1. */
export async function listRotations(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { page, size }: { page: number; size: number },
): Promise<{ rotations: ListedRotation[]; total: number }> {
  demand(scope, 'rotation.read')
  const mine = eq(rotations.projectId, scope.project.id)
  const [counted] = await read.select({ n: count() }).from(rotations).where(mine)
  const rows = await read
    .select({ row: rotations, doneBy: doer.name, undoneBy: undoer.name })
    .from(rotations)
    .leftJoin(doer, eq(doer.id, rotations.doneBy))
    .leftJoin(undoer, eq(undoer.id, rotations.undoneBy))
    .where(mine)
    .orderBy(desc(rotations.doneAt), desc(rotations.id))
    .limit(size)
    .offset((page - 1) * size)
  const counts = await countMoves(
    read,
    rows.map(({ row }) => row.id),
  )
  return {
    rotations: rows.map(({ row, doneBy, undoneBy }) => ({
      id: row.id,
      doneAt: row.doneAt,
      doneBy: doneBy ?? '',
      undoneAt: row.undoneAt,
      undoneBy: undoneBy ?? '',
      counts: counts.get(row.id) ?? none(),
    })),
    total: counted?.n ?? 0,
  }
}

const none = (): MoveCounts => ({ graduated: 0, retired: 0, entered: 0 })

/** How many cases each of some rotations moved which way. */
export async function countMoves(read: Database, ids: readonly string[]): Promise<Map<string, MoveCounts>> {
  const counts = new Map(ids.map((id) => [id, none()]))
  if (ids.length === 0) return counts
  const rows = await read
    .select({ id: rotations.id, from: poolMoves.fromPool, to: poolMoves.toPool, n: count() })
    .from(poolMoves)
    .innerJoin(rotations, and(eq(rotations.id, poolMoves.rotationId), eq(rotations.doneAt, poolMoves.movedAt)))
    .where(inArray(poolMoves.rotationId, [...ids]))
    .groupBy(rotations.id, poolMoves.fromPool, poolMoves.toPool)
  for (const { id, from, to, n } of rows) {
    const own = counts.get(id)
    if (own) own[kindOf(from, to)] += n
  }
  return counts
}

/** How a move within a rotation is called. */
export const kindOf = (from: Pool | null, to: Pool): MoveKind =>
  to === 'retired' ? 'retired' : from === null ? 'entered' : 'graduated'
