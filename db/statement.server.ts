import type { Database } from './store.server.ts'

/**
 * A query that is built once and then only filled in. On SQLite, where the same two connections serve every request, this
 * makes a small query some forty times cheaper; on PostgreSQL, where each transaction has a builder of its own, it costs
 * what building costs. Values go in by `sql.placeholder('name')` and `.execute({ name })`.
 */
export function statement<P>(build: (db: Database) => { prepare: () => P }): (db: Database) => P {
  const prepared = new WeakMap<Database, P>()
  return (db) => {
    const found = prepared.get(db)
    if (found !== undefined) return found
    const made = build(db).prepare()
    prepared.set(db, made)
    return made
  }
}

/** The same for a query whose text depends on how many values it takes, as `in (...)` and many-row inserts do. */
export function statementPerCount<P>(
  build: (db: Database, count: number) => { prepare: () => P },
): (db: Database, count: number) => P {
  const made = new Map<number, (db: Database) => P>()
  return (db, count) => {
    let one = made.get(count)
    if (!one) {
      one = statement((database) => build(database, count))
      made.set(count, one)
    }
    return one(db)
  }
}
