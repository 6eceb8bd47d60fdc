import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { rotations, samplings } from '#db/schema/pools.ts'
import type { Database } from '#db/store.server.ts'
import { readPoolSettings } from './settings.ts'

export const DAY_MS = 86_400_000

/** When the pools are to turn next. */
export type NextRotation = {
  /** When they turned last, or were first filled by a sampling; null: neither has happened. */
  since: number | null
  /** Null while there is nothing to turn. */
  dueAt: number | null
  rotationDays: number
}

/** `rotationDays` after the last rotation that was not undone, or after the first sampling where there was none yet. */
export async function nextRotation(read: Database, projectId: string): Promise<NextRotation> {
  const { rotationDays } = await readPoolSettings(read, projectId)
  const [last] = await read
    .select({ at: rotations.doneAt })
    .from(rotations)
    .where(and(eq(rotations.projectId, projectId), isNull(rotations.undoneAt)))
    .orderBy(desc(rotations.doneAt))
    .limit(1)
  const [first] = await read
    .select({ at: samplings.doneAt })
    .from(samplings)
    .where(eq(samplings.projectId, projectId))
    .orderBy(asc(samplings.doneAt))
    .limit(1)
  const since = last?.at ?? first?.at ?? null
  return { since, dueAt: since === null ? null : since + rotationDays * DAY_MS, rotationDays }
}

/** Until when what is sealed now stays sealed: the next rotation; a whole period where that is overdue or none is known. */
export async function sealedUntil(read: Database, projectId: string, at: number): Promise<number> {
  const { dueAt, rotationDays } = await nextRotation(read, projectId)
  return dueAt !== null && dueAt > at ? dueAt : at + rotationDays * DAY_MS
}
