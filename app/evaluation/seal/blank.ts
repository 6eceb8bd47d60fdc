import { and, inArray, notExists, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { updateMany } from '#db/rows.server.ts'
import { caseDocuments, cases, documents, references, responses } from '#db/schema/cases.ts'
import { flags } from '#db/schema/ratings.ts'
import { referenceTasks } from '#db/schema/references.ts'
import { assignments, drafts } from '#db/schema/rounds.ts'
import type { SealedKind } from '#db/schema/seal.ts'
import { traceDocuments, traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'
import { pieces } from '../imports/rows.ts'
import { emptyContent } from '../ratings/content.ts'
import type { ToSeal } from './write.ts'

/** What is sealed is searched by its name alone. */
const searchedByKey = ({ id, key }: { id: string; key: string }) => ({ id, searchText: key.toLowerCase() })

/** Empties the columns whose text was sealed, and marks the cases. */
export async function blankTexts(tx: Database, texts: readonly ToSeal[]): Promise<void> {
  const ids = (kind: SealedKind) => pieces(texts.filter((one) => one.kind === kind).map(({ id }) => id))
  for (const piece of ids('case')) {
    const rows = await tx
      .update(cases)
      .set({ input: '', metadata: {}, sealed: true })
      .where(inArray(cases.id, piece))
      .returning({ id: cases.id, key: cases.key })
    await updateMany(tx, cases, ['searchText'], rows.map(searchedByKey))
  }
  for (const piece of ids('response')) {
    await tx.update(responses).set({ text: '', metadata: {} }).where(inArray(responses.id, piece))
  }
  for (const piece of ids('reference')) {
    await tx.update(references).set({ text: '', checkNote: '' }).where(inArray(references.id, piece))
  }
  for (const piece of ids('draft')) {
    await tx.update(drafts).set({ content: emptyContent() }).where(inArray(drafts.assignmentId, piece))
  }
  for (const piece of ids('task')) {
    await tx.update(referenceTasks).set({ draft: '' }).where(inArray(referenceTasks.id, piece))
  }
  for (const piece of ids('skip')) {
    await tx.update(assignments).set({ skipReason: '' }).where(inArray(assignments.id, piece))
  }
  for (const piece of ids('flag')) await tx.update(flags).set({ note: '' }).where(inArray(flags.id, piece))
  await blankTraces(
    tx,
    texts.filter((one) => one.kind === 'trace').map(({ id }) => id),
  )
}

/** Empties traces whose text was sealed. */
export async function blankTraces(tx: Database, traceIds: readonly string[]): Promise<void> {
  for (const piece of pieces(traceIds)) {
    const rows = await tx
      .update(traces)
      .set({ input: '', response: '', metadata: {}, signals: {} })
      .where(inArray(traces.id, piece))
      .returning({ id: traces.id, key: traces.key })
    await updateMany(tx, traces, ['searchText'], rows.map(searchedByKey))
  }
}

/**
 * Takes the context from cases and traces, and deletes the documents that nothing else is answered from. Where another case
 * or trace uses a document too, it is no secret, and stays.
 */
export async function unlinkDocuments(
  tx: Database,
  { caseIds, traceIds }: { caseIds: readonly string[]; traceIds: readonly string[] },
): Promise<void> {
  const freed = new Set<string>()
  for (const piece of pieces(caseIds)) {
    const rows = await tx.delete(caseDocuments).where(inArray(caseDocuments.caseId, piece)).returning()
    for (const { documentId } of rows) freed.add(documentId)
  }
  for (const piece of pieces(traceIds)) {
    const rows = await tx.delete(traceDocuments).where(inArray(traceDocuments.traceId, piece)).returning()
    for (const { documentId } of rows) freed.add(documentId)
  }
  const linkedIn = (column: SQLiteColumn, table: typeof caseDocuments | typeof traceDocuments) =>
    notExists(tx.select({ one: sql`1` }).from(table).where(sql`${column} = ${documents.id}`))
  for (const piece of pieces([...freed])) {
    await tx
      .delete(documents)
      .where(
        and(
          inArray(documents.id, piece),
          linkedIn(caseDocuments.documentId, caseDocuments),
          linkedIn(traceDocuments.documentId, traceDocuments),
        ),
      )
  }
}
