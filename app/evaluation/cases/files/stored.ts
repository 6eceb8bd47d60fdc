import { aliasedTable, and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { pieces } from '#app/evaluation/imports/rows.ts'
import { inUse } from '#app/evaluation/references/in-use.ts'
import type { CaseFile, FiledReference, SealedCaseFile } from '#app/formats/case-file.ts'
import { caseDocuments, cases, documents, references } from '#db/schema/cases.ts'
import { raterKeys, users } from '#db/schema/people.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import { seals } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import { pulledHash } from './content.ts'

export type StoredCase = { id: string; archived: boolean; file: CaseFile | SealedCaseFile }

export type StoredCases = {
  /** By key. */
  cases: Map<string, StoredCase>
  /** The documents that open ones of them use, by hash. */
  documents: Map<string, { title: string; text: string }>
}

const DAY = 10

/** The project's cases as their files say them: all that are not archived, or those of the given keys, archived ones too. */
export async function storedCases(db: Database, scope: Scope, keys?: readonly string[]): Promise<StoredCases> {
  demand(scope, 'cases.read')
  const found: StoredCases = { cases: new Map(), documents: new Map() }
  const mine = eq(cases.projectId, scope.project.id)
  const ids =
    keys === undefined
      ? await db
          .select({ id: cases.id })
          .from(cases)
          .where(and(mine, isNull(cases.archivedAt)))
          .orderBy(asc(cases.key))
      : []
  if (keys !== undefined) {
    for (const piece of pieces([...new Set(keys)])) {
      ids.push(
        ...(await db
          .select({ id: cases.id })
          .from(cases)
          .where(and(mine, inArray(cases.key, piece)))),
      )
    }
  }
  for (const piece of pieces(ids.map(({ id }) => id))) await readPiece(db, piece, found)
  return found
}

async function readPiece(db: Database, ids: string[], found: StoredCases): Promise<void> {
  const rows = await db
    .select({ row: cases, seal: seals })
    .from(cases)
    .leftJoin(seals, eq(seals.caseId, cases.id))
    .where(inArray(cases.id, ids))
    .orderBy(asc(cases.key))
  const context = await documentsOf(db, ids, found)
  const compared = await referencesOf(db, ids)
  for (const { row, seal } of rows) {
    const segment = { category: row.category, user_segment: row.userSegment }
    // What is in the holdout is sealed; what graduated is sealed for a day more.
    if (row.sealed || row.pool === 'holdout') {
      const sealed_until = new Date(seal?.sealedUntil ?? 0).toISOString().slice(0, DAY)
      const file = { key: row.key, hash: seal?.contentHash ?? row.contentHash, ...segment, sealed_until }
      found.cases.set(row.key, { id: row.id, archived: row.archivedAt !== null, file })
      continue
    }
    const plain: CaseFile = {
      key: row.key,
      pool: row.pool,
      ...segment,
      input: row.input,
      documents: context.get(row.id) ?? [],
      metadata: row.metadata,
      references: compared.get(row.id) ?? [],
    }
    const { input, documents: used, metadata, references: own, ...first } = plain
    const file = { ...first, pulled: pulledHash(plain), input, documents: used, metadata, references: own }
    found.cases.set(row.key, { id: row.id, archived: row.archivedAt !== null, file })
  }
}

async function documentsOf(db: Database, ids: string[], found: StoredCases): Promise<Map<string, string[]>> {
  const rows = await db
    .select({
      caseId: caseDocuments.caseId,
      hash: documents.contentHash,
      title: documents.title,
      text: documents.text,
    })
    .from(caseDocuments)
    .innerJoin(documents, eq(documents.id, caseDocuments.documentId))
    .where(inArray(caseDocuments.caseId, ids))
    .orderBy(asc(caseDocuments.caseId), asc(caseDocuments.position))
  const byCase = new Map<string, string[]>()
  for (const { caseId, hash, title, text } of rows) {
    byCase.set(caseId, [...(byCase.get(caseId) ?? []), hash])
    found.documents.set(hash, { title, text })
  }
  return byCase
}

const checkers = aliasedTable(users, 'checkers')

async function referencesOf(db: Database, ids: string[]): Promise<Map<string, FiledReference[]>> {
  const named = (table: typeof users | typeof checkers) =>
    sql<string | null>`coalesce(${table.email},
      (select min(${raterKeys.key}) from ${raterKeys} where ${raterKeys.userId} = ${table.id}
        and ${raterKeys.projectId} = ${references.projectId}), ${table.name})`
  const rows = await db
    .select({
      row: references,
      author: named(users),
      checker: named(checkers),
      rubric: rubrics.key,
      version: rubricVersions.number,
    })
    .from(references)
    .leftJoin(users, eq(users.id, references.authorId))
    .leftJoin(checkers, eq(checkers.id, references.checkedBy))
    .leftJoin(rubricVersions, eq(rubricVersions.id, references.rubricVersionId))
    .leftJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(and(inArray(references.caseId, ids), inUse))
    .orderBy(desc(references.quality), asc(references.createdAt), asc(references.id))
  const byCase = new Map<string, FiledReference[]>()
  for (const { row, author, checker, rubric, version } of rows) {
    const reference: FiledReference = {
      quality: row.quality,
      state: row.state === 'validated' ? 'validated' : 'written',
      ...(author === null ? {} : { author }),
      ...(checker === null ? {} : { validated_by: checker }),
      ...(rubric === null || version === null ? {} : { rubric: `${rubric}/${version}` }),
      text: row.text,
    }
    byCase.set(row.caseId, [...(byCase.get(row.caseId) ?? []), reference])
  }
  return byCase
}
