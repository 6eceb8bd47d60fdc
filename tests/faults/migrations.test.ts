import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '#db/migrate.server.ts'

type Journal = { entries: { idx: number; tag: string }[] }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-migrations-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A database as it was after the migration of that number. */
function databaseAsOf(path: string, last: number): Sqlite.Database {
  const migrations = join(folder, 'migrations')
  cpSync('db/migrations/sqlite', migrations, { recursive: true })
  const journal = join(migrations, 'meta', '_journal.json')
  const whole = JSON.parse(readFileSync(journal, 'utf8')) as Journal
  writeFileSync(journal, JSON.stringify({ ...whole, entries: whole.entries.filter(({ idx }) => idx <= last) }))
  const connection = new Sqlite(path)
  migrateSqlite(drizzle(connection), { migrationsFolder: migrations })
  return connection
}

describe('a database made by an earlier version', () => {
  it('keeps its responses, and what points to them, when their table is made anew', async () => {
    const path = join(folder, 'old.sqlite')
    const old = databaseAsOf(path, 6)
    old.exec(`
      insert into projects (id, slug, name, categories, user_segments, created_at) values ('p', 'p', 'P', '[]', '[]', 1);
      insert into cases (id, project_id, key, input, category, user_segment, metadata, content_hash, search_text, created_at)
        values ('c', 'p', 'one', 'What?', 'factual', 'novice', '{}', 'h', 'one what?', 1);
      insert into system_versions (id, project_id, name, created_at) values ('s', 'p', 'v1', 1);
      insert into responses (id, project_id, case_id, system_version_id, text, metadata, content_hash, created_at)
        values ('r', 'p', 'c', 's', 'That.', '{}', 'h', 1);
      insert into anchors (id, project_id, response_id, drawn, selection_probability, added_at)
        values ('a', 'p', 'r', 'picked', 1, 1);
    `)
    old.close()

    await migrate(`file:${path}`)

    const now = new Sqlite(path)
    expect(now.prepare('select text, system_version_id, reference_id from responses').all()).toEqual([
      { text: 'That.', system_version_id: 's', reference_id: null },
    ])
    expect(now.prepare('select pool, sealed from cases').all()).toEqual([{ pool: 'active', sealed: 0 }])
    expect(() => now.exec("delete from responses where id = 'r'")).toThrow(/FOREIGN KEY/)
    now.close()
  })
})
