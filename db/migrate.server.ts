import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator'
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres'
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { engineOf } from './dialect.ts'
import { pathOf } from './sqlite.server.ts'

/** The folder of migrations, from the sources or from the built server beside them. */
function folderFor(engine: string): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const beside = join(here, 'migrations', engine)
  return existsSync(beside) ? beside : resolve('db', 'migrations', engine)
}

/** Brings the database that the URL names to the newest schema. Safe to run again and by two processes at once. */
export async function migrate(url: string): Promise<void> {
  if (engineOf(url) === 'postgres') {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query('select pg_advisory_lock(727653)')
      await migratePostgres(drizzlePostgres(client), { migrationsFolder: folderFor('postgres') })
    } finally {
      await client.end()
    }
    return
  }
  mkdirSync(dirname(pathOf(url)), { recursive: true })
  const connection = new Sqlite(pathOf(url), { timeout: 30_000 })
  try {
    connection.pragma('journal_mode = WAL')
    migrateConnection(connection)
  } finally {
    connection.close()
  }
}

/**
 * SQLite changes a column by making its table anew, during which the foreign keys to it point nowhere; the switch for that does
 * nothing inside the transaction that migrations run in. What they lead to is checked afterwards.
 */
function migrateConnection(connection: Sqlite.Database): void {
  const before = connection.pragma('schema_version', { simple: true })
  connection.pragma('foreign_keys = OFF')
  migrateSqlite(drizzle(connection), { migrationsFolder: folderFor('sqlite') })
  if (connection.pragma('schema_version', { simple: true }) === before) return
  const dangling = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
  const [first] = dangling
  if (first)
    throw new Error(`After migrating, ${dangling.length} rows of ${first.table} point to no row of ${first.parent}.`)
}

/** A migrated, empty SQLite database as bytes: opening a copy of it costs well under a millisecond. */
export function emptySqlite(): Buffer {
  const connection = new Sqlite(':memory:')
  migrateConnection(connection)
  const bytes = connection.serialize()
  connection.close()
  return bytes
}
