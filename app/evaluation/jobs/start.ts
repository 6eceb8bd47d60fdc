import { CLOSENESS_JOB, closenessHandler } from '#app/evaluation/closeness/job.ts'
import { scanHandler } from '#app/evaluation/contamination/scans/job.ts'
import { importHandler } from '#app/evaluation/imports/job.ts'
import { openHandler, queueDueOpenings } from '#app/evaluation/rotation/open.ts'
import { samplingHandler } from '#app/evaluation/sampling/job.ts'
import { log } from '#app/log.server.ts'
import type { Store } from '#db/store.server.ts'
import { startWorker, type Worker } from './worker.ts'

const HOUR_MS = 3_600_000

// A development server reloads modules; the worker must outlive them.
const kept = globalThis as { assayJobs?: Worker; assayHourly?: NodeJS.Timeout }

/** Starts working off jobs in this process; `dataDir` is where their files are. */
export function startJobs(store: Store, dataDir: string): void {
  kept.assayJobs ??= startWorker(store, {
    import: importHandler(dataDir),
    sampling: samplingHandler,
    scan: scanHandler(dataDir),
    'open-rotation': openHandler,
    [CLOSENESS_JOB]: closenessHandler,
  })
  openWhatIsDue(store)
  kept.assayHourly ??= setInterval(() => openWhatIsDue(store), HOUR_MS).unref()
}

/** What rotations let out of the holdout a day ago. */
function openWhatIsDue(store: Store): void {
  queueDueOpenings(store)
    .then((due) => due > 0 && wakeJobs())
    .catch((error: unknown) => log().error({ err: error }, 'looking for what is to be opened failed'))
}

/** Says that there is a new job. Without a worker in this process another one finds it. */
export const wakeJobs = (): void => kept.assayJobs?.wake()

/** Takes no more jobs; resolves when the one in hand is done. */
export async function stopJobs(): Promise<void> {
  clearInterval(kept.assayHourly)
  await kept.assayJobs?.stop()
  delete kept.assayJobs
  delete kept.assayHourly
}
