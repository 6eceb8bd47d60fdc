import { basename, join, resolve } from 'node:path'
import type { Scope } from '#app/auth/permissions.ts'
import { FaultyFile, ITEMS, readRatingFolder } from '#app/formats/rating-folder.ts'
import type { Batch, Numbered } from '#app/formats/unreadable.ts'
import type { Store } from '#db/store.server.ts'
import type { ImportOptions } from './options.ts'
import { asProblem } from './problems.ts'
import { ImportRefused } from './refused.ts'
import { type ImportReport, importFile } from './run.ts'

export type FolderToImport = {
  folder: string
  /** The file of ratings in it. */
  ratings?: string | undefined
  /** Only lines of these kinds are ratings; all where left out. */
  kinds?: readonly string[] | undefined
  options?: ImportOptions
  /** Told as each of the four imports is done: what was stored stays when a later one is refused. */
  onReport?: (report: ImportReport) => void
}

/** What a folder does not say of its cases. */
export const FOLDER_DEFAULTS = { category: 'generation', userSegment: 'general', addSegments: true }

const BATCH = 200

const IN_A_FOLDER = ['cases', 'responses', 'references', 'ratings'] as const

/**
 * Imports a folder of published ratings (items.jsonl, documents.jsonl, ratings.csv) through the ordinary importers, one
 * after the other. Ratings go under the rubric of the options, or one made from the scores and called after the folder.
 *
 * @throws ImportRefused with the errors of a file of the folder
 */
export async function importFolder(store: Store, scope: Scope, given: FolderToImport): Promise<ImportReport[]> {
  const ratings = given.ratings ?? 'ratings.csv'
  const folder = basename(resolve(given.folder))
  const records = await readRatingFolder(given.folder, { ratings, kinds: given.kinds }).catch((error: unknown) => {
    if (error instanceof FaultyFile) throw new ImportRefused(join(folder, error.file), error.errors.slice(0, 100))
    throw asProblem(error)
  })
  const title = ratings === 'ratings.csv' ? folder : `${folder} ${ratings.replace(/\.\w+$/, '')}`
  const options: ImportOptions = { ...FOLDER_DEFAULTS, round: title, ...given.options }
  if (options.rubric === undefined) options.rubricFromData ??= title
  const reports: ImportReport[] = []
  for (const kind of IN_A_FOLDER) {
    const all: readonly Numbered<unknown>[] = records[kind]
    if (all.length === 0) continue
    const fileName = join(folder, kind === 'ratings' ? ratings : ITEMS)
    const report = await importFile(store, scope, { kind, fileName, options, batches: () => batchesOf(all) }).catch(
      (error: unknown) => {
        const several = kind === 'ratings' && given.kinds === undefined && records.kinds.size > 1
        throw several && error instanceof ImportRefused ? withHint(error, fileName, records.kinds) : error
      },
    )
    if (kind === 'ratings') report.notes.unshift(...records.notes)
    reports.push(report)
    given.onReport?.(report)
  }
  return reports
}

/** Scores of several kinds in one file are seldom on one scale. */
function withHint(refused: ImportRefused, fileName: string, kinds: ReadonlyMap<string, number>): ImportRefused {
  const told = [...kinds].map(([kind, count]) => `${kind} (${count.toLocaleString('en')})`).join(', ')
  const reason = `The file holds several kinds of scores: ${told}. Keep those of one kind: --kind KIND.`
  return new ImportRefused(fileName, [{ line: null, field: 'kind', reason }, ...refused.errors])
}

async function* batchesOf(all: readonly Numbered<unknown>[]): AsyncGenerator<Batch<unknown>> {
  for (let at = 0; at < all.length; at += BATCH) yield { records: all.slice(at, at + BATCH), errors: [], bytes: 0 }
}
