import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Scope } from '#app/auth/permissions.ts'
import { env } from '#app/env.server.ts'
import { FOLDER_DEFAULTS, importFolder } from '#app/evaluation/imports/folder.ts'
import type { ImportOptions } from '#app/evaluation/imports/options.ts'
import { ImportRefused } from '#app/evaluation/imports/refused.ts'
import { importRubric } from '#app/evaluation/imports/rubric.ts'
import { type ImportReport, importFile } from '#app/evaluation/imports/run.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { previewTraces } from '#app/evaluation/traces/preview.ts'
import { namesIn } from '#app/evaluation/traces/redaction/names.ts'
import { migrate } from '#db/migrate.server.ts'
import { openStore, type Store } from '#db/store.server.ts'
import { commandLineScope } from './command-line-scope.ts'
import { BadUsage, type ImportRequest, importRequest, USAGE } from './import-options.ts'
import { newProject } from './import-project.ts'
import { progressOn, refusalText, reportText } from './import-report.ts'
import { previewText } from './preview-text.ts'

type Output = { stdout: (text: string) => void; stderr: (text: string) => void }

/**
 * `assay import`: brings files into the database of DATABASE_URL.
 *
 * @returns the exit status: 0, 1 where the database or disk would not, 2 where the file or command line is wrong
 */
export async function runImport(argv: string[], io: Output): Promise<number> {
  let request: ImportRequest | null
  try {
    request = importRequest(argv)
  } catch (error) {
    if (!(error instanceof BadUsage)) throw error
    io.stderr(`${error.message}\n\n${USAGE}`)
    return 2
  }
  if (request === null) {
    io.stdout(USAGE)
    return 0
  }
  if (request.preview) return runPreview(request, io)
  const url = env().databaseUrl
  await migrate(url)
  const store = openStore(url)
  try {
    return await importInto(store, request, io)
  } finally {
    await store.close()
  }
}

/** Does what was asked for, and says what came of it. */
export async function importInto(store: Store, request: ImportRequest, io: Output): Promise<number> {
  try {
    await importAsked(store, request, io)
    return 0
  } catch (error) {
    if (error instanceof ImportRefused) io.stderr(refusalText(error))
    else if (error instanceof Problem) io.stderr(`${error.message}\n`)
    else throw error
    return error.kind === 'busy' ? 1 : 2
  }
}

async function importAsked(store: Store, request: ImportRequest, io: Output): Promise<void> {
  const scope = await commandLineScope(store, await projectOf(store, request, io))
  const { what, path } = request
  if (what === 'rubric') {
    const { key, number, unchanged } = await importRubric(store, scope, { path, fileName: basename(path) })
    io.stdout(`rubric ${key}: version ${number} ${unchanged ? 'is there already' : 'published'}\n`)
  } else if (what === 'folder') await importWhole(store, scope, request, io)
  else {
    const progress = progressOn(io.stderr, { tty: process.stderr.isTTY === true })
    const began = performance.now()
    const report = await importFile(store, scope, {
      kind: what,
      path,
      fileName: basename(path),
      options: await withNames(request),
      onProgress: (made) => progress.show(what, made),
    }).finally(progress.clear)
    io.stdout(reportText(report, (performance.now() - began) / 1000))
  }
}

/** Shows what would be stored of a file of traces; the database is not opened. */
async function runPreview(request: ImportRequest, io: Output): Promise<number> {
  try {
    const found = await previewTraces(request.path, await withNames(request), Number.POSITIVE_INFINITY)
    io.stdout(previewText(found))
    return found.errors.length > 0 ? 2 : 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    io.stderr(`${error.message}\n`)
    return 2
  }
}

async function withNames({ names, options }: ImportRequest): Promise<ImportOptions> {
  if (names === undefined) return options
  const text = await readFile(names, 'utf8').catch(() => {
    throw new Problem('missing', `The list of names ${names} cannot be read.`)
  })
  return { ...options, names: namesIn(text) }
}

async function importWhole(store: Store, scope: Scope, request: ImportRequest, io: Output): Promise<void> {
  const { path, ratings, kinds, options } = request
  const onReport = (report: ImportReport) => io.stdout(reportText(report))
  await importFolder(store, scope, { folder: path, ratings, kinds, options, onReport })
}

async function projectOf(store: Store, request: ImportRequest, io: Output): Promise<string> {
  const { newProject: name, project, owner, what, options } = request
  if (name === undefined) return project ?? ''
  // A folder's cases are all of one segment: the usual lists would only be empty columns.
  const { category = FOLDER_DEFAULTS.category, userSegment = FOLDER_DEFAULTS.userSegment } = options
  const lists = what === 'folder' ? { categories: [category], userSegments: [userSegment] } : {}
  const made = await newProject(store, { name, slug: project, owner, ...lists })
  io.stdout(`Made the project "${name}" at /p/${made.slug}, owned by ${made.owner}.\n`)
  return made.slug
}
