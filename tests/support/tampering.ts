import { type SQL, sql } from 'drizzle-orm'
import { engine } from '#db/dialect.ts'
import type { Store } from '#db/store.server.ts'

const raw = async (store: Pick<Store, 'read'>, query: SQL): Promise<void> => {
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

const RATINGS_FINAL = ['ratings_are_final', 'ratings_stay', 'scores_are_final', 'scores_stay']

/** Takes ratings out of the database, or their superseding back, as putting it back to an earlier day does. */
export async function putBack(store: Store, ...changes: SQL[]): Promise<void> {
  const triggers = (what: 'disable' | 'enable') =>
    ['ratings', 'scores'].map((table) => sql.raw(`alter table ${table} ${what} trigger user`))
  const before =
    engine === 'sqlite' ? RATINGS_FINAL.map((name) => sql.raw(`drop trigger if exists ${name}`)) : triggers('disable')
  const after = engine === 'sqlite' ? [] : triggers('enable')
  await store.write(async (tx) => {
    for (const change of [...before, ...changes, ...after]) await raw({ read: tx }, change)
  })
}
