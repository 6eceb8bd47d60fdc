import type { Database } from '#db/store.server.ts'
import { computed, computedWithin } from '../computing/computed.server.ts'
import type { Within } from '../computing/within.ts'
import type { DriftComputing } from './drift.ts'
import type { AskedPlan, FoundPlan } from './tasks.ts'

/** As long as a page may be waited for; what takes longer is said to be under way. */
const PATIENCE_MS = 1_500

/** Finds drift in the computing thread, and keeps what was found for as long as no rating is made or superseded. */
export const DRIFT_COMPUTING: DriftComputing = (read, filter) => computedWithin(PATIENCE_MS, read, 'drift', filter)

/** Plans anchors in the computing thread. */
export const planAnchors = (read: Database, asked: AskedPlan): Promise<Within<FoundPlan>> =>
  computedWithin(PATIENCE_MS, read, 'anchor plan', asked)

/** The same for what is worth waiting for. */
export const DRIFT_WAITING: DriftComputing = async (read, filter) => ({
  ready: true,
  value: await computed(read, 'drift', filter),
})
