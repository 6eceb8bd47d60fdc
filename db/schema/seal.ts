import { index, instant, primaryKey, table, text, uniqueIndex } from '#db/dialect.ts'
import { cases } from './cases.ts'
import { projects, users } from './people.ts'
import { referenceTasks } from './references.ts'
import { assignments } from './rounds.ts'

/** What is kept encrypted: `id` in `sealed_texts` is the id of the row whose text it is. */
export const SEALED_KINDS = [
  'case',
  'response',
  'reference',
  'trace',
  'rating',
  'draft',
  'task',
  'flag',
  'skip',
] as const
export type SealedKind = (typeof SEALED_KINDS)[number]

/** Cases that were sealed together share a canary: a string that stands with their text wherever it goes. */
export const sealedSets = table(
  'sealed_sets',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    canary: text().notNull(),
    sealedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('sealed_sets_by_canary').on(t.canary),
    index('sealed_sets_by_project').on(t.projectId, t.sealedAt),
  ],
)

/** The seal on a case. It stays when the case graduates, as the record of what was sealed and how long. */
export const seals = table(
  'seals',
  {
    caseId: text()
      .primaryKey()
      .references(() => cases.id),
    setId: text()
      .notNull()
      .references(() => sealedSets.id),
    /** The case's content hash at sealing; it is checked at every opening. */
    contentHash: text().notNull(),
    sealedAt: instant().notNull(),
    sealedUntil: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [index('seals_by_set').on(t.setId)],
)

/** Encrypted text, AES-256-GCM, bound to its kind and id. Read and written in app/evaluation/seal alone. */
export const sealedTexts = table(
  'sealed_texts',
  {
    kind: text({ enum: SEALED_KINDS }).notNull(),
    id: text().notNull(),
    caseId: text()
      .notNull()
      .references(() => cases.id),
    /** Which key: the beginning of its SHA-256. */
    keyId: text().notNull(),
    /** Nonce, ciphertext and tag, in base64. */
    sealed: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.id] }),
    index('sealed_texts_by_case').on(t.caseId, t.kind),
    index('sealed_texts_by_key').on(t.keyId),
  ],
)

/** A seal broken by an admin and a lead together. */
export const breakGlass = table(
  'break_glass',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    caseId: text()
      .notNull()
      .references(() => cases.id),
    reason: text().notNull(),
    askedBy: text()
      .notNull()
      .references(() => users.id),
    askedAs: text({ enum: ['admin', 'lead'] }).notNull(),
    askedAt: instant().notNull(),
    answeredBy: text().references(() => users.id),
    answeredAt: instant(),
    answer: text({ enum: ['agreed', 'refused', 'withdrawn'] }),
    /** Until when the two may read it. */
    opensUntil: instant(),
  },
  (t) => [index('break_glass_by_project').on(t.projectId, t.askedAt), index('break_glass_by_case').on(t.caseId)],
)

export const EXPOSED_FOR = [
  'rating',
  'own rating',
  'writing a reference',
  'checking a reference',
  'break-glass',
] as const
export type ExposedFor = (typeof EXPOSED_FOR)[number]

/** Each opening of a sealed case, for ever: triggers refuse to change or delete one. */
export const exposures = table(
  'exposures',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    caseId: text()
      .notNull()
      .references(() => cases.id),
    userId: text()
      .notNull()
      .references(() => users.id),
    exposedFor: text({ enum: EXPOSED_FOR }).notNull(),
    assignmentId: text().references(() => assignments.id),
    taskId: text().references(() => referenceTasks.id),
    breakGlassId: text().references(() => breakGlass.id),
    openedAt: instant().notNull(),
  },
  (t) => [
    index('exposures_by_case').on(t.caseId, t.openedAt),
    index('exposures_by_project').on(t.projectId, t.openedAt, t.id),
    index('exposures_by_user').on(t.userId, t.openedAt),
  ],
)
