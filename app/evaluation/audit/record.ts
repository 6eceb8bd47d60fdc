import { desc, sql } from 'drizzle-orm'
import { now, sha256 } from '#app/ambient.ts'
import { holdUntilCommit } from '#db/lock.server.ts'
import { auditEntries } from '#db/schema/work.ts'
import { statement } from '#db/statement.server.ts'
import type { Database } from '#db/store.server.ts'

export type AuditActor = { id: string | null; name: string }

export type AuditEvent = {
  projectId: string | null
  actor: AuditActor
  /** A verb in the past on a dotted noun: `round.opened`. */
  action: string
  subject: string
  subjectId: string
  /** What changed, small and free of case content. */
  detail?: Record<string, unknown>
}

export const GENESIS = '0'.repeat(64)

const END_OF_CHAIN = 727654

export type ChainedFields = {
  number: number
  at: number
  projectId: string | null
  actorId: string | null
  actorName: string
  action: string
  subject: string
  subjectId: string
  detail: string
  previousHash: string
}

/** The hash that an entry must carry: SHA-256 over its fields, in this order, as a JSON array. */
export const hashOf = (entry: ChainedFields): string =>
  sha256(
    JSON.stringify([
      entry.number,
      entry.at,
      entry.projectId,
      entry.actorId,
      entry.actorName,
      entry.action,
      entry.subject,
      entry.subjectId,
      entry.detail,
      entry.previousHash,
    ]),
  )

const end = statement((db) =>
  db
    .select({ number: auditEntries.number, hash: auditEntries.hash })
    .from(auditEntries)
    .orderBy(desc(auditEntries.number))
    .limit(1),
)

const append = statement((db) =>
  db.insert(auditEntries).values({
    number: sql.placeholder('number'),
    at: sql.placeholder('at'),
    projectId: sql.placeholder('projectId'),
    actorId: sql.placeholder('actorId'),
    actorName: sql.placeholder('actorName'),
    action: sql.placeholder('action'),
    subject: sql.placeholder('subject'),
    subjectId: sql.placeholder('subjectId'),
    detail: sql.placeholder('detail'),
    previousHash: sql.placeholder('previousHash'),
    hash: sql.placeholder('hash'),
  }),
)

/**
 * Appends to the audit log inside the transaction that does what is recorded, so that neither exists without the other.
 * Call it last: on PostgreSQL it holds the end of the chain until the commit.
 */
export async function record(tx: Database, ...events: AuditEvent[]): Promise<void> {
  await holdUntilCommit(tx, END_OF_CHAIN)
  const [last] = await end(tx).execute()
  let number = last?.number ?? 0
  let previousHash = last?.hash ?? GENESIS
  const entries = events.map((event) => {
    const fields: ChainedFields = {
      number: ++number,
      at: now(),
      projectId: event.projectId,
      // The command line acts in a scope without an account.
      actorId: event.actor.id || null,
      actorName: event.actor.name,
      action: event.action,
      subject: event.subject,
      subjectId: event.subjectId,
      detail: JSON.stringify(event.detail ?? {}),
      previousHash,
    }
    previousHash = hashOf(fields)
    return { ...fields, hash: previousHash }
  })
  for (const entry of entries) await append(tx).execute(entry)
}
