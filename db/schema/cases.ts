import { index, instant, int, json, primaryKey, table, text, uniqueIndex } from '#db/dialect.ts'
import { projects, users } from './people.ts'

export type Metadata = Record<string, unknown>

/** A context document, stored once however many cases are answered from it. */
export const documents = table(
  'documents',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    title: text().notNull(),
    text: text().notNull(),
    contentHash: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('documents_by_content').on(t.projectId, t.contentHash)],
)

/** An eval case. `key` is its name in files, unique in the project. */
export const cases = table(
  'cases',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    key: text().notNull(),
    input: text().notNull(),
    category: text().notNull(),
    userSegment: text().notNull(),
    metadata: json().$type<Metadata>().notNull(),
    contentHash: text().notNull(),
    /** Lower-cased key and input: both engines search on this one explicit column. */
    searchText: text().notNull(),
    createdAt: instant().notNull(),
    archivedAt: instant(),
  },
  (t) => [
    uniqueIndex('cases_by_key').on(t.projectId, t.key),
    index('cases_by_segment').on(t.projectId, t.category, t.userSegment),
    index('cases_by_age').on(t.projectId, t.createdAt, t.id),
  ],
)

export const caseDocuments = table(
  'case_documents',
  {
    caseId: text()
      .notNull()
      .references(() => cases.id),
    position: int().notNull(),
    documentId: text()
      .notNull()
      .references(() => documents.id),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.position] }), index('case_documents_by_document').on(t.documentId)],
)

/** A named configuration of the product under test. */
export const systemVersions = table(
  'system_versions',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    name: text().notNull(),
    notes: text().notNull().default(''),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('system_versions_by_name').on(t.projectId, t.name)],
)

/** What one system version answered to one case. */
export const responses = table(
  'responses',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    caseId: text()
      .notNull()
      .references(() => cases.id),
    systemVersionId: text()
      .notNull()
      .references(() => systemVersions.id),
    text: text().notNull(),
    metadata: json().$type<Metadata>().notNull(),
    contentHash: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('responses_by_case').on(t.caseId, t.systemVersionId),
    index('responses_by_system').on(t.systemVersionId, t.caseId),
  ],
)

export const QUALITIES = ['high', 'borderline'] as const
export type Quality = (typeof QUALITIES)[number]

/** An answer a case is compared with. Never edited: a new one supersedes it. `references` is a reserved word in SQL. */
export const references = table(
  'reference_answers',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    caseId: text()
      .notNull()
      .references(() => cases.id),
    quality: text({ enum: QUALITIES }).notNull(),
    text: text().notNull(),
    contentHash: text().notNull(),
    authorId: text().references(() => users.id),
    createdAt: instant().notNull(),
    supersededAt: instant(),
  },
  (t) => [
    index('references_by_case').on(t.caseId, t.quality),
    uniqueIndex('references_by_content').on(t.caseId, t.quality, t.contentHash),
    index('references_by_author').on(t.authorId, t.caseId),
  ],
)
