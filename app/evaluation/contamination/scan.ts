import type { Task } from '#app/evaluation/computing/task.ts'
import type { Database } from '#db/store.server.ts'
import { canariesOf } from './canaries.ts'
import { indexCases } from './case-texts.ts'
import type { FileFindings, ScanFindings } from './findings.ts'
import { scanFile } from './scan-file.ts'

export type FileToScan = { path: string; name: string }

/**
 * Looks for a project's cases in files, one after the other. It opens what is sealed and asks no permission: what calls it
 * does, and gets none of the text.
 *
 * @param onBytes called with how many bytes have been read so far
 */
export async function scanFiles(
  read: Database,
  projectId: string,
  files: readonly FileToScan[],
  onBytes: (bytes: number) => void = () => undefined,
): Promise<ScanFindings> {
  const known = await indexCases(read, projectId)
  const searched = { ...known, canaries: await canariesOf(read, projectId) }
  const found: FileFindings[] = []
  let done = 0
  for (const file of files) {
    found.push(
      await scanFile(searched, file, (bytes) => {
        done += bytes
        onBytes(done)
      }),
    )
  }
  return { cases: known.cases, tooShort: known.index.tooShort.length, files: found }
}

const KILOBYTE = 1024

/** `progress`: one number, in kilobytes, that the thread writes and whoever asked reads. */
export type ScanAsked = { projectId: string; files: readonly FileToScan[]; bytes: number; progress: SharedArrayBuffer }

/** The scan for a thread. Its result is stored, so it is asked of the thread itself and never kept. */
export const SCAN: Task<ScanAsked, ScanFindings> = {
  run: (read, { projectId, files, progress }) => {
    const kilobytes = new Int32Array(progress)
    return scanFiles(read, projectId, files, (bytes) => Atomics.store(kilobytes, 0, Math.floor(bytes / KILOBYTE)))
  },
  state: async (_read, { bytes }) => ({ ratings: bytes }),
  elsewhereFrom: 0,
  takes: 'files',
}
