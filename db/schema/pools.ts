import { index, instant, int, json, primaryKey, real, table, text } from '#db/dialect.ts'
import { cases, POOLS } from './cases.ts'
import { projects, users } from './people.ts'

/** How a project fills and turns its pools; a project without a row goes by the defaults. */
export const poolSettings = table('pool_settings', {
  projectId: text()
    .primaryKey()
    .references(() => projects.id),
  /** The least share of a sampling that every category gets. */
  floorShare: real().notNull(),
  /** The share of each segment that is sealed. */
  holdoutShare: real().notNull(),
  rotationDays: int().notNull(),
  /** The share of the holdout that graduates at a rotation. */
  graduatingShare: real().notNull(),
  /** How long a case stays active before it retires, in rotations. */
  activeRotations: int().notNull(),
  /** SHA-256 of the secret in the address of the calendar feed; null: there is no feed. */
  calendarTokenHash: text(),
  updatedAt: instant().notNull(),
})

/** A drawing of traces into the eval set, as it was planned and done. */
export const samplings = table(
  'samplings',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    seed: int().notNull(),
    /** What was asked and what came of it, by segment. */
    plan: json().$type<unknown>().notNull(),
    doneBy: text().references(() => users.id),
    doneAt: instant().notNull(),
  },
  (t) => [index('samplings_by_project').on(t.projectId, t.doneAt)],
)

/** A dated turn of the pools. */
export const rotations = table(
  'rotations',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    /** What was asked and what came of it, by segment. */
    plan: json().$type<unknown>().notNull(),
    /** The sampling that filled the holdout again. */
    samplingId: text().references(() => samplings.id),
    doneBy: text().references(() => users.id),
    doneAt: instant().notNull(),
    undoneBy: text().references(() => users.id),
    undoneAt: instant(),
  },
  (t) => [index('rotations_by_project').on(t.projectId, t.doneAt)],
)

/** Each coming of a case into a pool, for ever. */
export const poolMoves = table(
  'pool_moves',
  {
    caseId: text()
      .notNull()
      .references(() => cases.id),
    /** Counts the moves of a case from 1. */
    number: int().notNull(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    /** Null: it was made. */
    fromPool: text({ enum: POOLS }),
    toPool: text({ enum: POOLS }).notNull(),
    samplingId: text().references(() => samplings.id),
    rotationId: text().references(() => rotations.id),
    movedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.number] }),
    index('pool_moves_by_rotation').on(t.rotationId),
    index('pool_moves_by_sampling').on(t.samplingId),
    index('pool_moves_by_project').on(t.projectId, t.movedAt),
  ],
)
