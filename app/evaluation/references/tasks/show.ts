import { and, asc, desc, eq, ne } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { rubricOf } from '#app/evaluation/queue/rubric.ts'
import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import { recordTask } from '#app/evaluation/seal/open.ts'
import { readOpened } from '#app/evaluation/seal/opened.ts'
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

/**
 * A task in hand with all that it takes to do it. Of a sealed case, each showing is an exposure. Throws `missing`, `gone`
 * (`not-in-hand`), `forbidden` for whoever may not read what is sealed.
 */
export async function showTask(store: Store, scope: Scope, taskId: string): Promise<ShownTask> {
  demand(scope, 'references.take')
  const task = await taskInHand(store.read, scope, taskId)
  const { id, kind, quality, draft } = task
  const texts = task.sealed ? await sealedTextsOf(store, scope, task) : await textsOf(store.read, task)
  return {
    id,
    kind,
    quality,
    draft,
    sealed: task.sealed,
    leaseExpiresAt: task.leaseExpiresAt ?? 0,
    rubric: task.rubricVersionId === null ? null : await rubricOf(store.read, task.rubricVersionId),
    ...texts,
  }
}

type Texts = Pick<ShownTask, 'category' | 'userSegment' | 'input' | 'documents' | 'text' | 'refused' | 'others'>

async function textsOf(db: Database, task: StoredTask): Promise<Texts> {
  const [row] = await db.select().from(cases).where(eq(cases.id, task.caseId))
  if (!row) throw new Problem('missing', 'This case is not here.')
  const context = await db
    .select({ id: documents.id, title: documents.title, text: documents.text })
    .from(caseDocuments)
    .innerJoin(documents, eq(documents.id, caseDocuments.documentId))
    .where(eq(caseDocuments.caseId, task.caseId))
    .orderBy(asc(caseDocuments.position))
  const { category, userSegment, input } = row
  return { category, userSegment, input, documents: context, ...(await referencesBeside(db, task)) }
}

/** The same of a sealed case, whose opening goes on record first. */
async function sealedTextsOf(store: Store, scope: Scope, task: StoredTask): Promise<Texts & { draft: string }> {
  const openings = await store.write((tx) => recordTask(tx, scope, task.id))
  const asked = { caseIds: [task.caseId], taskIds: [task.id], withReferences: true }
  const opened = (await readOpened(store.read, openings, asked)).get(task.caseId)
  if (!opened) throw new Problem('missing', 'This case is not here.')
  const { content, references: sealed, tasks } = opened
  const { text, refused, others } = await referencesBeside(store.read, task)
  const textOf = (id: string) => sealed.get(id)?.text ?? ''
  return {
    category: content.category,
    userSegment: content.userSegment,
    input: content.input,
    documents: content.documents.map((document, i) => ({ id: String(i), ...document })),
    text: text === null ? null : textOf(task.referenceId ?? ''),
    refused: refused && { ...refused, text: textOf(refused.id), note: sealed.get(refused.id)?.note ?? '' },
    others: others.map((other) => ({ ...other, text: textOf(other.id) })),
    draft: tasks.get(task.id) ?? '',
  }
}

/** What is to be checked, what was refused before, and the other references in use; their texts empty where sealed. */
async function referencesBeside(
  db: Database,
  task: StoredTask,
): Promise<Pick<ShownTask, 'text' | 'refused' | 'others'>> {
  const toCheck = task.kind === 'check' ? (task.referenceId ?? '') : ''
  const [checked] = await db.select({ text: references.text }).from(references).where(eq(references.id, toCheck))
  const others = await db
    .select({ id: references.id, quality: references.quality, text: references.text })
    .from(references)
    .where(and(eq(references.caseId, task.caseId), inUse, ne(references.id, toCheck)))
    .orderBy(desc(references.quality), asc(references.createdAt), asc(references.id))
  return {
    text: task.kind === 'check' ? (checked?.text ?? '') : null,
    refused: task.kind === 'write' ? await lastRefused(db, task) : null,
    others,
  }
}
