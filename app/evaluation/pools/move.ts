import { and, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { pieces } from '#app/evaluation/imports/rows.ts'
import { cases, type Pool } from '#db/schema/cases.ts'
import { poolMoves } from '#db/schema/pools.ts'
import type { Database } from '#db/store.server.ts'
import { unindexed } from '#db/unindexed.ts'

export type PoolMove = {
  to: Pool
  /** The moment of the move; of a case made at this very moment it is the coming into its first pool. */
  at: number
  samplingId?: string
  rotationId?: string
}

/**
 * Brings cases into a pool and writes it into their histories; those that are in it already are passed over. Whatever makes
 * a case calls it at once with the case's own `createdAt`: its first move has no pool it came from. Cases from before
 * histories were kept have been active since they were made, and their first move says that it was from there.
 */
export async function moveCases(
  tx: Database,
  projectId: string,
  caseIds: readonly string[],
  { to, at, samplingId, rotationId }: PoolMove,
): Promise<void> {
  for (const piece of pieces([...new Set(caseIds)])) {
    const justMade = and(isNull(cases.enteredPoolAt), eq(cases.createdAt, at)) as SQL
    const moving = and(
      eq(unindexed(cases.projectId), projectId),
      inArray(cases.id, piece),
      or(justMade, ne(cases.pool, to)),
    )
    const next = sql`(select coalesce(max(earlier.number), 0) + 1 from pool_moves earlier where earlier.case_id = ${cases.id})`
    // In the order of the table's columns, which the database asks for.
    await tx.insert(poolMoves).select(sql`
      select ${cases.id}, ${next}, ${cases.projectId}, case when ${justMade} then null else ${cases.pool} end,
        ${text(to)}, ${text(samplingId)}, ${text(rotationId)}, cast(${at} as bigint)
      from ${cases} where ${moving}`)
    await tx.update(cases).set({ pool: to, enteredPoolAt: at }).where(moving)
  }
}

/** PostgreSQL cannot tell the type of a parameter that stands alone in a select. */
const text = (value: string | undefined): SQL => sql`cast(${value ?? null} as text)`
