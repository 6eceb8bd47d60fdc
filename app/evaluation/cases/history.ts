import { and, asc, eq, gte } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { sentenceOf } from '#app/evaluation/audit/sentence.ts'
import { poolMoves } from '#db/schema/pools.ts'
import { auditEntries } from '#db/schema/work.ts'
import type { Database, Store } from '#db/store.server.ts'
import { exposureEvents, movesIn, ratingEvents, sealEvents } from './life.ts'

/** `actor`: empty where the sentence has none. */
export type CaseEvent = { at: number; actor: string; what: string }

export const HISTORY_SIZE = 50

const NEARBY = 20

/**
 * A page of what happened to a case, the oldest first: the import or sampling it came with, its moves between pools, when it
 * was sealed, opened and rated, and all that the audit log says of it. `page` counts from 1.
 */
export async function caseHistory(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { id, createdAt }: { id: string; createdAt: number },
  page = 1,
): Promise<{ events: CaseEvent[]; total: number }> {
  demand(scope, 'cases.read')
  const entries = await read
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subject, 'case'),
        eq(auditEntries.subjectId, id),
        eq(auditEntries.projectId, scope.project.id),
      ),
    )
    .orderBy(asc(auditEntries.number))
  const moves = await read.select().from(poolMoves).where(eq(poolMoves.caseId, id)).orderBy(asc(poolMoves.number))
  const { made, others } = movesIn(moves)
  const later = [
    ...entries.map(told),
    ...others,
    ...(await sealEvents(read, id)),
    ...(await exposureEvents(read, id)),
    ...(await ratingEvents(read, id)),
  ]
  const events = [made ?? (await origin(read, scope, createdAt)), ...later.sort((a, b) => a.at - b.at)]
  return { events: events.slice((page - 1) * HISTORY_SIZE, page * HISTORY_SIZE), total: events.length }
}

/** Everything an import makes carries its moment, which its entry in the audit log names. */
async function origin(read: Database, scope: Scope, createdAt: number): Promise<CaseEvent> {
  const after = await read
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.projectId, scope.project.id),
        eq(auditEntries.action, 'cases.imported'),
        gte(auditEntries.at, createdAt),
      ),
    )
    .orderBy(asc(auditEntries.number))
    .limit(NEARBY)
  const found = after.find(({ detail }) => (JSON.parse(detail) as { at?: unknown }).at === createdAt)
  return found ? told(found) : { at: createdAt, actor: '', what: 'The case was made' }
}

function told(entry: typeof auditEntries.$inferSelect): CaseEvent {
  const detail = JSON.parse(entry.detail) as Record<string, unknown>
  return { at: entry.at, actor: entry.actorName, what: sentenceOf({ ...entry, detail }, () => undefined) }
}
