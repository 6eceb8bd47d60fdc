import { newId, now, sha256 } from '#app/ambient.ts'
import { traces } from '#db/schema/traces.ts'
import type { Project } from '#db/seed/rows.ts'
import type { Database } from '#db/store.server.ts'

export type Trace = typeof traces.$inferSelect

/** A waiting, unassigned trace. */
export async function addTrace(tx: Database, project: Pick<Project, 'id'>, over: Partial<Trace> = {}): Promise<Trace> {
  const id = newId()
  const row: Trace = {
    id,
    projectId: project.id,
    key: `trace-${id.slice(-8)}`,
    input: `Question ${id.slice(-8)}?`,
    response: 'An answer.',
    systemVersion: null,
    model: null,
    occurredAt: null,
    metadata: {},
    signals: {},
    contentHash: sha256(id),
    category: null,
    userSegment: null,
    categoryBy: null,
    userSegmentBy: null,
    redactions: {},
    duplicateOfId: null,
    keptApartAt: null,
    state: 'waiting',
    caseId: null,
    searchText: '',
    createdAt: now(),
    ...over,
  }
  row.searchText ||= `${row.key} ${row.input}`.toLowerCase()
  await tx.insert(traces).values(row)
  return row
}
