import type { Database } from '#db/store.server.ts'

/**
 * Something computed from ratings: a pure reading of the database, whose result is kept until `state` changes. It asks no
 * permission: what calls it does.
 */
export type Task<Asked, Result> = {
  run: (read: Database, asked: Asked) => Promise<Result>
  /** Changes whenever the result may; has to be cheap. `ratings` says how much there is to compute from. */
  state: (read: Database, asked: Asked) => Promise<{ ratings: number }>
  /** From so many ratings on it runs elsewhere; with fewer a round trip costs more than the computing. */
  elsewhereFrom: number
  /**
   * Each kind has a thread or a process of its own, so that short tasks do not wait behind long ones. `files`: it searches files
   * and tells how far it is in shared memory, which needs a thread.
   */
  takes: 'milliseconds' | 'seconds' | 'minutes' | 'files'
}
