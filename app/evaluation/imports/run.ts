/** The one way in for files: looked through first, then stored in one transaction, all or nothing. */
import { stat } from 'node:fs/promises'
import { newId, now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { isUniqueViolation } from '#db/errors.ts'
import type { Database, Store } from '#db/store.server.ts'
import type { Input, Watch } from './bound.ts'
import type { Import } from './importer.ts'
import { IMPORTERS, type ImportKind } from './kinds.ts'
import type { ImportOptions } from './options.ts'
import { asProblem } from './problems.ts'
import { Faults } from './refused.ts'

export type ImportReport = {
  kind: ImportKind
  fileName: string
  records: number
  added: number
  unchanged: number
  /** What else happened, in sentences. */
  notes: string[]
}

/** How much of the work is done, in bytes of the file, which is read twice; of input from elsewhere the total is 0. */
export type Progress = { done: number; total: number }

export type ToImport = {
  kind: ImportKind
  /** What the file is called by those who read messages about it. */
  fileName: string
  options?: ImportOptions
  /** The id the audit log knows the import by. */
  id?: string
  onProgress?: (progress: Progress) => void
  /** Runs at the end of the transaction: what has to be true exactly when the file is stored. */
  alsoInside?: (tx: Database, report: ImportReport) => Promise<void>
} & Input

const TRIES = 3

/**
 * Imports a JSONL or CSV file, or records from elsewhere. Everything in it is stored, or nothing. Records that are there
 * already are counted as unchanged, so that the same file twice changes nothing.
 *
 * @throws ImportRefused with up to a hundred errors by line, field and reason; Problem `forbidden`; Problem `busy` for a
 * database that another program holds, or a full disk
 */
export async function importFile(store: Store, scope: Scope, file: ToImport): Promise<ImportReport> {
  const importer = IMPORTERS[file.kind]
  demand(scope, importer.permission)
  const { fileName, options = {} } = file
  try {
    const before = await stampOf(file)
    const progress = { done: 0, total: 2 * before.bytes }
    const watch: Watch = (bytes) => {
      progress.done += bytes
      file.onProgress?.({ ...progress })
    }
    const { records, faults, readable } = await importer.survey(file, options, watch)
    if (faults.any && readable && !faults.full) {
      // Refused already: the rest is looked through against the project for more to mend, and nothing is stored.
      await importer.store(file, { ...newImport(store.read, scope, options, fileName), faults }, () => {})
    }
    faults.refuse(fileName)
    return await tryAgain(() =>
      store.write(async (tx) => {
        progress.done = before.bytes
        const run = newImport(tx, scope, options, fileName)
        await importer.store(file, run, watch)
        run.faults.refuse(fileName)
        await demandUnchanged(file, before)
        const { kind } = file
        const report = { kind, fileName, records, added: run.added, unchanged: run.unchanged, notes: run.notes }
        await file.alsoInside?.(tx, report)
        if (run.added > 0) await record(tx, audited(scope, file.id ?? newId(), run, report))
        return report
      }),
    )
  } catch (error) {
    throw asProblem(error)
  }
}

const newImport = (tx: Database, scope: Scope, options: ImportOptions, fileName: string): Import => ({
  tx,
  scope,
  options,
  fileName,
  at: now(),
  faults: new Faults(),
  added: 0,
  unchanged: 0,
  passed: {},
  notes: [],
})

const audited = (scope: Scope, id: string, run: Import, { kind, ...report }: ImportReport) => ({
  projectId: scope.project.id,
  actor: { id: accountOf(scope), name: scope.user.name },
  action: `${kind}.imported`,
  subject: 'import',
  subjectId: id,
  detail: { ...report, at: run.at },
})

/** Two imports that store the same thing at once meet in a unique index; the later one finds it there when it tries again. */
async function tryAgain<T>(fn: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fn()
    } catch (error) {
      if (attempt === TRIES || !isUniqueViolation(error)) throw error
    }
  }
}

async function stampOf(input: Input): Promise<{ bytes: number; changedAt: number }> {
  if (!('path' in input)) return { bytes: 0, changedAt: 0 }
  const found = await stat(input.path)
  if (found.isFile()) return { bytes: found.size, changedAt: found.mtimeMs }
  throw new Problem(
    'invalid',
    `${input.path} is not an ordinary file. What comes through a pipe has to be saved first.`,
  )
}

async function demandUnchanged(input: Input, before: { bytes: number; changedAt: number }): Promise<void> {
  const after = await stampOf(input)
  if (after.bytes === before.bytes && after.changedAt === before.changedAt) return
  throw new Problem('conflict', 'The file was changed while it was read. Nothing was stored; import it again.')
}
