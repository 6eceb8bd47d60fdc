import type { Store } from '#db/store.server.ts'

/** Makes `store` the database that routes and sessions of this process use. */
export function serveFrom(store: Store): void {
  ;(globalThis as { assayStore?: Store }).assayStore = store
}
