import { setImmediate } from 'node:timers/promises'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { insertMany } from '#db/rows.server.ts'
import type { Database } from '#db/store.server.ts'

const PIECE = 250

/** Lists of at most `size`. */
export function pieces<T>(all: readonly T[], size = PIECE): T[][] {
  const made: T[][] = []
  for (let at = 0; at < all.length; at += size) made.push(all.slice(at, at + size))
  return made
}

/** Inserts any number of rows, letting the server breathe in between. */
export async function insertRows<T extends SQLiteTable>(
  tx: Database,
  table: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  for (const piece of pieces(rows)) {
    await insertMany(tx, table, piece)
    await setImmediate()
  }
}
