import type { Database } from '#db/store.server.ts'
import { dimensionsOf } from '../../rubrics/read.ts'
import type { Columns } from './columns.ts'
import { keepInFile, keptInFile } from './file/keep.ts'
import { type Kept, nothingKept, refresh } from './refresh.ts'

const MOST_VERSIONS = 4
/** Fewer are read about as quickly as a file. */
const NEWS_WORTH_A_FILE = 2_000

/** By database and rubric version, the longest unused first; each a promise, so that one waits for what another has begun. */
const kept = new WeakMap<Database, Map<string, Promise<Kept>>>()

/**
 * The ratings in force under a rubric version, read once and kept, from one process to the next in a file: what was made or
 * superseded since is added. The columns are shared and grow, so whoever takes from them does so before awaiting anything else.
 */
export async function ratingsInForce(read: Database, rubricVersionId: string): Promise<Columns> {
  const versions = kept.get(read) ?? new Map<string, Promise<Kept>>()
  kept.set(read, versions)
  // one at a time: two that read the same news would add them twice
  const ready = (versions.get(rubricVersionId) ?? begun(read, rubricVersionId)).then(async (known) => {
    await refresh(read, known, rubricVersionId)
    return known
  })
  versions.delete(rubricVersionId)
  versions.set(rubricVersionId, ready)
  for (const oldest of versions.keys()) {
    if (versions.size <= MOST_VERSIONS) break
    versions.delete(oldest)
  }
  try {
    return (await ready).columns
  } catch (error) {
    // what fell out half way is not to be trusted
    versions.delete(rubricVersionId)
    throw error
  }
}

async function begun(read: Database, rubricVersionId: string): Promise<Kept> {
  const dimensions = await dimensionsOf(read, rubricVersionId)
  return (await keptInFile(read, rubricVersionId, dimensions)) ?? nothingKept(dimensions)
}

/**
 * Writes files of what was read of the database, where so many ratings are not in them yet: for when there is time. Rejects where that
 * fails, which harms nothing else.
 */
export async function keepRatingsInForce(read: Database, news = NEWS_WORTH_A_FILE): Promise<void> {
  const versions = kept.get(read) ?? new Map<string, Promise<Kept>>()
  const failures: unknown[] = []
  for (const [rubricVersionId, ready] of versions) {
    const written = ready.then(async (known) => {
      if (known.news < news) return known
      await keepInFile(read, rubricVersionId, known).catch((error: unknown) => failures.push(error))
      return known
    })
    if (versions.get(rubricVersionId) === ready) versions.set(rubricVersionId, written)
    await written
  }
  if (failures.length > 0) throw failures[0]
}
