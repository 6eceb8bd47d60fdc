import { and, count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { projects } from '#db/schema/people.ts'
import { traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'
import type { SegmentTraffic, Traffic } from './planned.ts'

/**
 * What waits to be sampled, by segment. A trace that was merged into another counts as traffic of the other's segment and is
 * never drawn; one that is left out by hand, or was made into a case already, is neither.
 */
export async function countTraffic(read: Database, projectId: string): Promise<Traffic> {
  const [project] = await read
    .select({ categories: projects.categories, userSegments: projects.userSegments })
    .from(projects)
    .where(eq(projects.id, projectId))
  const waiting = await read
    .select({ category: traces.category, userSegment: traces.userSegment, n: count() })
    .from(traces)
    .where(and(eq(traces.projectId, projectId), eq(traces.state, 'waiting'), isNull(traces.duplicateOfId)))
    .groupBy(traces.category, traces.userSegment)
  const repeats = await countRepeats(read, projectId)
  const segments = new Map<string, SegmentTraffic>()
  let unassigned = 0
  for (const { category, userSegment, n } of waiting) {
    if (category === null || userSegment === null) unassigned += n
    else segments.set(keyOf(category, userSegment), { category, userSegment, traffic: n, waiting: n })
  }
  for (const { category, userSegment, n } of repeats) {
    const found = segments.get(keyOf(category, userSegment))
    if (found) found.traffic += n
  }
  return { segments: [...segments.values()], unassigned, ...(project ?? { categories: [], userSegments: [] }) }
}

const keyOf = (category: string | null, userSegment: string | null): string => JSON.stringify([category, userSegment])

async function countRepeats(read: Database, projectId: string) {
  const kept = alias(traces, 'kept')
  return read
    .select({ category: kept.category, userSegment: kept.userSegment, n: sql<number>`count(*)`.mapWith(Number) })
    .from(traces)
    .innerJoin(kept, eq(kept.id, traces.duplicateOfId))
    .where(and(eq(traces.projectId, projectId), isNotNull(traces.duplicateOfId), eq(kept.state, 'waiting')))
    .groupBy(kept.category, kept.userSegment)
}
