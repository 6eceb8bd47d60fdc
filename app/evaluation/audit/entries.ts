import { and, desc, eq, gte, inArray, isNull, lt, or, type SQL } from 'drizzle-orm'
import { can, demand, type Scope } from '#app/auth/permissions.ts'
import { cases } from '#db/schema/cases.ts'
import { memberships, projects, users } from '#db/schema/people.ts'
import { rounds } from '#db/schema/rounds.ts'
import { auditEntries } from '#db/schema/work.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type NameOf, sentenceOf } from './sentence.ts'

export type AuditFilter = {
  action: string | null
  /** An account. */
  personId: string | null
  /** A kind of thing: `round`, `person`. */
  subject: string | null
  /** One thing, by its id. */
  subjectId: string | null
  /** From this moment, in ms. */
  from: number | null
  /** Before this moment, in ms. */
  to: number | null
  /** Entries before this number: the way to older pages. */
  before: number | null
}

export type ShownEntry = {
  number: number
  at: number
  actor: string
  sentence: string
  action: string
  subject: string
  subjectId: string
  detail: string
  hash: string
}

type Entry = typeof auditEntries.$inferSelect

/**
 * What a scope may see: the project's entries, and for those who change people also what its people did with their accounts
 * (signing in, a new password), which belongs to no project.
 */
function visible(database: Database, scope: Scope): SQL | undefined {
  const own = eq(auditEntries.projectId, scope.project.id)
  if (!can(scope.roles, 'people.write')) return own
  const people = database
    .select({ id: memberships.userId })
    .from(memberships)
    .where(eq(memberships.projectId, scope.project.id))
  return or(own, and(isNull(auditEntries.projectId), inArray(auditEntries.actorId, people)))
}

function conditions(database: Database, scope: Scope, filter: AuditFilter): SQL | undefined {
  const { action, personId, subject, subjectId, from, to, before } = filter
  return and(
    visible(database, scope),
    action === null ? undefined : eq(auditEntries.action, action),
    personId === null ? undefined : eq(auditEntries.actorId, personId),
    subject === null ? undefined : eq(auditEntries.subject, subject),
    subjectId === null ? undefined : eq(auditEntries.subjectId, subjectId),
    from === null ? undefined : gte(auditEntries.at, from),
    to === null ? undefined : lt(auditEntries.at, to),
    before === null ? undefined : lt(auditEntries.number, before),
  )
}

/** A page of raw entries, the newest first. */
async function pageOf(store: Store, scope: Scope, filter: AuditFilter, size: number): Promise<Entry[]> {
  return store.read
    .select()
    .from(auditEntries)
    .where(conditions(store.read, scope, filter))
    .orderBy(desc(auditEntries.number))
    .limit(size)
}

/** Everything in the entries that may be an id: what they are about, and words in their details, in lists too. */
const idsIn = (entries: readonly Entry[]): string[] => [
  ...new Set(
    entries.flatMap((entry) => [
      entry.subjectId,
      ...Object.values(JSON.parse(entry.detail) as Record<string, unknown>)
        .flat()
        .filter((value) => typeof value === 'string'),
    ]),
  ),
]

/** Names of the people, rounds, projects and cases that the entries speak of: one query each, whatever their number. */
async function namesIn(database: Database, entries: readonly Entry[]): Promise<NameOf> {
  const ids = idsIn(entries)
  if (ids.length === 0) return () => undefined
  const found = await Promise.all(
    (
      [
        [users, users.name],
        [rounds, rounds.name],
        [projects, projects.name],
        [cases, cases.key],
      ] as const
    ).map(([named, name]) => database.select({ id: named.id, name }).from(named).where(inArray(named.id, ids))),
  )
  const names = new Map(found.flat().map(({ id, name }) => [id, name]))
  return (id) => names.get(id)
}

/** The audit log of the project as sentences, the newest first. `older` is where the next page begins, null at the end. */
export async function listEntries(
  store: Store,
  scope: Scope,
  filter: AuditFilter,
  size: number,
): Promise<{ entries: ShownEntry[]; older: number | null }> {
  demand(scope, 'audit.read')
  const rows = await pageOf(store, scope, filter, size + 1)
  const shown = rows.slice(0, size)
  const nameOf = await namesIn(store.read, shown)
  return {
    entries: shown.map((row) => ({
      number: row.number,
      at: row.at,
      actor: row.actorName,
      sentence: sentenceOf({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }, nameOf),
      action: row.action,
      subject: row.subject,
      subjectId: row.subjectId,
      detail: row.detail,
      hash: row.hash,
    })),
    older: rows.length > size ? (shown.at(-1)?.number ?? null) : null,
  }
}

/** The same entries whole, every field as it is hashed, a page at a time: for an export that no log is too long for. */
export async function* readEntries(
  store: Store,
  scope: Scope,
  filter: AuditFilter,
  size = 1000,
): AsyncGenerator<Entry[]> {
  demand(scope, 'audit.read')
  for (let before = filter.before; ; ) {
    const page = await pageOf(store, scope, { ...filter, before }, size)
    if (page.length > 0) yield page
    if (page.length < size) return
    before = page.at(-1)?.number ?? null
  }
}
