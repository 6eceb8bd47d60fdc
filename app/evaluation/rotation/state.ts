import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm'
import { countTraffic } from '#app/evaluation/sampling/traffic.ts'
import { cases } from '#db/schema/cases.ts'
import { exposures, seals } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import type { RotationState } from './planned.ts'

/** What a rotation of the project would be planned from now; archived cases take no part. */
export async function readRotationState(read: Database, projectId: string): Promise<RotationState> {
  const rows = await read
    .select({
      id: cases.id,
      key: cases.key,
      category: cases.category,
      userSegment: cases.userSegment,
      pool: cases.pool,
      enteredAt: sql<number>`coalesce(${cases.enteredPoolAt}, ${cases.createdAt})`.mapWith(Number),
      burntAt: cases.burntAt,
      sealedAt: seals.sealedAt,
      sealedUntil: seals.sealedUntil,
    })
    .from(cases)
    .leftJoin(seals, eq(seals.caseId, cases.id))
    .where(and(eq(cases.projectId, projectId), inArray(cases.pool, ['active', 'holdout']), isNull(cases.archivedAt)))
    .orderBy(asc(cases.id))
  const opened = await exposuresOf(read, projectId)
  const { segments } = await countTraffic(read, projectId)
  const waiting = segments.map(({ category, userSegment, waiting: traces }) => ({ category, userSegment, traces }))
  const state = { holdout: [], active: [], waiting } as { [K in keyof RotationState]: RotationState[K][number][] }
  for (const { pool, enteredAt, burntAt, sealedAt, sealedUntil, ...one } of rows) {
    const burnt = burntAt !== null
    if (pool === 'active') state.active.push({ ...one, enteredAt, burnt })
    else {
      const seal = { sealedAt: sealedAt ?? enteredAt, sealedUntil: sealedUntil ?? enteredAt }
      state.holdout.push({ ...one, ...seal, exposures: opened.get(one.id) ?? 0, burnt })
    }
  }
  return state
}

async function exposuresOf(read: Database, projectId: string): Promise<Map<string, number>> {
  const rows = await read
    .select({ id: exposures.caseId, n: count() })
    .from(exposures)
    .where(eq(exposures.projectId, projectId))
    .groupBy(exposures.caseId)
  return new Map(rows.map(({ id, n }) => [id, n]))
}
