import { index, instant, int, json, table, text, uniqueIndex } from '#db/dialect.ts'
import { projects, users } from './people.ts'

export const JOB_STATES = ['waiting', 'running', 'done', 'failed'] as const

/** Long work as a row: it survives a crash, and a lease keeps two processes from doing it twice. */
export const jobs = table(
  'jobs',
  {
    id: text().primaryKey(),
    projectId: text().references(() => projects.id),
    kind: text().notNull(),
    state: text({ enum: JOB_STATES }).notNull(),
    payload: json().$type<unknown>().notNull(),
    result: json().$type<unknown>(),
    progress: int().notNull().default(0),
    total: int().notNull().default(0),
    createdBy: text().references(() => users.id),
    createdAt: instant().notNull(),
    startedAt: instant(),
    finishedAt: instant(),
    leaseUntil: instant(),
  },
  (t) => [index('jobs_by_state').on(t.state, t.createdAt), index('jobs_by_project').on(t.projectId, t.createdAt)],
)

/** Who did what to what. Each entry carries the hash of the one before it. */
export const auditEntries = table(
  'audit_entries',
  {
    number: int().primaryKey(),
    at: instant().notNull(),
    projectId: text().references(() => projects.id),
    actorId: text().references(() => users.id),
    /** Who it was where there is no account: "command line", "set-up", "system". */
    actorName: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    subjectId: text().notNull(),
    detail: text().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    uniqueIndex('audit_entries_by_hash').on(t.hash),
    index('audit_entries_by_project').on(t.projectId, t.number),
    index('audit_entries_by_subject').on(t.subject, t.subjectId, t.number),
  ],
)
