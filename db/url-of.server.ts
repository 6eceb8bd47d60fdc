import type { Database } from './store.server.ts'

const urls = new WeakMap<Database, string>()

/** Remembers where a connection leads, for threads that need one of their own. */
export function rememberUrl(read: Database, url: string): void {
  urls.set(read, url)
}

/** Where else the same database can be reached; null for one in memory, which is this thread's own. */
export const urlOf = (read: Database): string | null => urls.get(read) ?? null
