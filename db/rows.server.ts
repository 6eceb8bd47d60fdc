import { getTableColumns, SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { engine } from './dialect.ts'
import type { Database } from './store.server.ts'

/**
 * Inserts any number of rows in one statement with one parameter, the rows as JSON: several times cheaper than a
 * parameter for each value, and its text stays the same however many rows there are. Give it a few hundred at a time.
 */
export async function insertMany<T extends SQLiteTable>(
  tx: Database,
  table: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => column.generated === undefined)
  const lists = rows.map((row: Record<string, unknown>) => columns.map(([key, column]) => stored(column, row[key])))
  await tx.insert(table).select(
    fromJson(
      columns.map(([, column]) => column),
      JSON.stringify(lists),
    ),
  )
}

/** A value as the driver takes it; where none is given, the column's default. */
function stored(column: SQLiteColumn, given: unknown): unknown {
  const value = given === undefined && !(column.default instanceof SQL) ? column.default : given
  return value === undefined || value === null ? null : column.mapToDriverValue(value)
}

function fromJson(columns: readonly SQLiteColumn[], json: string): SQL {
  const at = (i: number) => sql.raw(String(i))
  if (engine === 'postgres') {
    const values = columns.map((column, i) => sql`(one->>${at(i)})::${sql.raw(column.getSQLType())}`)
    return sql`select ${sql.join(values, sql`, `)} from json_array_elements(${json}::json) as rows(one)`
  }
  const values = columns.map((_, i) => sql`value->>${at(i)}`)
  return sql`select ${sql.join(values, sql`, `)} from json_each(${json}) where true`
}

/**
 * Changes any number of rows in one statement with one parameter, as `insertMany` makes them: each of `rows` names its row
 * by `id`, and gives a value for every one of the `changed` columns. Give it a few hundred at a time.
 */
export async function updateMany<T extends SQLiteTable & { id: SQLiteColumn }>(
  tx: Database,
  table: T,
  changed: readonly (keyof T['$inferInsert'] & string)[],
  rows: readonly (Partial<T['$inferInsert']> & { id: string })[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = getTableColumns(table) as Record<string, SQLiteColumn>
  const lists = rows.map((row: Record<string, unknown>) => [
    row.id,
    ...changed.map((key) => stored(columns[key] as SQLiteColumn, row[key])),
  ])
  const set = changed.map((key, i) => {
    const value = sql`one->>${sql.raw(String(i + 1))}`
    const type = sql.raw((columns[key] as SQLiteColumn).getSQLType())
    return [key, engine === 'postgres' ? sql`(${value})::${type}` : value]
  })
  const given = JSON.stringify(lists)
  const from =
    engine === 'postgres'
      ? sql`json_array_elements(${given}::json) as rows(one)`
      : sql`(select value as one from json_each(${given})) as rows`
  await tx.update(table).set(Object.fromEntries(set)).from(from).where(sql`${table.id} = one->>0`)
}
