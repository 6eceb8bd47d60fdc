/** A case with everything that can be written of one, and its way into the holdout. */
import { eq } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { caseHash, documentHash, responseHash } from '#app/evaluation/cases/hash.ts'
import { caseSearchText } from '#app/evaluation/cases/search-text.ts'
import { sealCases } from '#app/evaluation/seal/seal-cases.ts'
import { traceSearchText } from '#app/evaluation/traces/search-text.ts'
import { caseDocuments, cases, documents, responses } from '#db/schema/cases.ts'
import { traceDocuments } from '#db/schema/traces.ts'
import { addReference, type Project } from '#db/seed/rows.ts'
import type { Database } from '#db/store.server.ts'
import { addTrace } from './traces.ts'

export type WholeText = {
  key: string
  input: string
  metadata: Record<string, unknown>
  documents: { title: string; text: string }[]
  response: string
  references: { high: string; borderline: string }
  trace: { input: string; response: string }
}

/** Texts of a case, each of which holds the mark. */
export const textsWith = (mark: string, key = `case-${newId().slice(-8)}`): WholeText => ({
  key,
  input: `Question with ${mark}?`,
  metadata: { source: `metadata ${mark}` },
  documents: [{ title: `Title ${mark}`, text: `Context with ${mark}.` }],
  response: `Answer with ${mark}.`,
  references: { high: `The best answer, ${mark}.`, borderline: `A passable answer, ${mark}.` },
  trace: { input: `Question with ${mark}?`, response: `Answer with ${mark}.` },
})

export type WholeCase = { caseId: string; responseId: string; traceIds: string[]; key: string }

async function addDocument(
  tx: Database,
  project: Pick<Project, 'id'>,
  { title, text }: { title: string; text: string },
) {
  const contentHash = documentHash(title, text)
  const [known] = await tx.select().from(documents).where(eq(documents.contentHash, contentHash))
  if (known) return known
  const row = { id: newId(), projectId: project.id, title, text, contentHash, createdAt: now() }
  await tx.insert(documents).values(row)
  return row
}

/** An open case with context, a response, both references, the trace it was made of and a duplicate of that. */
export async function addWholeCase(
  tx: Database,
  project: Pick<Project, 'id'>,
  systemVersionId: string,
  { key, input, metadata, documents: context, response, references, trace }: WholeText,
): Promise<WholeCase> {
  const [caseId, responseId] = [newId(), newId()]
  const segment = { category: 'factual lookup', userSegment: 'novice' }
  const documentHashes = context.map(({ title, text }) => documentHash(title, text))
  await tx.insert(cases).values({
    id: caseId,
    projectId: project.id,
    key,
    input,
    ...segment,
    metadata,
    contentHash: caseHash({ input, ...segment, metadata, documentHashes }),
    searchText: caseSearchText({ key, input }),
    createdAt: now(),
  })
  await tx.insert(responses).values({
    id: responseId,
    projectId: project.id,
    caseId,
    systemVersionId,
    text: response,
    metadata,
    contentHash: responseHash(response, metadata),
    createdAt: now(),
  })
  for (const quality of ['high', 'borderline'] as const) {
    await addReference(tx, project, caseId, { quality, text: references[quality] })
  }
  const sampled = await addTrace(tx, project, {
    ...trace,
    key: `trace of ${key}`,
    metadata,
    signals: { said: 'thanks' },
    state: 'sampled',
    caseId,
    searchText: traceSearchText({ key: `trace of ${key}`, input: trace.input }),
  })
  const repeated = await addTrace(tx, project, { ...trace, key: `trace of ${key} again`, duplicateOfId: sampled.id })
  for (const [position, one] of context.entries()) {
    const { id: documentId } = await addDocument(tx, project, one)
    await tx.insert(caseDocuments).values({ caseId, position, documentId })
    await tx.insert(traceDocuments).values({ traceId: sampled.id, position, documentId })
  }
  return { caseId, responseId, traceIds: [sampled.id, repeated.id], key }
}

export const YEAR_MS = 365 * 86_400_000

/** Moves cases to the holdout and seals them for a year. */
export async function sealAway(tx: Database, project: Pick<Project, 'id'>, caseIds: readonly string[]) {
  for (const id of caseIds)
    await tx.update(cases).set({ pool: 'holdout', enteredPoolAt: now() }).where(eq(cases.id, id))
  return sealCases(tx, project.id, caseIds, { until: now() + YEAR_MS })
}
