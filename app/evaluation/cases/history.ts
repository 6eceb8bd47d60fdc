import { and, asc, eq, gte } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { sentenceOf } from '#app/evaluation/audit/sentence.ts'
import { auditEntries } from '#db/schema/work.ts'
import type { Database, Store } from '#db/store.server.ts'

export type CaseEvent = { at: number; actor: string; what: string }

const NEARBY = 20

/** What happened to a case, the oldest first: the import it came with, then all that the audit log says of it. */
export async function caseHistory(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { id, createdAt }: { id: string; createdAt: number },
): Promise<CaseEvent[]> {
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
  return [await origin(read, scope, createdAt), ...entries.map(told)]
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
