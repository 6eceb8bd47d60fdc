import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { engine } from './dialect.ts'

/**
 * A column in a condition that no index is to be chosen by. Without statistics SQLite takes `project_id = ?` for rarer than
 * `id in (...)` and reads a whole project to find a few hundred rows of it; PostgreSQL has statistics.
 */
export const unindexed = (column: SQLiteColumn): SQL => (engine === 'sqlite' ? sql`+${column}` : sql`${column}`)
