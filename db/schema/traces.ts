import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { index, instant, int, json, primaryKey, table, text, uniqueIndex } from '#db/dialect.ts'
import { cases, documents, type Metadata } from './cases.ts'
import { projects, users } from './people.ts'

/** `waiting`: may be drawn into the eval set; `sampled`: a case was made of it; `excluded`: left out by hand. */
export const TRACE_STATES = ['waiting', 'sampled', 'excluded'] as const
export type TraceState = (typeof TRACE_STATES)[number]

/** Who said which category or user segment a trace is of. */
export const ASSIGNED_BY = ['import', 'rule', 'hand'] as const
export type AssignedBy = (typeof ASSIGNED_BY)[number]

export type Signals = Record<string, number | boolean | string>

/** One production interaction as imported, after redaction. `key` is its name in files, unique in the project. */
export const traces = table(
  'traces',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    key: text().notNull(),
    input: text().notNull(),
    /** Empty where the product gave no answer, or none was kept. */
    response: text().notNull(),
    systemVersion: text(),
    model: text(),
    occurredAt: instant(),
    metadata: json().$type<Metadata>().notNull(),
    signals: json().$type<Signals>().notNull(),
    contentHash: text().notNull(),
    /** Null: unassigned, and so not to be sampled yet. */
    category: text(),
    userSegment: text(),
    categoryBy: text({ enum: ASSIGNED_BY }),
    userSegmentBy: text({ enum: ASSIGNED_BY }),
    /** How many passages of each kind were masked before it was stored. */
    redactions: json().$type<Record<string, number>>().notNull(),
    /** The trace it was merged into: it still counts as traffic, and is never sampled. */
    duplicateOfId: text().references((): AnySQLiteColumn => traces.id),
    /** When somebody said that it is no duplicate of those near it. */
    keptApartAt: instant(),
    state: text({ enum: TRACE_STATES }).notNull(),
    /** The case made of it. */
    caseId: text().references(() => cases.id),
    /** Lower-cased key and beginning of the input: both engines search on this one explicit column. */
    searchText: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('traces_by_key').on(t.projectId, t.key),
    // What sampling counts and draws from: those of a state that are nobody's duplicate, by segment.
    index('traces_by_segment').on(t.projectId, t.state, t.duplicateOfId, t.category, t.userSegment, t.id),
    index('traces_by_age').on(t.projectId, t.createdAt, t.id),
    index('traces_by_duplicate').on(t.duplicateOfId),
    index('traces_by_case').on(t.caseId),
  ],
)

/** The context of a trace, in the same documents that cases use. */
export const traceDocuments = table(
  'trace_documents',
  {
    traceId: text()
      .notNull()
      .references(() => traces.id),
    position: int().notNull(),
    documentId: text()
      .notNull()
      .references(() => documents.id),
  },
  (t) => [primaryKey({ columns: [t.traceId, t.position] }), index('trace_documents_by_document').on(t.documentId)],
)

export const RULE_TARGETS = ['category', 'userSegment'] as const
export type RuleTarget = (typeof RULE_TARGETS)[number]

export const RULE_TESTS = ['contains', 'equals', 'matches'] as const
export type RuleTest = (typeof RULE_TESTS)[number]

/** Assigns a category or user segment to traces: the first rule of its target that fits a trace counts. */
export const traceRules = table(
  'trace_rules',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    position: int().notNull(),
    target: text({ enum: RULE_TARGETS }).notNull(),
    value: text().notNull(),
    /** `input`, `response`, `system_version`, `model`, `key`, `metadata.NAME` or `signals.NAME`. */
    field: text().notNull(),
    test: text({ enum: RULE_TESTS }).notNull(),
    pattern: text().notNull(),
    createdBy: text().references(() => users.id),
    createdAt: instant().notNull(),
  },
  (t) => [index('trace_rules_by_position').on(t.projectId, t.position)],
)
