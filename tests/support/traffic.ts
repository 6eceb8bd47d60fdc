/** Traces in segments, to be sampled. */
import { newId, now, sha256 } from '#app/ambient.ts'
import { insertRows } from '#app/evaluation/imports/rows.ts'
import { traces } from '#db/schema/traces.ts'
import type { Project } from '#db/seed/rows.ts'
import type { Database } from '#db/store.server.ts'

export type Waiting = { category: string; userSegment: string; count: number; named?: string }

/** Waiting traces of segments; the keys say which: `reasoning-novice-7`. */
export async function addTraffic(
  tx: Database,
  project: Pick<Project, 'id'>,
  segments: readonly Waiting[],
): Promise<void> {
  const at = now()
  for (const { category, userSegment, count, named = `${category}-${userSegment}` } of segments) {
    const rows = Array.from({ length: count }, (_, i) => {
      const key = `${named}-${i}`
      return {
        id: newId(),
        projectId: project.id,
        key,
        input: `Question ${key}?`,
        response: `Answer to ${key}.`,
        metadata: { channel: 'web' },
        signals: {},
        contentHash: sha256(key),
        category,
        userSegment,
        categoryBy: 'import' as const,
        userSegmentBy: 'import' as const,
        redactions: {},
        state: 'waiting' as const,
        searchText: `${key} question ${key}?`,
        createdAt: at,
      }
    })
    await insertRows(tx, traces, rows)
  }
}
