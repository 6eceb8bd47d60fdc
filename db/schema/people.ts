import { bool, index, instant, json, primaryKey, table, text } from '#db/dialect.ts'
import { ROLES, type Role } from './roles.ts'

export { ROLES, type Role }

export const projects = table('projects', {
  id: text().primaryKey(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull().default(''),
  categories: json().$type<string[]>().notNull(),
  userSegments: json().$type<string[]>().notNull(),
  createdAt: instant().notNull(),
})

/** A person, or a rater known only from imported ratings (no email, no password: nobody can sign in as them). */
export const users = table('users', {
  id: text().primaryKey(),
  email: text().unique(),
  name: text().notNull(),
  passwordHash: text(),
  singleKeys: bool().notNull().default(true),
  tourSeenAt: instant(),
  disabledAt: instant(),
  createdAt: instant().notNull(),
})

export const memberships = table(
  'memberships',
  {
    projectId: text()
      .notNull()
      .references(() => projects.id),
    userId: text()
      .notNull()
      .references(() => users.id),
    role: text({ enum: ROLES }).notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.userId, t.role] }), index('memberships_by_user').on(t.userId)],
)

/** The name a rater carries in imported files, so that a second file finds the same rater. */
export const raterKeys = table(
  'rater_keys',
  {
    projectId: text()
      .notNull()
      .references(() => projects.id),
    key: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.key] })],
)

/** `id` is the SHA-256 of what the browser's cookie holds: a stolen database opens no session. */
export const sessions = table(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
    userAgent: text().notNull().default(''),
  },
  (t) => [index('sessions_by_user').on(t.userId)],
)

/** A link that lets one person in, once: into a project with roles, or back into an account (`passwordFor`). */
export const invitations = table(
  'invitations',
  {
    id: text().primaryKey(),
    tokenHash: text().notNull().unique(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    email: text().notNull(),
    name: text().notNull(),
    roles: json().$type<Role[]>().notNull(),
    /** The account whose password the link replaces; null for an invitation into the project. */
    passwordFor: text().references(() => users.id),
    /** Null: the command line. */
    invitedBy: text().references(() => users.id),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [index('invitations_by_project').on(t.projectId, t.createdAt)],
)

/** Failed sign-ins, each under every key it counts for (`app/auth/throttle.ts`), kept as long as the longest window. */
export const signInFailures = table(
  'sign_in_failures',
  {
    key: text().notNull(),
    attempt: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.attempt] }),
    index('sign_in_failures_by_key').on(t.key, t.at),
    index('sign_in_failures_by_age').on(t.at),
  ],
)

/** Browsers and networks (hashed) from which a person has signed in: an attacker elsewhere cannot slow these down. */
export const knownPlaces = table(
  'known_places',
  {
    userId: text()
      .notNull()
      .references(() => users.id),
    place: text().notNull(),
    lastAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.place] }), index('known_places_by_age').on(t.lastAt)],
)

/** Small facts about the installation itself, such as the hash of the one-time set-up token. */
export const installation = table('installation', {
  key: text().primaryKey(),
  value: text().notNull(),
})
