import { openStore, type Store } from '#db/store.server.ts'
import { env } from './env.server.ts'

// A development server reloads modules; the open database must outlive them.
const kept = globalThis as { assayStore?: Store }

/** The database of this process, opened when first asked for. */
export function store(): Store {
  kept.assayStore ??= openStore(env().databaseUrl)
  return kept.assayStore
}
