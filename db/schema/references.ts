import { index, instant, json, primaryKey, real, table, text } from '#db/dialect.ts'
import { cases, QUALITIES, references, responses } from './cases.ts'
import { projects, users } from './people.ts'
import { rubricVersions } from './rubrics.ts'

export const TASK_KINDS = ['write', 'check'] as const
/** `done`: a reference was written or checked; `dropped`: nobody needs it any more. */
export const TASK_STATES = ['open', 'leased', 'done', 'dropped'] as const

/** A reference to be written for a case, or one to be checked by a second person: what an expert takes from the queue. */
export const referenceTasks = table(
  'reference_tasks',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    caseId: text()
      .notNull()
      .references(() => cases.id),
    kind: text({ enum: TASK_KINDS }).notNull(),
    quality: text({ enum: QUALITIES }).notNull(),
    rubricVersionId: text().references(() => rubricVersions.id),
    /** What is to be checked, or what was written. */
    referenceId: text().references(() => references.id),
    state: text({ enum: TASK_STATES }).notNull(),
    takenBy: text().references(() => users.id),
    leaseExpiresAt: instant(),
    /** What its taker has typed so far; of a sealed case it is among the sealed texts. */
    draft: text().notNull().default(''),
    createdBy: text().references(() => users.id),
    createdAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    index('reference_tasks_by_state').on(t.projectId, t.state, t.createdAt, t.id),
    index('reference_tasks_by_case').on(t.caseId, t.kind, t.quality),
    index('reference_tasks_by_taker').on(t.takenBy, t.state),
  ],
)

export const CLOSENESS_MEASURES = ['chrf', 'token-f1', 'embedding'] as const

/** How like a response is to a reference, 0 to 1. */
export const closenessScores = table(
  'closeness_scores',
  {
    responseId: text()
      .notNull()
      .references(() => responses.id),
    referenceId: text()
      .notNull()
      .references(() => references.id),
    measure: text({ enum: CLOSENESS_MEASURES }).notNull(),
    value: real().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.responseId, t.referenceId, t.measure] }),
    index('closeness_scores_by_reference').on(t.referenceId),
  ],
)

/** From which closeness on a response counts as matching, as calibrated from experts' own answers. */
export const closenessThresholds = table(
  'closeness_thresholds',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    measure: text({ enum: CLOSENESS_MEASURES }).notNull(),
    /** The thresholds, what they rest on, and how well they agree with experts. */
    calibration: json().$type<unknown>().notNull(),
    setBy: text().references(() => users.id),
    setAt: instant().notNull(),
  },
  (t) => [index('closeness_thresholds_by_project').on(t.projectId, t.measure, t.setAt)],
)
