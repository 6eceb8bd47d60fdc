import { and, eq, inArray, ne } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { updateMany } from '#db/rows.server.ts'
import { caseDocuments, cases, references, responses } from '#db/schema/cases.ts'
import { flags } from '#db/schema/ratings.ts'
import { referenceTasks } from '#db/schema/references.ts'
import { assignments, drafts } from '#db/schema/rounds.ts'
import { sealedTexts, seals } from '#db/schema/seal.ts'
import { traceDocuments, traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'
import { unindexed } from '#db/unindexed.ts'
import { caseSearchText } from '../cases/search-text.ts'
import { insertRows, pieces } from '../imports/rows.ts'
import { traceSearchText } from '../traces/search-text.ts'
import { checkedCase } from './checked.ts'
import { decrypt } from './cipher.server.ts'
import { restoreDocuments } from './restore-documents.ts'
import type { ToSeal } from './write.ts'

/**
 * Ends the seals of cases: all that was sealed of them is back in its columns. The texts of their ratings stay encrypted,
 * for a rating is never changed; `ratingTexts` reads them. Cases that are not sealed are left alone.
 *
 * @throws SealError where a sealed text cannot be opened, or is not what was sealed
 */
export async function unsealCases(tx: Database, projectId: string, caseIds: readonly string[]): Promise<void> {
  for (const piece of pieces(caseIds)) {
    const sealed = await tx
      .select({ id: cases.id, key: cases.key, hash: seals.contentHash })
      .from(cases)
      .innerJoin(seals, eq(seals.caseId, cases.id))
      .where(and(eq(unindexed(cases.projectId), projectId), inArray(cases.id, piece), eq(cases.sealed, true)))
    if (sealed.length > 0) await unsealPiece(tx, projectId, sealed)
  }
}

type SealedCase = { id: string; key: string; hash: string }
type Opened<K extends ToSeal['kind']> = Extract<ToSeal, { kind: K }>

async function unsealPiece(tx: Database, projectId: string, sealed: readonly SealedCase[]): Promise<void> {
  const ids = sealed.map(({ id }) => id)
  const kept = and(inArray(sealedTexts.caseId, ids), ne(sealedTexts.kind, 'rating'))
  const rows = await tx.select().from(sealedTexts).where(kept)
  const texts = rows.map((row) => ({ ...row, value: decrypt(row) }) as unknown as ToSeal)
  const of = <K extends ToSeal['kind']>(kind: K) => texts.filter((one): one is Opened<K> => one.kind === kind)
  await putCases(tx, projectId, sealed, of('case'))
  await putTraces(tx, projectId, of('trace'))
  await updateMany(
    tx,
    responses,
    ['text', 'metadata'],
    of('response').map(({ id, value }) => ({ id, ...value })),
  )
  await updateMany(
    tx,
    references,
    ['text', 'checkNote'],
    of('reference').map(({ id, value }) => ({ id, text: value.text, checkNote: value.note })),
  )
  await updateMany(
    tx,
    referenceTasks,
    ['draft'],
    of('task').map(({ id, value }) => ({ id, ...value })),
  )
  await updateMany(
    tx,
    flags,
    ['note'],
    of('flag').map(({ id, value }) => ({ id, ...value })),
  )
  await updateMany(
    tx,
    assignments,
    ['skipReason'],
    of('skip').map(({ id, value }) => ({ id, skipReason: value.reason })),
  )
  for (const { id, value } of of('draft')) {
    await tx.update(drafts).set({ content: value }).where(eq(drafts.assignmentId, id))
  }
  await tx.delete(sealedTexts).where(kept)
  await tx.update(seals).set({ endedAt: now() }).where(inArray(seals.caseId, ids))
}

async function putCases(
  tx: Database,
  projectId: string,
  sealed: readonly SealedCase[],
  texts: readonly Opened<'case'>[],
): Promise<void> {
  const opened = new Map(texts.map(({ id, value }) => [id, value]))
  const whole = sealed.map(({ id, key, hash }) => ({ id, key, ...checkedCase({ id, hash }, opened.get(id)) }))
  await updateMany(
    tx,
    cases,
    ['input', 'metadata', 'searchText', 'sealed'],
    whole.map(({ id, key, input, metadata }) => ({
      id,
      input,
      metadata,
      searchText: caseSearchText({ key, input }),
      sealed: false,
    })),
  )
  await insertRows(tx, caseDocuments, await restoreDocuments(tx, projectId, whole, (id) => ({ caseId: id })))
}

async function putTraces(tx: Database, projectId: string, texts: readonly Opened<'trace'>[]): Promise<void> {
  const keys = new Map<string, string>()
  for (const piece of pieces(texts.map(({ id }) => id))) {
    const found = await tx.select({ id: traces.id, key: traces.key }).from(traces).where(inArray(traces.id, piece))
    for (const { id, key } of found) keys.set(id, key)
  }
  const whole = texts.map(({ id, value }) => ({ id, key: keys.get(id) ?? '', ...value }))
  for (const piece of pieces(whole)) {
    const rows = piece.map((trace) => ({ ...trace, searchText: traceSearchText(trace) }))
    await updateMany(tx, traces, ['input', 'response', 'metadata', 'signals', 'searchText'], rows)
  }
  await insertRows(tx, traceDocuments, await restoreDocuments(tx, projectId, whole, (id) => ({ traceId: id })))
}
