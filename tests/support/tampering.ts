import { type SQL, sql } from 'drizzle-orm'
import { engine } from '#db/dialect.ts'
import type { Store } from '#db/store.server.ts'

const raw = async (store: Store, query: SQL): Promise<void> => {
  const database = store.read as unknown as Record<'run' | 'execute', (query: SQL) => Promise<unknown>>
  await (engine === 'sqlite' ? database.run(query) : database.execute(query))
}

/**
 * Changes the audit log as somebody could who holds the database itself: with the triggers that refuse it out of the way.
 * On PostgreSQL they come back afterwards; a SQLite database is the test's own.
 */
export async function tamper(store: Store, ...changes: SQL[]): Promise<void> {
  if (engine === 'sqlite') {
    await raw(store, sql`drop trigger if exists audit_entries_are_final`)
    await raw(store, sql`drop trigger if exists audit_entries_stay`)
  } else await raw(store, sql`alter table audit_entries disable trigger user`)
  for (const change of changes) await raw(store, change)
  if (engine === 'postgres') await raw(store, sql`alter table audit_entries enable trigger user`)
}
