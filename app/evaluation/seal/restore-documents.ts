import { and, eq, inArray } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { documents } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { documentHash } from '../cases/hash.ts'
import { insertRows, pieces } from '../imports/rows.ts'
import type { SealedDocument } from './texts.ts'

/**
 * Brings the documents of cases or traces back, each once however many use it, found by its content; returns the rows that
 * link them, in order.
 */
export async function restoreDocuments<Owner>(
  tx: Database,
  projectId: string,
  owners: readonly { id: string; documents: readonly SealedDocument[] }[],
  owner: (id: string) => Owner,
): Promise<(Owner & { position: number; documentId: string })[]> {
  const wanted = owners.flatMap(({ id, documents: context }) =>
    context.map((document, position) => ({
      ...document,
      id,
      position,
      hash: documentHash(document.title, document.text),
    })),
  )
  const byHash = new Map(wanted.map((document) => [document.hash, document]))
  const ids = new Map<string, string>()
  for (const piece of pieces([...byHash.keys()])) {
    const found = await tx
      .select({ id: documents.id, hash: documents.contentHash })
      .from(documents)
      .where(and(eq(documents.projectId, projectId), inArray(documents.contentHash, piece)))
    for (const { id, hash } of found) ids.set(hash, id)
  }
  const missing = [...byHash.values()].filter(({ hash }) => !ids.has(hash))
  for (const { hash } of missing) ids.set(hash, newId())
  await insertRows(
    tx,
    documents,
    missing.map(({ title, text, hash }) => ({
      id: ids.get(hash) ?? '',
      projectId,
      title,
      text,
      contentHash: hash,
      createdAt: now(),
    })),
  )
  return wanted.map(({ id, position, hash }) => ({ ...owner(id), position, documentId: ids.get(hash) ?? '' }))
}
