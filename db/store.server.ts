/**
 * The one way to the database. `read` answers queries; `write(fn)` runs `fn` in a transaction of its own, all or nothing.
 * Inside `fn` only database calls are awaited.
 */
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import { engineOf } from './dialect.ts'
import { openPostgres } from './postgres.server.ts'
import { openSqlite } from './sqlite.server.ts'

/** Drizzle's query builder, typed as the SQLite side whichever engine answers. Always await it. */
export type Database = BaseSQLiteDatabase<'async', unknown>

export type Store = {
  read: Database
  write: <T>(fn: (tx: Database) => Promise<T>) => Promise<T>
  /**
   * Takes what the last writes overwrote or deleted from the disk: SQLite empties its log into the file, whose freed bytes
   * are zeros; PostgreSQL vacuums the tables named. Outside of `write`.
   */
  wipe: (tables: readonly string[]) => Promise<void>
  /** Answers when the database does; throws when it does not. */
  ping: () => Promise<void>
  close: () => Promise<void>
}

/** Opens what DATABASE_URL names: `file:PATH`, `file::memory:` or `postgres://...`. */
export const openStore = (url: string): Store => (engineOf(url) === 'postgres' ? openPostgres(url) : openSqlite(url))
