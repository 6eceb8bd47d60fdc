import { type SQL, sql } from 'drizzle-orm'
import { engine } from './dialect.ts'
import type { Database } from './store.server.ts'

/**
 * Holds a named place for this transaction until it commits, against other processes on PostgreSQL. SQLite has one writer
 * at a time anyway.
 */
export async function holdUntilCommit(tx: Database, place: number): Promise<void> {
  if (engine !== 'postgres') return
  const postgres = tx as unknown as { execute: (query: SQL) => Promise<unknown> }
  await postgres.execute(sql`select pg_advisory_xact_lock(${place})`)
}
