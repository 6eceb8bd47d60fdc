import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import { caseDocuments, cases, documents, references, responses } from '#db/schema/cases.ts'
import { flags } from '#db/schema/ratings.ts'
import { referenceTasks } from '#db/schema/references.ts'
import { assignments, drafts, items } from '#db/schema/rounds.ts'
import { traceDocuments, traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'
import type { Content } from '../ratings/content.ts'
import type { SealedDocument } from './texts.ts'
import type { ToSeal } from './write.ts'

/** Everything written of some cases (a few hundred) that is to be sealed. */
export async function gatherTexts(tx: Database, caseIds: readonly string[]): Promise<ToSeal[]> {
  const ids = [...caseIds]
  const rows = await tx.select().from(cases).where(inArray(cases.id, ids))
  const contexts = await documentsOfCases(tx, ids)
  const texts = rows.map(({ id, input, category, userSegment, metadata }): ToSeal => {
    const value = { input, category, userSegment, metadata, documents: contexts.get(id) ?? [] }
    return { kind: 'case', id, caseId: id, value }
  })
  return [...texts, ...(await answers(tx, ids)), ...(await work(tx, ids)), ...(await traffic(tx, ids))]
}

const grouped = (rows: readonly (SealedDocument & { of: string })[]): Map<string, SealedDocument[]> => {
  const found = new Map<string, SealedDocument[]>()
  for (const { of, ...document } of rows) {
    const list = found.get(of)
    if (list) list.push(document)
    else found.set(of, [document])
  }
  return found
}

const linked = { title: documents.title, text: documents.text }

const documentsOfCases = async (tx: Database, ids: string[]) =>
  grouped(
    await tx
      .select({ of: caseDocuments.caseId, ...linked })
      .from(caseDocuments)
      .innerJoin(documents, eq(documents.id, caseDocuments.documentId))
      .where(inArray(caseDocuments.caseId, ids))
      .orderBy(asc(caseDocuments.caseId), asc(caseDocuments.position)),
  )

async function answers(tx: Database, ids: string[]): Promise<ToSeal[]> {
  const given = await tx.select().from(responses).where(inArray(responses.caseId, ids))
  const compared = await tx.select().from(references).where(inArray(references.caseId, ids))
  return [
    ...given.map(
      ({ id, caseId, text, metadata }): ToSeal => ({ kind: 'response', id, caseId, value: { text, metadata } }),
    ),
    ...compared.map(
      ({ id, caseId, text, checkNote }): ToSeal => ({
        kind: 'reference',
        id,
        caseId,
        value: { text, note: checkNote },
      }),
    ),
  ]
}

/** What raters and writers have begun: drafts of ratings and references, notes on flags, why items were skipped. */
async function work(tx: Database, ids: string[]): Promise<ToSeal[]> {
  const begun = await tx
    .select({ id: drafts.assignmentId, caseId: items.caseId, content: drafts.content })
    .from(drafts)
    .innerJoin(assignments, eq(assignments.id, drafts.assignmentId))
    .innerJoin(items, eq(items.id, assignments.itemId))
    .where(inArray(items.caseId, ids))
  const tasks = await tx.select().from(referenceTasks).where(inArray(referenceTasks.caseId, ids))
  const raised = await tx
    .select({ id: flags.id, caseId: items.caseId, note: flags.note })
    .from(flags)
    .innerJoin(items, eq(items.id, flags.itemId))
    .where(inArray(items.caseId, ids))
  const skipped = await tx
    .select({ id: assignments.id, caseId: items.caseId, reason: assignments.skipReason })
    .from(assignments)
    .innerJoin(items, eq(items.id, assignments.itemId))
    .where(and(inArray(items.caseId, ids), isNotNull(assignments.skipReason)))
  return [
    // A draft was parsed when it was stored.
    ...begun.map(({ id, caseId, content }): ToSeal => ({ kind: 'draft', id, caseId, value: content as Content })),
    ...tasks.map(({ id, caseId, draft }): ToSeal => ({ kind: 'task', id, caseId, value: { draft } })),
    ...skipped.map(({ id, caseId, reason }): ToSeal => ({ kind: 'skip', id, caseId, value: { reason: reason ?? '' } })),
    ...raised.map(({ id, caseId, note }): ToSeal => ({ kind: 'flag', id, caseId, value: { note } })),
  ]
}

/** The traces that cases were made of, and what was merged into those. */
export async function tracesOf(
  tx: Database,
  ids: readonly string[],
): Promise<(typeof traces.$inferSelect & { ofCase: string })[]> {
  const sampled = await tx
    .select()
    .from(traces)
    .where(inArray(traces.caseId, [...ids]))
  const caseOf = new Map(sampled.map(({ id, caseId }) => [id, caseId ?? '']))
  if (caseOf.size === 0) return []
  const repeats = await tx
    .select()
    .from(traces)
    .where(inArray(traces.duplicateOfId, [...caseOf.keys()]))
  return [
    ...sampled.map((trace) => ({ ...trace, ofCase: trace.caseId ?? '' })),
    ...repeats.map((trace) => ({ ...trace, ofCase: caseOf.get(trace.duplicateOfId ?? '') ?? '' })),
  ]
}

async function traffic(tx: Database, ids: string[]): Promise<ToSeal[]> {
  return traceTexts(tx, await tracesOf(tx, ids))
}

/** The texts of traces that stand for a sealed case. */
export async function traceTexts(
  tx: Database,
  found: readonly (typeof traces.$inferSelect & { ofCase: string })[],
): Promise<ToSeal[]> {
  if (found.length === 0) return []
  const contexts = grouped(
    await tx
      .select({ of: traceDocuments.traceId, ...linked })
      .from(traceDocuments)
      .innerJoin(documents, eq(documents.id, traceDocuments.documentId))
      .where(
        inArray(
          traceDocuments.traceId,
          found.map(({ id }) => id),
        ),
      )
      .orderBy(asc(traceDocuments.traceId), asc(traceDocuments.position)),
  )
  return found.map(({ id, ofCase, input, response, metadata, signals }): ToSeal => {
    const value = { input, response, metadata, signals, documents: contexts.get(id) ?? [] }
    return { kind: 'trace', id, caseId: ofCase, value }
  })
}
