import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableName, is, sql, Table } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import pg from 'pg'
import { inject } from 'vitest'
import { engine } from '#db/dialect.ts'
import { emptySqlite } from '#db/migrate.server.ts'
import { openPostgres } from '#db/postgres.server.ts'
import * as schema from '#db/schema/all.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import type { Store } from '#db/store.server.ts'

let empty: Buffer | undefined
let postgres: Promise<Store> | undefined

/** A migrated, empty database of the engine under test. On PostgreSQL one per worker, emptied each time. */
export async function freshStore(): Promise<Store> {
  if (engine === 'sqlite') {
    empty ??= emptySqlite()
    return openSqlite(Buffer.from(empty))
  }
  postgres ??= ownDatabase()
  const store = await postgres
  await emptyTables(store)
  return store
}

async function ownDatabase(): Promise<Store> {
  const { admin, template } = inject('postgres')
  const name = `${template}_${process.env.VITEST_POOL_ID ?? '0'}_${process.pid}`
  const client = new pg.Client({ connectionString: admin })
  await client.connect()
  await client.query(`create database ${name} template ${template}`)
  await client.end()
  const url = new URL(admin)
  url.pathname = `/${name}`
  return openPostgres(url.href)
}

async function emptyTables(store: Store): Promise<void> {
  const run = (query: ReturnType<typeof sql>) =>
    (store.read as unknown as { execute: (q: typeof query) => Promise<{ rows: { tablename: string }[] }> }).execute(
      query,
    )
  const { rows } = await run(sql`select tablename from pg_tables where schemaname = 'public'`)
  const names = rows.map((row) => `"${row.tablename}"`).join(', ')
  await run(sql.raw(`truncate ${names} restart identity cascade`))
}

/** The same in a file of the folder, on SQLite: for what looks at the disk. */
export async function freshStoreIn(folder: string): Promise<Store> {
  if (engine !== 'sqlite') return freshStore()
  empty ??= emptySqlite()
  const path = join(folder, 'assay.sqlite')
  writeFileSync(path, empty)
  return openSqlite(`file:${path}`)
}

/** Every row of every table, as text. */
export async function wholeDatabase(store: Store): Promise<string> {
  const rows: unknown[] = []
  for (const one of Object.values(schema)) {
    if (is(one, Table)) rows.push(getTableName(one), await store.read.select().from(one as SQLiteTable))
  }
  return JSON.stringify(rows)
}
