import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { bool, index, instant, int, json, primaryKey, real, table, text, uniqueIndex } from '#db/dialect.ts'
import { projects, users } from './people.ts'
import { rubricVersions } from './rubrics.ts'

export type Metadata = Record<string, unknown>

/** `holdout`: sealed, its text readable through an assignment alone; `retired`: kept to be looked at, not run any more. */
export const POOLS = ['active', 'holdout', 'retired'] as const
export type Pool = (typeof POOLS)[number]

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

/**
 * An eval case. `key` is its name in files, unique in the project. Of a sealed case `input`, `metadata` and `searchText`
 * hold nothing: they are in `sealed_texts`, and so are its responses, references, ratings' texts and the trace it was made of.
 */
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
    pool: text({ enum: POOLS }).notNull().default('active'),
    /** Its text is in `sealed_texts`. So is all of the holdout, and what a rotation let out less than a day ago. */
    sealed: bool().notNull().default(false),
    /** When it came into the pool it is in; null: when it was made. */
    enteredPoolAt: instant(),
    /** How many interactions of the traffic it stands for; null where it was not sampled. */
    samplingWeight: real(),
    /** When its seal was broken by two people: it retires with the next rotation. */
    burntAt: instant(),
    createdAt: instant().notNull(),
    archivedAt: instant(),
  },
  (t) => [
    uniqueIndex('cases_by_key').on(t.projectId, t.key),
    index('cases_by_segment').on(t.projectId, t.category, t.userSegment),
    index('cases_by_pool').on(t.projectId, t.pool, t.category, t.userSegment, t.id),
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

/** What one system version answered to one case; or a reference of it, laid before raters as if it were one. */
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
    /** Null where it is a reference. */
    systemVersionId: text().references(() => systemVersions.id),
    /** The reference that it repeats, to be rated itself; null for what a system version answered. */
    referenceId: text().references((): AnySQLiteColumn => references.id),
    text: text().notNull(),
    metadata: json().$type<Metadata>().notNull(),
    contentHash: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('responses_by_case').on(t.caseId, t.systemVersionId),
    uniqueIndex('responses_by_reference').on(t.referenceId),
    index('responses_by_system').on(t.systemVersionId, t.caseId),
  ],
)

export const QUALITIES = ['high', 'borderline'] as const
export type Quality = (typeof QUALITIES)[number]

/** `candidate`: a better answer of a rater, offered and not taken up; `refused`: a second person, or an owner, said no. */
export const REFERENCE_STATES = ['candidate', 'written', 'validated', 'refused'] as const
export type ReferenceState = (typeof REFERENCE_STATES)[number]

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
    /** The rubric version it was written against; null: none was known. */
    rubricVersionId: text().references(() => rubricVersions.id),
    state: text({ enum: REFERENCE_STATES }).notNull().default('written'),
    /** Who said yes or no, when, and why. Never its author. */
    checkedBy: text().references(() => users.id),
    checkedAt: instant(),
    checkNote: text().notNull().default(''),
    /** The rating whose better answer it is. No foreign key: ratings know references, not the other way round. */
    fromRatingId: text(),
    supersedesId: text().references((): AnySQLiteColumn => references.id),
    createdAt: instant().notNull(),
    supersededAt: instant(),
  },
  (t) => [
    index('references_by_case').on(t.caseId, t.quality),
    uniqueIndex('references_by_content').on(t.caseId, t.quality, t.contentHash),
    index('references_by_author').on(t.authorId, t.caseId),
  ],
)
