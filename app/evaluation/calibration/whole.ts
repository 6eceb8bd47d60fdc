import type { Database } from '#db/store.server.ts'
import type { Settled } from '../agreement/filter.ts'
import { type RatingsState, stateOfRatings } from '../agreement/state.ts'
import { calibrationOf, type WholeCalibration } from './figures.ts'

/** Each holds every item of its rounds. */
const MOST_KEPT = 2

/** By database, filter and state, the longest unused first. */
const kept = new WeakMap<Database, Map<string, Promise<WholeCalibration>>>()

/**
 * The calibration with all its items, kept where it was computed: the pages of items that are looked at after the figures come from
 * the same fit.
 *
 * @param state that of figures already seen; by default as things are
 */
export async function wholeCalibration(
  read: Database,
  filter: Settled,
  state?: RatingsState,
): Promise<WholeCalibration> {
  const key = JSON.stringify([filter, state ?? (await stateOfRatings(read, filter.rubricVersionId))])
  const here = kept.get(read) ?? new Map<string, Promise<WholeCalibration>>()
  kept.set(read, here)
  const found = here.get(key) ?? calibrationOf(read, filter)
  here.delete(key)
  here.set(key, found)
  found.catch(() => here.delete(key))
  for (const oldest of here.keys()) {
    if (here.size <= MOST_KEPT) break
    here.delete(oldest)
  }
  return found
}
