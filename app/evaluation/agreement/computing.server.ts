import { env } from '#app/env.server.ts'
import type { Database } from '#db/store.server.ts'
import { COMPUTING_HERE, type Computing, stateOfRatings } from './agreement.ts'
import type { Breakdown } from './breakdown.ts'
import type { AgreementFigures } from './figures.ts'
import type { Settled } from './filter.ts'
import { inThread } from './thread.server.ts'

/** With fewer ratings than this a round trip to another thread costs more than the computing. */
const AT_ONCE_BELOW = 4_000
const MOST_KEPT = 100

/** The newest results, the longest unused first. A promise is kept, so that two who ask at once wait for one computing. */
const kept = new Map<string, Promise<unknown>>()

/**
 * Computes agreement off the request's thread when it is long, and keeps results for as long as no rating under the version
 * has been made or superseded.
 */
export const COMPUTING: Computing = {
  figures: (read, filter) => computed(read, filter, null, COMPUTING_HERE.figures),
  breakdown: (read, filter, dimensionId) =>
    computed(read, filter, dimensionId, (from, by) => COMPUTING_HERE.breakdown(from, by, dimensionId)),
}

async function computed<T extends AgreementFigures | Awaited<ReturnType<Computing['breakdown']>> | Breakdown>(
  read: Database,
  filter: Settled,
  dimensionId: string | null,
  here: (read: Database, filter: Settled) => Promise<T>,
): Promise<T> {
  const state = await stateOfRatings(read, filter.rubricVersionId)
  const key = JSON.stringify([filter, dimensionId, state])
  const found = kept.get(key)
  const result = found ?? (isLong(state.ratings) ? inThread({ filter, dimensionId }) : here(read, filter))
  kept.delete(key)
  kept.set(key, result)
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(oldest)
  }
  try {
    return (await result) as T
  } catch (error) {
    kept.delete(key)
    throw error
  }
}

/** A database in memory is this thread's own. */
const isLong = (ratings: number): boolean => ratings >= AT_ONCE_BELOW && !env().databaseUrl.includes(':memory:')
