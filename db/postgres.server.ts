import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { isBusy } from './errors.ts'
import type { Database, Store } from './store.server.ts'
import { rememberUrl } from './url-of.server.ts'

const TRIES = 5

// count(*) and bigint columns arrive as strings unless told otherwise; both stay well below 2^53 here.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** PostgreSQL: a pool for reads, an ordinary transaction for each write, tried again when it met a deadlock. */
export function openPostgres(url: string): Store {
  const pool = new pg.Pool({ connectionString: url, max: 16 })
  pool.on('error', () => {
    // An idle connection was cut; the pool opens another when asked.
  })
  const database = drizzle(pool, { casing: 'snake_case' })
  const read = database as unknown as Database
  rememberUrl(read, url)

  async function write<T>(fn: (tx: Database) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await database.transaction((tx) => fn(tx as unknown as Database))
      } catch (error) {
        if (attempt === TRIES || !isBusy(error)) throw error
      }
    }
  }

  return {
    read,
    write,
    wipe: async (tables) => {
      for (const table of tables) await pool.query(`vacuum "${table}"`)
    },
    ping: async () => {
      await pool.query('select 1')
    },
    close: () => pool.end(),
  }
}
