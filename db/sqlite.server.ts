import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { isBusy } from './errors.ts'
import type { Database, Store } from './store.server.ts'
import { rememberUrl } from './url-of.server.ts'

const PATIENCE_MS = 30_000
const BATCH = 64

/** The path in a `file:` URL. */
export const pathOf = (url: string): string => url.replace(/^file:(\/\/)?/, '')

function connect(source: string | Buffer, readonly: boolean): Sqlite.Database {
  const connection = new Sqlite(source, { readonly, timeout: 20 })
  connection.pragma('foreign_keys = ON')
  // Small: what does not fit here is in the operating system's cache, once for all connections and processes.
  connection.pragma(`cache_size = ${readonly ? -8_000 : -16_000}`)
  if (!readonly) {
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    // What is deleted or overwritten, sealed text above all, is overwritten with zeros on the disk too.
    connection.pragma('secure_delete = ON')
  }
  keepStatements(connection)
  return connection
}

/** Drizzle prepares a query each time it runs; the same text may keep its compiled statement. */
function keepStatements(connection: Sqlite.Database): void {
  const prepare = connection.prepare.bind(connection)
  const kept = new Map<string, Sqlite.Statement>()
  connection.prepare = ((text: string) => {
    const found = kept.get(text)
    if (found) return found.reader ? found.raw(false) : found
    const made = prepare(text)
    if (kept.size >= 500) kept.delete(kept.keys().next().value ?? '')
    kept.set(text, made)
    return made
  }) as typeof connection.prepare
}

const asDatabase = (connection: Sqlite.Database): Database =>
  drizzle(connection, { casing: 'snake_case' }) as unknown as Database

/**
 * SQLite has one writer: writes stand in one queue, and those that wait together share one commit (each in a savepoint of
 * its own, so that one that fails takes only itself back). Nothing is acknowledged before the commit is on the disk.
 * Reads go to a second connection, which in WAL mode never waits for the writer.
 */
export function openSqlite(source: string | Buffer): Store {
  const inMemory = typeof source !== 'string' || pathOf(source) === ':memory:'
  const path = typeof source === 'string' ? pathOf(source) : source
  if (typeof path === 'string' && !inMemory) mkdirSync(dirname(path), { recursive: true })
  const writer = connect(path, false)
  const reader = inMemory ? writer : connect(path, true)
  const tx = asDatabase(writer)
  const read = asDatabase(reader)
  if (!inMemory) rememberUrl(read, `file:${path}`)

  type Waiting = { run: () => Promise<() => void>; fail: (error: unknown) => void }
  const queue: Waiting[] = []
  let working = false

  async function drain(): Promise<void> {
    working = true
    while (queue.length > 0) {
      const batch: Waiting[] = []
      const acknowledge: (() => void)[] = []
      try {
        // Requests that arrived together get here one after the other within a turn of the event loop: let them share.
        await new Promise(setImmediate)
        await begin(writer)
        while (queue.length > 0 && batch.length < BATCH) {
          const next = queue.shift() as Waiting
          batch.push(next)
          acknowledge.push(await next.run())
        }
        writer.exec('commit')
        for (const tell of acknowledge) tell()
      } catch (error) {
        if (writer.inTransaction) writer.exec('rollback')
        if (batch.length === 0) batch.push(queue.shift() as Waiting)
        for (const waiting of batch) waiting.fail(error)
      }
    }
    working = false
  }

  function write<T>(fn: (tx: Database) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = async (): Promise<() => void> => {
        writer.exec('savepoint one')
        try {
          const value = await fn(tx)
          writer.exec('release one')
          return () => resolve(value)
        } catch (error) {
          // A full disk can end the whole transaction; then everything in the batch has failed.
          if (!writer.inTransaction) throw error
          writer.exec('rollback to one; release one')
          return () => reject(error)
        }
      }
      queue.push({ run, fail: reject })
      if (!working) void drain()
    })
  }

  return {
    read,
    write,
    wipe: async () => {
      if (!inMemory) await emptyLog(writer)
    },
    ping: async () => {
      reader.prepare('select 1').get()
    },
    close: async () => {
      while (working) await new Promise((resolve) => setTimeout(resolve, 5))
      if (reader !== writer) reader.close()
      writer.close()
    },
  }
}

/** Between two transactions; a reader of another process may hold the log: it is tried again for a while. */
async function emptyLog(writer: Sqlite.Database): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  for (let pause = 2; performance.now() < until; pause = Math.min(pause * 2, 100)) {
    if (!writer.inTransaction) {
      const [done] = writer.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
      if (done?.busy === 0) return
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  throw new Error(
    'The database was busy for too long: its log could not be emptied. It is emptied at the next sealing.',
  )
}

/** Another process (the command line, a backup) may hold the file: wait without holding the event loop. */
async function begin(writer: Sqlite.Database): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  for (let pause = 2; ; pause = Math.min(pause * 2, 100)) {
    try {
      writer.exec('begin immediate')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
