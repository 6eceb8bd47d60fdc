import { computed, computedWithin } from '../computing/computed.server.ts'
import type { Computing } from './calibration.ts'

/** How long a page waits for figures before it says that they are still being computed. */
const PATIENCE_MS = 2_500
/** The rest of the page is there to be read, so it waits less for this. */
const SUSPICION_MS = 250

/** Computes calibration off the request's thread when it is long, and keeps results until ratings change. */
export const COMPUTING: Computing = {
  figures: (read, filter) => computedWithin(PATIENCE_MS, read, 'calibration', filter),
  page: (read, asked) => computed(read, 'calibrated page', asked),
  items: (read, asked) => computed(read, 'calibrated items', asked),
  suspicion: (read, filter) => computedWithin(SUSPICION_MS, read, 'suspicion', filter),
}

/** The same for files, which cannot say "come again": they wait. */
export const COMPUTING_TO_THE_END: Computing = {
  ...COMPUTING,
  figures: async (read, filter) => ({ ready: true, value: await computed(read, 'calibration', filter) }),
  suspicion: async (read, filter) => ({ ready: true, value: await computed(read, 'suspicion', filter) }),
}
