import { and, asc, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { caseDocuments, cases, documents, type Metadata, type Pool } from '#db/schema/cases.ts'
import type { Store } from '#db/store.server.ts'

export type WholeCase = {
  id: string
  key: string
  input: string
  category: string
  userSegment: string
  metadata: Metadata
  pool: Pool
  /** When it came into its pool. */
  enteredPoolAt: number
  /** How many interactions of the traffic it stands for; null where it was not sampled. */
  samplingWeight: number | null
  /** Its text may be read through an assignment alone: `input`, `metadata` and `documents` are empty. */
  sealed: boolean
  createdAt: number
  archivedAt: number | null
  /** In the order in which they are to be read. */
  documents: { id: string; title: string; text: string }[]
}

/** @throws Problem `missing` for a case that is not of this project */
export async function readCase({ read }: Pick<Store, 'read'>, scope: Scope, id: string): Promise<WholeCase> {
  demand(scope, 'cases.read')
  const [row] = await read
    .select()
    .from(cases)
    .where(and(eq(cases.id, id), eq(cases.projectId, scope.project.id)))
  if (!row) throw new Problem('missing', 'This case is not here.')
  const texts = await read
    .select({ id: documents.id, title: documents.title, text: documents.text })
    .from(caseDocuments)
    .innerJoin(documents, eq(documents.id, caseDocuments.documentId))
    .where(eq(caseDocuments.caseId, id))
    .orderBy(asc(caseDocuments.position))
  const { key, input, category, userSegment, metadata, pool, sealed, samplingWeight, createdAt, archivedAt } = row
  return {
    id,
    key,
    input,
    category,
    userSegment,
    metadata,
    pool,
    enteredPoolAt: row.enteredPoolAt ?? createdAt,
    samplingWeight,
    sealed,
    createdAt,
    archivedAt,
    documents: texts,
  }
}
