import { importHandler } from '#app/evaluation/imports/job.ts'
import { scanHandler } from '#app/evaluation/contamination/scans/job.ts'
import type { Store } from '#db/store.server.ts'
import { startWorker, type Worker } from './worker.ts'

// A development server reloads modules; the worker must outlive them.
const kept = globalThis as { assayJobs?: Worker }

/** Starts working off jobs in this process; `dataDir` is where their files are. */
export function startJobs(store: Store, dataDir: string): void {
  kept.assayJobs ??= startWorker(store, { import: importHandler(dataDir), scan: scanHandler(dataDir) })
}

/** Says that there is a new job. Without a worker in this process another one finds it. */
export const wakeJobs = (): void => kept.assayJobs?.wake()

/** Takes no more jobs; resolves when the one in hand is done. */
export async function stopJobs(): Promise<void> {
  await kept.assayJobs?.stop()
  delete kept.assayJobs
}
