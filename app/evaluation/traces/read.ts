import { and, asc, count, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { documents } from '#db/schema/cases.ts'
import { traceDocuments, traces } from '#db/schema/traces.ts'
import type { Store } from '#db/store.server.ts'

export type WholeTrace = Omit<typeof traces.$inferSelect, 'projectId' | 'contentHash' | 'searchText'> & {
  /** In the order in which they are to be read. */
  documents: { id: string; title: string; text: string }[]
  duplicateOf: { id: string; key: string } | null
  /** A sealed case was made of it, or of the one it was merged into. */
  sealed: boolean
  /** How many traces were merged into it. */
  duplicates: number
}

/** @throws Problem `missing` for a trace that is not of this project */
export async function readTrace({ read }: Pick<Store, 'read'>, scope: Scope, id: string): Promise<WholeTrace> {
  demand(scope, 'cases.read')
  const [row] = await read
    .select()
    .from(traces)
    .where(and(eq(traces.id, id), eq(traces.projectId, scope.project.id)))
  if (!row) throw new Problem('missing', 'This trace is not here.')
  const texts = await read
    .select({ id: documents.id, title: documents.title, text: documents.text })
    .from(traceDocuments)
    .innerJoin(documents, eq(documents.id, traceDocuments.documentId))
    .where(eq(traceDocuments.traceId, id))
    .orderBy(asc(traceDocuments.position))
  const [merged] = await read.select({ n: count() }).from(traces).where(eq(traces.duplicateOfId, id))
  const { projectId: _, contentHash: __, searchText: ___, ...trace } = row
  const [kept] =
    trace.duplicateOfId === null
      ? []
      : await read.select({ id: traces.id, key: traces.key }).from(traces).where(eq(traces.id, trace.duplicateOfId))
  return {
    ...trace,
    documents: texts,
    duplicateOf: kept ?? null,
    duplicates: merged?.n ?? 0,
    sealed: trace.input === '',
  }
}
