import type { Scope } from '#app/auth/permissions.ts'
import type { Database, Store } from '#db/store.server.ts'
import type { Within } from '../computing/within.ts'
import { type DriftChoices, driftChoices, settleDrift } from './choices.ts'
import { type DriftFilter, NO_DRIFT_FILTER, type SettledDrift } from './filter.ts'
import { findDrift } from './find-drift.ts'
import type { DriftFindings } from './findings.ts'

/** Who does the computing: at once and here, or kept, or in another thread, which may take longer than one waits. */
export type DriftComputing = (read: Database, filter: SettledDrift) => Promise<Within<DriftFindings>>

export const DRIFT_HERE: DriftComputing = async (read, filter) => ({
  ready: true,
  value: await findDrift(read, filter),
})

export type Drifted = {
  choices: DriftChoices
  /** Null: the project has no such rubric, or none that was ever rated under. */
  filter: SettledDrift | null
  /** Null without a filter; not ready: still computing. */
  found: Within<DriftFindings> | null
}

/**
 * Drift in a project's effective ratings under all versions of one rubric.
 *
 * @throws Problem `forbidden` for those who may not see figures
 */
export async function driftIn(
  store: Pick<Store, 'read'>,
  scope: Scope,
  wanted: DriftFilter = NO_DRIFT_FILTER,
  computing: DriftComputing = DRIFT_HERE,
): Promise<Drifted> {
  const choices = await driftChoices(store, scope)
  const filter = settleDrift(wanted, choices)
  return { choices, filter, found: filter && (await computing(store.read, filter)) }
}
