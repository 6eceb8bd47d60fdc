import { sql } from 'drizzle-orm'
import { check, index, instant, int, json, primaryKey, real, table, text, uniqueIndex } from '#db/dialect.ts'
import { cases, responses } from './cases.ts'
import { projects, users } from './people.ts'
import { rubricVersions } from './rubrics.ts'

/** `making`: its items are still being drawn; nobody sees it before that is done. */
export const ROUND_STATES = ['making', 'draft', 'open', 'closed'] as const
export const REFERENCES_SHOWN = ['never', 'after', 'always'] as const

/** A dated campaign of rating. */
export const rounds = table(
  'rounds',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    name: text().notNull(),
    rubricVersionId: text()
      .notNull()
      .references(() => rubricVersions.id),
    state: text({ enum: ROUND_STATES }).notNull(),
    overlap: int().notNull(),
    referencesShown: text({ enum: REFERENCES_SHOWN }).notNull(),
    instructions: text().notNull().default(''),
    secondsPerItem: int().notNull(),
    startsAt: instant(),
    endsAt: instant(),
    /** Share of its items that are anchors, mixed in blind. */
    anchorShare: real().notNull().default(0),
    /** The earlier rubric version that this round's `bridge` items link its own version to; null: it is no bridge. */
    bridgesFromId: text().references(() => rubricVersions.id),
    /** How the ratings of this round were simulated; null for a real one. Shown wherever the round is. */
    simulated: text(),
    /** Counts every event that may give a rater work again (a slot returned, items or raters added). */
    reopened: int().notNull().default(0),
    createdBy: text().references(() => users.id),
    createdAt: instant().notNull(),
  },
  (t) => [index('rounds_by_project').on(t.projectId, t.createdAt)],
)

export const roundRaters = table(
  'round_raters',
  {
    roundId: text()
      .notNull()
      .references(() => rounds.id),
    raterId: text()
      .notNull()
      .references(() => users.id),
    /** Where this rater's own shuffle starts; each claim advances `claims`. */
    seed: int().notNull(),
    claims: int().notNull().default(0),
    /** `rounds.reopened` when a search last found nothing for this rater; null: never. */
    exhaustedAt: int(),
    addedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.raterId] }), index('round_raters_by_rater').on(t.raterId)],
)

export const REASONS = [
  'holdout',
  'disagreement',
  'control',
  'training',
  'gold',
  'anchor',
  'bridge',
  'repeat',
  'adjudication',
  'audit',
  'reference',
] as const

/**
 * One response to be rated in a round by `needed` raters. `taken` counts reserved, leased and submitted assignments,
 * `done` the submitted ones; the checks make one rating too many impossible whatever the program does.
 */
export const items = table(
  'items',
  {
    id: text().primaryKey(),
    roundId: text()
      .notNull()
      .references(() => rounds.id),
    responseId: text()
      .notNull()
      .references(() => responses.id),
    caseId: text()
      .notNull()
      .references(() => cases.id),
    reason: text({ enum: REASONS }).notNull(),
    selectionProbability: real().notNull(),
    needed: int().notNull(),
    taken: int().notNull().default(0),
    done: int().notNull().default(0),
    /** 0 nothing left to give, 1 begun, 2 untouched. */
    tier: int()
      .notNull()
      .generatedAlwaysAs(sql`case when taken >= needed then 0 when taken > 0 then 1 else 2 end`, { mode: 'stored' }),
    /** A random place in the round, drawn when the item was made. */
    position: int().notNull(),
  },
  (t) => [
    index('items_by_claim').on(t.roundId, t.tier, t.position),
    uniqueIndex('items_by_response').on(t.roundId, t.responseId, t.reason),
    index('items_by_case').on(t.caseId),
    check('items_counts', sql`0 <= done and done <= taken and taken <= needed`),
  ],
)

/** `reserved`: a place kept for a rater who has not been handed the item yet; it counts as taken. */
export const ASSIGNMENT_STATES = ['leased', 'submitted', 'skipped', 'expired', 'reserved'] as const

/** An item handed to a rater: at most one for each pair, whatever happens to it later. */
export const assignments = table(
  'assignments',
  {
    id: text().primaryKey(),
    itemId: text()
      .notNull()
      .references(() => items.id),
    roundId: text()
      .notNull()
      .references(() => rounds.id),
    responseId: text()
      .notNull()
      .references(() => responses.id),
    raterId: text()
      .notNull()
      .references(() => users.id),
    state: text({ enum: ASSIGNMENT_STATES }).notNull(),
    claimedAt: instant().notNull(),
    leaseExpiresAt: instant().notNull(),
    endedAt: instant(),
    skipReason: text(),
    /** When the references of a round that shows them after scoring were shown, and the scores given before. */
    referencesSeenAt: instant(),
    scoresBeforeReferences: json().$type<Record<string, number | null>>(),
  },
  (t) => [
    uniqueIndex('assignments_once').on(t.itemId, t.raterId),
    index('assignments_by_rater').on(t.raterId, t.roundId, t.state, t.claimedAt),
    index('assignments_by_response').on(t.raterId, t.responseId),
    index('assignments_by_lease').on(t.leaseExpiresAt).where(sql`state = 'leased'`),
  ],
)

export const ANCHORS_DRAWN = ['picked', 'random', 'screened'] as const

/** A response that is rated again, blind, in round after round, to measure drift. */
export const anchors = table(
  'anchors',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    responseId: text()
      .notNull()
      .references(() => responses.id),
    drawn: text({ enum: ANCHORS_DRAWN }).notNull(),
    /** The chance with which it was drawn from its candidates; 1 where it was picked. */
    selectionProbability: real().notNull(),
    addedBy: text().references(() => users.id),
    addedAt: instant().notNull(),
    retiredAt: instant(),
  },
  (t) => [uniqueIndex('anchors_by_response').on(t.projectId, t.responseId)],
)

/** What a rater has entered and not yet submitted. It outlives the lease. */
export const drafts = table('drafts', {
  assignmentId: text()
    .primaryKey()
    .references(() => assignments.id),
  content: json().$type<unknown>().notNull(),
  savedAt: instant().notNull(),
})
