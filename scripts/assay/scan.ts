import { parseArgs } from 'node:util'
import { type CaseLeak, type FileScan, indexCases, LEAST, scanFile } from '#app/evaluation/contamination/scan.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { Unreadable } from '#app/formats/unreadable.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { commandLineScope } from './command-line-scope.ts'
import { withDatabase } from './database.ts'

const USAGE = `usage: npm run -s assay -- scan FILE... --project SLUG [--json]

Looks in prompts, few-shot files and fine-tuning sets for the project's cases: their inputs and references, whole or with words
changed, whatever their case, white space, punctuation or JSON escapes. Prints which cases, how much and where, never their text.
Exit status: 0 nothing found, 1 something found, 2 a file could not be read.

--json       one object to standard output
`

type Request = { files: string[]; project: string; json: boolean }

function requestIn(argv: string[]): Request | 'help' | string {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        project: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help || positionals.length === 0) return 'help'
    if (!values.project) return 'Say which project: --project SLUG.'
    return { files: positionals, project: values.project, json: values.json }
  } catch (error) {
    return (error as Error).message
  }
}

/** Looks for a project's cases in files and prints what was found; see the usage for the exit status. */
export async function scanIn(store: Store, { files, project, json }: Request, io: Output): Promise<number> {
  const known = await indexCases(store, await commandLineScope(store, project))
  const scans: FileScan[] = []
  let unreadable = 0
  for (const path of files) {
    try {
      scans.push(await scanFile(known, path))
    } catch (error) {
      unreadable += 1
      io.stderr(`${path}${whyNot(error)}\n`)
    }
  }
  const tooShort = known.index.tooShort.length
  if (json) io.stdout(`${JSON.stringify({ project, cases: known.cases, tooShort, least: LEAST, files: scans })}\n`)
  else for (const line of reportOf(scans, known.cases, tooShort)) io.stdout(`${line}\n`)
  if (unreadable > 0) return 2
  return scans.some(({ leaks }) => leaks.length > 0) ? 1 : 0
}

/** Why a file could not be read, to follow its name. Throws on what is not the file's fault. */
function whyNot(error: unknown): string {
  if (error instanceof Unreadable) return `${error.line === null ? '' : `:${error.line}`}: ${error.message}`
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return ': there is no such file.'
  if (code === 'EACCES' || code === 'EISDIR') return ': it cannot be read as a file.'
  throw error
}

const percent = (share: number): string => `${Math.round(100 * share)} %`

function lineOf({ key, part, share, near, firstLine, lastLine }: CaseLeak): string {
  const where = firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`
  const much = share >= LEAST.share ? `${percent(share)} word for word` : `about ${percent(near)}, with words changed`
  return `  ${key}  ${part}  ${much}  ${where}`
}

function reportOf(scans: readonly FileScan[], cases: number, tooShort: number): string[] {
  const found = scans.flatMap(({ path, leaks }) => (leaks.length > 0 ? [path, ...leaks.map(lineOf)] : []))
  const leaked = new Set(scans.flatMap(({ leaks }) => leaks.map(({ caseId }) => caseId))).size
  const many = scans.length === 1 ? '1 file' : `${scans.length} files`
  const short = tooShort > 0 ? ` ${tooShort} texts of fewer than four words were not looked for.` : ''
  return [...found, `${leaked} of ${cases} cases found in ${many}.${short}`]
}

/** `assay scan`: looks for cases of the database of DATABASE_URL in files. Returns the exit status. */
export async function runScan(argv: string[], io: Output): Promise<number> {
  const request = requestIn(argv)
  if (request === 'help') {
    io.stdout(USAGE)
    return 0
  }
  if (typeof request === 'string') {
    io.stderr(`${request}\n\n${USAGE}`)
    return 2
  }
  return withDatabase(io, async (store) => {
    try {
      return await scanIn(store, request, io)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      io.stderr(`${error.message}\n`)
      return 2
    }
  })
}
