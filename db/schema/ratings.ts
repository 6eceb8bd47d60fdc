import { bool, index, instant, int, json, primaryKey, table, text, uniqueIndex } from '#db/dialect.ts'
import { users } from './people.ts'
import { assignments, items, rounds } from './rounds.ts'
import { dimensions, rubricVersions } from './rubrics.ts'

export const CLOSEST = ['high', 'between', 'borderline', 'below'] as const
export const RATING_SOURCES = ['app', 'import', 'simulated'] as const
export const SUPERSEDED_BECAUSE = ['correction', 'undo'] as const

/** A passage a rater attached to a dimension. `source`: response, or the number of a context document. */
export type Evidence = { dimension: string; source: 'response' | number; start: number; end: number; quote: string }

/** Append-only: triggers refuse every change but marking a rating as superseded. */
export const ratings = table(
  'ratings',
  {
    id: text().primaryKey(),
    itemId: text()
      .notNull()
      .references(() => items.id),
    roundId: text()
      .notNull()
      .references(() => rounds.id),
    raterId: text()
      .notNull()
      .references(() => users.id),
    assignmentId: text().references(() => assignments.id),
    rubricVersionId: text()
      .notNull()
      .references(() => rubricVersions.id),
    /** Made by the browser, once a submit: sending it twice stores it once. */
    submissionId: text().notNull().unique(),
    revision: int().notNull(),
    source: text({ enum: RATING_SOURCES }).notNull(),
    closestReference: text({ enum: CLOSEST }),
    betterAnswer: text().notNull().default(''),
    evidence: json().$type<Evidence[]>().notNull(),
    activeMs: int(),
    referencesSeen: bool().notNull().default(false),
    changedAfterReferences: bool().notNull().default(false),
    submittedAt: instant().notNull(),
    supersededAt: instant(),
    supersededBecause: text({ enum: SUPERSEDED_BECAUSE }),
  },
  (t) => [
    uniqueIndex('ratings_by_revision').on(t.itemId, t.raterId, t.revision),
    index('ratings_by_round').on(t.roundId, t.supersededAt, t.id),
    index('ratings_by_rater').on(t.raterId, t.submittedAt),
    index('ratings_by_rubric').on(t.rubricVersionId, t.submittedAt),
  ],
)

/** One level for one dimension; a null level is "cannot judge", with why. */
export const scores = table(
  'scores',
  {
    ratingId: text()
      .notNull()
      .references(() => ratings.id),
    dimensionId: text()
      .notNull()
      .references(() => dimensions.id),
    level: int(),
    cannotJudge: text(),
    note: text().notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.ratingId, t.dimensionId] })],
)

export const FLAG_KINDS = ['broken case', 'personal data', 'unsafe content', 'other'] as const

export const flags = table(
  'flags',
  {
    id: text().primaryKey(),
    itemId: text()
      .notNull()
      .references(() => items.id),
    raterId: text()
      .notNull()
      .references(() => users.id),
    kind: text({ enum: FLAG_KINDS }).notNull(),
    note: text().notNull().default(''),
    createdAt: instant().notNull(),
    resolvedAt: instant(),
    resolvedBy: text().references(() => users.id),
  },
  (t) => [index('flags_by_item').on(t.itemId)],
)
