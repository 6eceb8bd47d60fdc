/** Which cases a rotation moved, read from their histories. */
import { and, asc, count, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { cases, type Pool } from '#db/schema/cases.ts'
import { poolMoves, rotations } from '#db/schema/pools.ts'
import type { Database } from '#db/store.server.ts'

/** How a case moved: `graduated` from the holdout to active, `retired`, or `entered` the holdout as a new case. */
export const MOVE_KINDS = ['graduated', 'retired', 'entered'] as const
export type MoveKind = (typeof MOVE_KINDS)[number]

/** The rotation's own moves; those by which it was undone are as late as its end. */
export const ownMoves = (rotationId: string): SQL | undefined =>
  and(eq(poolMoves.rotationId, rotationId), eq(poolMoves.movedAt, doneAtOf(rotationId)))

const doneAtOf = (rotationId: string): SQL =>
  sql`(select ${rotations.doneAt} from ${rotations} where ${rotations.id} = ${rotationId})`

export const ofKind = (kind: MoveKind): SQL | undefined =>
  kind === 'graduated'
    ? and(eq(poolMoves.fromPool, 'holdout'), eq(poolMoves.toPool, 'active'))
    : kind === 'retired'
      ? eq(poolMoves.toPool, 'retired')
      : isNull(poolMoves.fromPool)

export type MovedCase = {
  id: string
  key: string
  from: Pool | null
  to: Pool
  number: number
  sealed: boolean
  archived: boolean
}

/** Every case that the rotation moved. */
export async function movedCases(read: Database, rotationId: string): Promise<MovedCase[]> {
  const rows = await read
    .select({
      id: poolMoves.caseId,
      key: cases.key,
      from: poolMoves.fromPool,
      to: poolMoves.toPool,
      number: poolMoves.number,
      sealed: cases.sealed,
      archivedAt: cases.archivedAt,
    })
    .from(poolMoves)
    .innerJoin(cases, eq(cases.id, poolMoves.caseId))
    .where(ownMoves(rotationId))
    .orderBy(asc(poolMoves.caseId))
  return rows.map(({ archivedAt, ...row }) => ({ ...row, archived: archivedAt !== null }))
}

/** The condition on moves of cases that the rotation let out of the holdout and that are sealed still. */
export const stillSealed = (rotationId: string): SQL | undefined =>
  and(ownMoves(rotationId), eq(poolMoves.fromPool, 'holdout'), eq(cases.sealed, true), ne(cases.pool, 'holdout'))

/** How many of what the rotation let out of the holdout nobody can read yet. */
export async function countStillSealed(read: Database, rotationId: string): Promise<number> {
  const [row] = await read
    .select({ n: count() })
    .from(poolMoves)
    .innerJoin(cases, eq(cases.id, poolMoves.caseId))
    .where(stillSealed(rotationId))
  return row?.n ?? 0
}
