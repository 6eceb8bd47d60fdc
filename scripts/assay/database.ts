import { existsSync } from 'node:fs'
import { env } from '#app/env.server.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { checkSealKeys } from '#app/evaluation/seal/check-keys.ts'
import { engineOf } from '#db/dialect.ts'
import { migrate } from '#db/migrate.server.ts'
import { pathOf } from '#db/sqlite.server.ts'
import { openStore, type Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'

/**
 * Runs a command on the database of DATABASE_URL, brought up to date, and closes it. Where there is none it says so: a
 * command that only looks must not make an empty one.
 */
export async function withDatabase(io: Output, run: (store: Store) => Promise<number>): Promise<number> {
  const url = env().databaseUrl
  if (engineOf(url) === 'sqlite' && !existsSync(pathOf(url))) {
    io.stderr(`There is no database at ${pathOf(url)}. Start Assay once, or set DATABASE_URL or DATA_DIR.\n`)
    return 1
  }
  await migrate(url)
  const store = openStore(url)
  try {
    await checkSealKeys(store)
    return await run(store)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'seal-key') throw error
    io.stderr(`${error.message}\n`)
    return 1
  } finally {
    await store.close()
  }
}
