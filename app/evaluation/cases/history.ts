import { and, asc, eq, gte } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { sentenceOf } from '#app/evaluation/audit/sentence.ts'
import { poolMoves } from '#db/schema/pools.ts'
import { auditEntries } from '#db/schema/work.ts'
import type { Database, Store } from '#db/store.server.ts'

export type CaseEvent = { at: number; actor: string; what: string }

const NEARBY = 20

/**
 * What happened to a case, the oldest first: the import or sampling it came with, then its moves between pools and all that
 * the audit log says of it.
 */
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
  const moves = await read.select().from(poolMoves).where(eq(poolMoves.caseId, id)).orderBy(asc(poolMoves.number))
  const first = moves.find(({ fromPool }) => fromPool === null)
  const made = first?.samplingId ? drawn(first) : await origin(read, scope, createdAt)
  const others = [...entries.map(told), ...moves.filter(({ fromPool }) => fromPool !== null).map(moved)]
  return [made, ...others.sort((a, b) => a.at - b.at)]
}

type Move = typeof poolMoves.$inferSelect

const drawn = ({ movedAt, toPool }: Move): CaseEvent => ({
  at: movedAt,
  actor: '',
  what: `Drawn from the traces into the pool “${toPool}”`,
})

const moved = ({ movedAt, fromPool, toPool, rotationId }: Move): CaseEvent => ({
  at: movedAt,
  actor: '',
  what: `${rotationId === null ? 'Moved' : 'Moved by a rotation'} from the pool “${fromPool}” to “${toPool}”`,
})

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
