import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { caseDocuments, cases, documents, references, responses } from '#db/schema/cases.ts'
import { assignments, drafts } from '#db/schema/rounds.ts'
import { statementPerCount } from '#db/statement.server.ts'
import type { Database } from '#db/store.server.ts'
import type { Content } from '../ratings/content.ts'
import { inUse } from '../references/in-use.ts'
import type { Openings } from '../seal/open.ts'
import type { OpenedCase } from '../seal/opened.ts'
import { rendered, renderedBefore } from './rendered.ts'
import { openSealed, sealedItem, sealedReference } from './show-sealed.ts'
import type { ShownDocument, ShownItem, ShownReference } from './shown.ts'

/** As many placeholders as values: `p0`, `p1`, ... */
const places = (count: number) => Array.from({ length: count }, (_, i) => sql.placeholder(`p${i}`))
const filled = (values: readonly string[]) => Object.fromEntries(values.map((value, i) => [`p${i}`, value]))

const texts = statementPerCount((db, count) =>
  db
    .select({
      id: assignments.id,
      leaseExpiresAt: assignments.leaseExpiresAt,
      referencesSeenAt: assignments.referencesSeenAt,
      caseId: responses.caseId,
      input: cases.input,
      inputHash: cases.contentHash,
      sealed: cases.sealed,
      responseId: responses.id,
      response: responses.text,
      responseHash: responses.contentHash,
      referenceId: responses.referenceId,
      draft: drafts.content,
      savedAt: drafts.savedAt,
    })
    .from(assignments)
    .innerJoin(responses, eq(responses.id, assignments.responseId))
    .innerJoin(cases, eq(cases.id, responses.caseId))
    .leftJoin(drafts, eq(drafts.assignmentId, assignments.id))
    .where(inArray(assignments.id, places(count))),
)

const contexts = statementPerCount((db, count) =>
  db
    .select({ caseId: caseDocuments.caseId, id: documents.id, title: documents.title })
    .from(caseDocuments)
    .innerJoin(documents, eq(documents.id, caseDocuments.documentId))
    .where(inArray(caseDocuments.caseId, places(count)))
    .orderBy(asc(caseDocuments.caseId), asc(caseDocuments.position)),
)

const compared = statementPerCount((db, count) =>
  db
    .select({
      id: references.id,
      caseId: references.caseId,
      quality: references.quality,
      text: references.text,
      contentHash: references.contentHash,
    })
    .from(references)
    .where(and(inArray(references.caseId, places(count)), inUse))
    .orderBy(asc(references.createdAt), asc(references.id)),
)

/** The context documents of cases, by case, in their order. Texts that are rendered already are not read again. */
export async function documentsOf(db: Database, caseIds: readonly string[]): Promise<Map<string, ShownDocument[]>> {
  const rows = await contexts(db, caseIds.length).execute(filled(caseIds))
  const shown = new Map(rows.map(({ id }) => [id, renderedBefore(`d${id}`)]))
  const unread = [...shown].filter(([, text]) => !text).map(([id]) => id)
  if (unread.length > 0) {
    const found = await db
      .select({ id: documents.id, text: documents.text })
      .from(documents)
      .where(inArray(documents.id, unread))
    for (const { id, text } of found) shown.set(id, rendered(`d${id}`, text))
  }
  const byCase = new Map<string, ShownDocument[]>()
  for (const { caseId, id, title } of rows) {
    const text = shown.get(id)
    if (text) byCase.set(caseId, [...(byCase.get(caseId) ?? []), { title, ...text }])
  }
  return byCase
}

/** The references of cases, by case: the high ones first. `opened`: those of the cases that are sealed. */
export async function referencesOf(
  db: Database,
  caseIds: readonly string[],
  opened: ReadonlyMap<string, OpenedCase>,
): Promise<Map<string, ShownReference[]>> {
  const byCase = new Map<string, ShownReference[]>()
  const rows = await compared(db, caseIds.length).execute(filled(caseIds))
  for (const quality of ['high', 'borderline'] as const) {
    for (const row of rows) {
      if (row.quality !== quality) continue
      const sealed = opened.get(row.caseId)
      const html = sealed ? sealedReference(sealed, row.id) : rendered(`f${row.contentHash}`, row.text).html
      const shown = { quality, html }
      byCase.set(row.caseId, [...(byCase.get(row.caseId) ?? []), shown])
    }
  }
  return byCase
}

/** The question of a case and a response to it, rendered. */
export const questionAndResponse = (row: {
  input: string
  inputHash: string
  response: string
  responseHash: string
}) => ({
  question: rendered(`q${row.inputHash}`, row.input, { breaks: true }).html,
  response: rendered(`r${row.responseHash}`, row.response).html,
})

/**
 * The contents of assignments as their rater sees them, in the order given: a few queries, however many they are.
 * Nothing in them tells the case, the system version, the reason or whether they are sealed. `openings`: of those that are.
 */
export async function showItems(
  db: Database,
  assignmentIds: readonly string[],
  referencesShown: 'never' | 'after' | 'always',
  openings: Openings,
): Promise<ShownItem[]> {
  if (assignmentIds.length === 0) return []
  const rows = await texts(db, assignmentIds.length).execute(filled(assignmentIds))
  const caseIds = [...new Set(rows.map((row) => row.caseId))]
  if (caseIds.length === 0) return []
  const withReferences = referencesShown !== 'never'
  const opened = await openSealed(db, openings, rows, withReferences)
  const context = await documentsOf(db, caseIds)
  const answers = withReferences ? await referencesOf(db, caseIds, opened) : new Map<string, ShownReference[]>()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return assignmentIds.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    // A reference that is rated itself is compared with none: it would be beside itself.
    const known = row.referenceId === null ? (answers.get(row.caseId) ?? []) : []
    const sealed = opened.get(row.caseId)
    const draft = sealed ? sealed.drafts.get(id) : row.draft
    const seen = referencesShown === 'always' || (referencesShown === 'after' && row.referencesSeenAt !== null)
    return {
      assignment: id,
      ...(sealed ? sealedItem(sealed, row) : { ...questionAndResponse(row), documents: context.get(row.caseId) ?? [] }),
      references: seen && row.referenceId === null ? known : null,
      referencesFollow: referencesShown === 'after' && known.length > 0,
      // The draft was parsed when it was stored.
      draft: row.savedAt === null ? null : { content: draft as Content, savedAt: row.savedAt },
      leaseExpiresAt: row.leaseExpiresAt,
    }
  })
}
