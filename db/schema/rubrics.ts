import { instant, int, json, primaryKey, real, table, text, uniqueIndex } from '#db/dialect.ts'
import { projects, users } from './people.ts'

export const rubrics = table(
  'rubrics',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    key: text().notNull(),
    name: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('rubrics_by_key').on(t.projectId, t.key)],
)

export const RUBRIC_STATES = ['draft', 'published', 'retired'] as const

/** Once published, neither a version nor its dimensions and levels change again: triggers refuse it. */
export const rubricVersions = table(
  'rubric_versions',
  {
    id: text().primaryKey(),
    rubricId: text()
      .notNull()
      .references(() => rubrics.id),
    number: int().notNull(),
    state: text({ enum: RUBRIC_STATES }).notNull(),
    /** The version this one was drafted from; null for the first. */
    basedOnId: text(),
    changeNote: text().notNull().default(''),
    contentHash: text().notNull(),
    createdBy: text().references(() => users.id),
    createdAt: instant().notNull(),
    publishedAt: instant(),
    retiredAt: instant(),
  },
  (t) => [uniqueIndex('rubric_versions_by_number').on(t.rubricId, t.number)],
)

export const dimensions = table(
  'dimensions',
  {
    id: text().primaryKey(),
    rubricVersionId: text()
      .notNull()
      .references(() => rubricVersions.id),
    key: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(''),
    position: int().notNull(),
    weight: real().notNull().default(1),
    /** A note is required for a score at or below this level; null: never required. */
    rationaleAtOrBelow: int(),
  },
  (t) => [uniqueIndex('dimensions_by_key').on(t.rubricVersionId, t.key)],
)

export const levels = table(
  'levels',
  {
    dimensionId: text()
      .notNull()
      .references(() => dimensions.id),
    value: int().notNull(),
    label: text().notNull().default(''),
    anchor: text().notNull(),
    examples: json().$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.dimensionId, t.value] })],
)
