import { and, eq, inArray, sql } from 'drizzle-orm'
import { type SealedKind, sealedTexts, seals } from '#db/schema/seal.ts'
import { statementPerCount } from '#db/statement.server.ts'
import type { Database } from '#db/store.server.ts'
import type { Content } from '../ratings/content.ts'
import { checkedCase } from './checked.ts'
import { decrypt } from './cipher.server.ts'
import type { Openings } from './open.ts'
import type { CaseText, ReferenceText, ResponseText, SealedText } from './texts.ts'

/** A sealed case whose opening is on record. `hash` stands for all of its content. */
export type OpenedCase = {
  hash: string
  content: CaseText
  /** Of the responses asked for, by id. */
  responses: Map<string, ResponseText>
  /** By id; empty where they were not asked for. */
  references: Map<string, ReferenceText>
  /** Of the assignments asked for, by assignment. */
  drafts: Map<string, Content>
  /** Of the reference tasks asked for, by task: what was typed in them. */
  tasks: Map<string, string>
}

const places = (count: number) => Array.from({ length: count }, (_, i) => sql.placeholder(`p${i}`))
const filled = (values: readonly string[]) => Object.fromEntries(values.map((id, i) => [`p${i}`, id]))

const theCases = statementPerCount((db, count) =>
  db
    .select({ id: sealedTexts.id, keyId: sealedTexts.keyId, sealed: sealedTexts.sealed, hash: seals.contentHash })
    .from(sealedTexts)
    .innerJoin(seals, eq(seals.caseId, sealedTexts.id))
    .where(and(eq(sealedTexts.kind, 'case'), inArray(sealedTexts.id, places(count)))),
)

const byIds = statementPerCount((db, count) =>
  db
    .select()
    .from(sealedTexts)
    .where(and(eq(sealedTexts.kind, sql.placeholder('kind')), inArray(sealedTexts.id, places(count)))),
)

const byCases = statementPerCount((db, count) =>
  db
    .select()
    .from(sealedTexts)
    .where(and(eq(sealedTexts.kind, sql.placeholder('kind')), inArray(sealedTexts.caseId, places(count)))),
)

type Asked = {
  caseIds: readonly string[]
  responseIds?: readonly string[]
  draftsOf?: readonly string[]
  taskIds?: readonly string[]
  withReferences?: boolean
}

/**
 * What is in sealed cases, by case; each is checked to be what was sealed. Ask for a few dozen at a time.
 *
 * @throws SealError where a text cannot be opened or is another; Error where an opening is not on record
 */
export async function readOpened(
  db: Database,
  openings: Openings,
  { caseIds, responseIds = [], draftsOf = [], taskIds = [], withReferences = false }: Asked,
): Promise<Map<string, OpenedCase>> {
  const found = new Map<string, OpenedCase>()
  const ids = [...new Set(caseIds)]
  if (ids.length === 0) return found
  for (const id of ids) {
    if (!openings.has(id)) throw new Error(`The opening of the sealed case ${id} is not on record.`)
  }
  const rows = new Map((await theCases(db, ids.length).execute(filled(ids))).map((row) => [row.id, row]))
  for (const id of ids) {
    const row = rows.get(id)
    const text = row && (decrypt({ ...row, kind: 'case', caseId: id }) as CaseText)
    const content = checkedCase({ id, hash: row?.hash ?? '' }, text)
    found.set(id, {
      hash: row?.hash ?? '',
      content,
      responses: new Map(),
      references: new Map(),
      drafts: new Map(),
      tasks: new Map(),
    })
  }
  for (const [caseId, id, text] of await textsBy(db, byIds, 'response', responseIds)) {
    found.get(caseId)?.responses.set(id, text)
  }
  const given = [...found.values()].reduce((sum, { responses }) => sum + responses.size, 0)
  if (given < new Set(responseIds).size) throw new Error('The sealed text of a response is missing.')
  for (const [caseId, id, text] of await textsBy(db, byIds, 'draft', draftsOf)) found.get(caseId)?.drafts.set(id, text)
  for (const [caseId, id, { draft }] of await textsBy(db, byIds, 'task', taskIds))
    found.get(caseId)?.tasks.set(id, draft)
  for (const [caseId, id, text] of await textsBy(db, byCases, 'reference', withReferences ? ids : [])) {
    found.get(caseId)?.references.set(id, text)
  }
  return found
}

/** Case, id and text of what was sealed of a kind. */
async function textsBy<K extends SealedKind>(
  db: Database,
  rows: typeof byIds,
  kind: K,
  ids: readonly string[],
): Promise<[caseId: string, id: string, text: SealedText[K]][]> {
  if (ids.length === 0) return []
  const found = await rows(db, ids.length).execute({ kind, ...filled(ids) })
  return found.map((row) => [row.caseId, row.id, decrypt(row) as SealedText[K]])
}

/** How many context documents a sealed case has: a number that nobody is shown. */
export async function sealedDocumentCount(db: Database, caseId: string): Promise<number> {
  const [row] = await theCases(db, 1).execute({ p0: caseId })
  if (!row) return 0
  return (decrypt({ ...row, kind: 'case', caseId }) as CaseText).documents.length
}
