import { and, asc, desc, eq, ne } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { rubricOf } from '#app/evaluation/queue/rubric.ts'
import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import { caseDocuments, cases, documents, type Quality, references } from '#db/schema/cases.ts'
import type { Database, Store } from '#db/store.server.ts'
import { inUse } from '../in-use.ts'
import { lastRefused, type Refused } from './hand-in.ts'
import type { TaskKind } from './list.ts'
import { type StoredTask, taskInHand } from './take.ts'

export type ShownTask = {
  id: string
  kind: TaskKind
  quality: Quality
  category: string
  userSegment: string
  sealed: boolean
  input: string
  documents: { id: string; title: string; text: string }[]
  /** The rubric version that the reference is for; null: nothing is published. */
  rubric: ShownRubric | null
  /** What is to be checked. */
  text: string | null
  /** What was refused before, and why: of a writing task. */
  refused: Refused | null
  /** The other references of the case, the high ones first. */
  others: { id: string; quality: Quality; text: string }[]
  draft: string
  leaseExpiresAt: number
}

/** A task in hand with all that it takes to do it. Throws `missing`, `gone` (`not-in-hand`). */
export async function showTask(store: Store, scope: Scope, taskId: string): Promise<ShownTask> {
  demand(scope, 'references.take')
  const task = await taskInHand(store.read, scope, taskId)
  const { id, kind, quality, draft } = task
  return {
    id,
    kind,
    quality,
    draft,
    leaseExpiresAt: task.leaseExpiresAt ?? 0,
    rubric: task.rubricVersionId === null ? null : await rubricOf(store.read, task.rubricVersionId),
    ...(await textsOf(store.read, task)),
  }
}

type Texts = Pick<
  ShownTask,
  'category' | 'userSegment' | 'sealed' | 'input' | 'documents' | 'text' | 'refused' | 'others'
>

async function textsOf(db: Database, task: StoredTask): Promise<Texts> {
  const [row] = await db.select().from(cases).where(eq(cases.id, task.caseId))
  if (!row) throw new Problem('missing', 'This case is not here.')
  const context = await db
    .select({ id: documents.id, title: documents.title, text: documents.text })
    .from(caseDocuments)
    .innerJoin(documents, eq(documents.id, caseDocuments.documentId))
    .where(eq(caseDocuments.caseId, task.caseId))
    .orderBy(asc(caseDocuments.position))
  const toCheck = task.kind === 'check' ? (task.referenceId ?? '') : ''
  const [checked] = await db.select({ text: references.text }).from(references).where(eq(references.id, toCheck))
  const others = await db
    .select({ id: references.id, quality: references.quality, text: references.text })
    .from(references)
    .where(and(eq(references.caseId, task.caseId), inUse, ne(references.id, toCheck)))
    .orderBy(desc(references.quality), asc(references.createdAt), asc(references.id))
  return {
    category: row.category,
    userSegment: row.userSegment,
    sealed: row.sealed,
    input: row.input,
    documents: context,
    text: task.kind === 'check' ? (checked?.text ?? '') : null,
    refused: task.kind === 'write' ? await lastRefused(db, task) : null,
    others,
  }
}
