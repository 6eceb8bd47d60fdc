import { and, eq, inArray } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { documentHash } from '#app/evaluation/cases/hash.ts'
import type { CaseRecord } from '#app/formats/case.ts'
import { documents } from '#db/schema/cases.ts'
import type { Import } from './importer.ts'
import { insertRows, pieces } from './rows.ts'

export type HashedDocument = { title: string; text: string; hash: string }

/** The documents of a record, each with the hash it is known by; one without a title is called by its number. */
export const documentsOf = (record: Pick<CaseRecord, 'documents'>): HashedDocument[] =>
  (record.documents ?? []).map((document, i) => {
    const { title, text } = typeof document === 'string' ? { title: `Document ${i + 1}`, text: document } : document
    return { title, text, hash: documentHash(title, text) }
  })

/** Stores those documents that the project does not have yet; returns the id of each by its hash. */
export async function storeDocuments(run: Import, wanted: readonly HashedDocument[]): Promise<Map<string, string>> {
  const byHash = new Map(wanted.map((document) => [document.hash, document]))
  const ids = new Map<string, string>()
  for (const hashes of pieces([...byHash.keys()])) {
    const found = await run.tx
      .select({ id: documents.id, hash: documents.contentHash })
      .from(documents)
      .where(and(eq(documents.projectId, run.scope.project.id), inArray(documents.contentHash, hashes)))
    for (const { id, hash } of found) ids.set(hash, id)
  }
  const missing = [...byHash.values()].filter(({ hash }) => !ids.has(hash))
  for (const { hash } of missing) ids.set(hash, newId())
  await insertRows(
    run.tx,
    documents,
    missing.map(({ title, text, hash }) => ({
      id: ids.get(hash) ?? '',
      projectId: run.scope.project.id,
      title,
      text,
      contentHash: hash,
      createdAt: run.at,
    })),
  )
  return ids
}
