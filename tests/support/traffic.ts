/** Traces in segments, to be sampled. */
import { newId, now, sha256 } from '#app/ambient.ts'
import { insertRows } from '#app/evaluation/imports/rows.ts'
import { planFrom } from '#app/evaluation/sampling/planner.ts'
import { samplings } from '#db/schema/pools.ts'
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

/** A sampling that found one trace in each of two segments, as a row alone; returns its id. */
export async function addSampling(tx: Database, project: Pick<Project, 'id'>): Promise<string> {
  const counted = ['novice', 'expert'].map((userSegment) => ({
    category: 'reasoning',
    userSegment,
    traffic: 1,
    waiting: 1,
  }))
  const asked = { size: 2, floorShare: 0.15, holdoutShare: 0.3, seed: 1 }
  const plan = planFrom({ segments: counted, unassigned: 0, categories: [], userSegments: [] }, asked)
  const id = newId()
  await tx.insert(samplings).values({ id, projectId: project.id, seed: asked.seed, plan, doneAt: now() })
  return id
}
