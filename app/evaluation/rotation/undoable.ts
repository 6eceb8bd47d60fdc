/** Whether a rotation can be taken back. */
import { and, eq, gt, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { cases, references, responses } from '#db/schema/cases.ts'
import { poolMoves, rotations } from '#db/schema/pools.ts'
import { referenceTasks } from '#db/schema/references.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import { breakGlass, exposures } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import { ownMoves } from './moves.ts'
import { DAY } from './plan.ts'

export type DoneRotation = typeof rotations.$inferSelect

/** Until when a rotation can be undone, if nothing was read. */
export const undoUntil = ({ doneAt }: Pick<DoneRotation, 'doneAt'>): number => doneAt + DAY

/** Why a rotation cannot be undone, in a sentence; null where it can. Nothing of it may have been read or built on. */
export async function whyNotUndone(read: Database, rotation: DoneRotation): Promise<string | null> {
  if (rotation.undoneAt !== null) return 'It is undone already.'
  if (now() >= undoUntil(rotation)) return 'A day has passed since it was done.'
  if (await hasLater(read, rotation)) return 'The pools were rotated again since.'
  for (const { where, says } of REASONS) {
    const [found] = await read
      .select({ key: cases.key })
      .from(poolMoves)
      .innerJoin(cases, eq(cases.id, poolMoves.caseId))
      .where(and(ownMoves(rotation.id), where(rotation)))
      .limit(1)
    if (found) return `The case “${found.key}” ${says}`
  }
  return null
}

async function hasLater(read: Database, { id, projectId, doneAt }: DoneRotation): Promise<boolean> {
  const [later] = await read
    .select({ id: rotations.id })
    .from(rotations)
    .where(
      and(
        eq(rotations.projectId, projectId),
        isNull(rotations.undoneAt),
        or(gt(rotations.doneAt, doneAt), and(eq(rotations.doneAt, doneAt), gt(rotations.id, id))),
      ),
    )
    .limit(1)
  return later !== undefined
}

const entered = isNull(poolMoves.fromPool)
const leftHoldout = eq(poolMoves.fromPool, 'holdout')

const exists = (from: SQL): SQL => sql`exists (select 1 from ${from})`

/** What stands against it, the plainest first. */
const REASONS: readonly { where: (rotation: DoneRotation) => SQL | undefined; says: string }[] = [
  { where: () => and(leftHoldout, eq(cases.sealed, false)), says: 'that left the holdout was opened since.' },
  {
    where: () =>
      sql`${poolMoves.number} < (select max(later.number) from pool_moves later where later.case_id = ${cases.id})`,
    says: 'was moved to another pool since.',
  },
  {
    where: () => and(entered, exists(sql`${exposures} where ${exposures.caseId} = ${cases.id}`)),
    says: 'that entered the holdout was read since.',
  },
  {
    where: () => and(entered, exists(sql`${items} where ${items.caseId} = ${cases.id}`)),
    says: 'that entered the holdout is in a round.',
  },
  {
    where: ({ doneAt }) =>
      exists(
        sql`${items} inner join ${rounds} on ${rounds.id} = ${items.roundId}
          where ${items.caseId} = ${cases.id} and ${rounds.createdAt} >= ${doneAt}`,
      ),
    says: 'is in a round that was made since.',
  },
  {
    where: () => and(entered, exists(sql`${references} where ${references.caseId} = ${cases.id}`)),
    says: 'that entered the holdout has a reference.',
  },
  {
    where: () =>
      and(
        entered,
        exists(
          sql`${referenceTasks} where ${referenceTasks.caseId} = ${cases.id} and ${ne(referenceTasks.state, 'open')}`,
        ),
      ),
    says: 'that entered the holdout is being written a reference for.',
  },
  {
    where: ({ doneAt }) =>
      and(
        entered,
        exists(sql`${responses} where ${responses.caseId} = ${cases.id} and ${responses.createdAt} > ${doneAt}`),
      ),
    says: 'that entered the holdout was answered by a system version since.',
  },
  {
    where: () => and(entered, exists(sql`${breakGlass} where ${breakGlass.caseId} = ${cases.id}`)),
    says: 'that entered the holdout is in a request to break its seal.',
  },
]
