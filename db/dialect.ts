/**
 * How a column is spelled in SQLite and in PostgreSQL. The schema is written once over these builders and typed once, as
 * the SQLite side; the engine is decided by DATABASE_URL when this module is first loaded, so `.env` has to be read before.
 */
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'

export type Engine = 'sqlite' | 'postgres'

/** The engine that a database URL names. */
export const engineOf = (url: string | undefined): Engine => (/^postgres(ql)?:/.test(url ?? '') ? 'postgres' : 'sqlite')

export const engine: Engine = engineOf(process.env.DATABASE_URL)

const pick = <S>(onSqlite: S, onPostgres: unknown): S => (engine === 'postgres' ? (onPostgres as S) : onSqlite)

export const table = pick(sqlite.sqliteTable, pg.pgTable)
export const text = pick(sqlite.text, pg.text)
export const int = pick(sqlite.integer, pg.integer)
export const real = pick(sqlite.real, pg.doublePrecision)
export const index = pick(sqlite.index, pg.index)
export const uniqueIndex = pick(sqlite.uniqueIndex, pg.uniqueIndex)
export const primaryKey = pick(sqlite.primaryKey, pg.primaryKey)
export const check = pick(sqlite.check, pg.check)

const sqliteBool = () => sqlite.integer({ mode: 'boolean' })
export const bool = pick(sqliteBool, () => pg.boolean())

/** Milliseconds since 1970 UTC, a plain number on both engines. */
const sqliteInstant = () => sqlite.integer()
export const instant = pick(sqliteInstant, () => pg.bigint({ mode: 'number' }))

const sqliteJson = () => sqlite.text({ mode: 'json' })
export const json = pick(sqliteJson, () => pg.jsonb())
