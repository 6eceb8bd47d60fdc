import { parseArgs } from 'node:util'
import { demand } from '#app/auth/permissions.ts'
import type { CaseLeak, FileFindings, ScanFindings } from '#app/evaluation/contamination/findings.ts'
import { scanFiles } from '#app/evaluation/contamination/scan.ts'
import { LEAST } from '#app/evaluation/contamination/scan-file.ts'
import { Problem } from '#app/evaluation/problem.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { commandLineScope } from './command-line-scope.ts'
import { withDatabase } from './database.ts'

const USAGE = `usage: npm run -s assay -- scan FILE... --project SLUG [--json]

Looks in prompts, few-shot files and fine-tuning sets for the project's cases: their inputs and references, whole or with words
changed, whatever their case, white space, punctuation or JSON escapes; and for the canaries of sealed sets. Prints which cases,
how much and where, never their text; of sealed cases how much in tenths, and not where.
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
  const scope = await commandLineScope(store, project)
  demand(scope, 'scan.run')
  const asked = files.map((path) => ({ path, name: path }))
  const found = await scanFiles(store.read, scope.project.id, asked)
  if (json) {
    const { cases, tooShort } = found
    io.stdout(`${JSON.stringify({ project, cases, tooShort, least: LEAST, files: found.files })}\n`)
  } else for (const line of reportOf(found)) io.stdout(`${line}\n`)
  const faults = found.files.filter(({ fault }) => fault !== null)
  for (const { name, fault } of faults) io.stderr(`${name}: ${fault}\n`)
  if (faults.length > 0) return 2
  return found.files.some(({ leaks, canaries }) => leaks.length > 0 || canaries.length > 0) ? 1 : 0
}

const percent = (share: number): string => `${Math.round(100 * share)} %`

function lineOf({ key, part, share, near, lines }: CaseLeak): string {
  const much = share >= LEAST.share ? `${percent(share)} word for word` : `about ${percent(near)}, with words changed`
  if (lines === null) return `  ${key}  ${part}  ${much}  sealed, so not told where`
  const where = lines.first === lines.last ? `line ${lines.first}` : `lines ${lines.first} to ${lines.last}`
  return `  ${key}  ${part}  ${much}  ${where}`
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const linesOf = ({ name, leaks, canaries }: FileFindings): string[] =>
  leaks.length + canaries.length === 0
    ? []
    : [
        name,
        ...canaries.map(
          ({ sealedAt }) => `  the canary of what was sealed on ${dayOf(sealedAt)}: sealed text has left Assay`,
        ),
        ...leaks.map(lineOf),
      ]

function reportOf({ files, cases, tooShort }: ScanFindings): string[] {
  const leaked = new Set(files.flatMap(({ leaks }) => leaks.map(({ caseId }) => caseId))).size
  const many = files.length === 1 ? '1 file' : `${files.length} files`
  const short = tooShort > 0 ? ` ${tooShort} texts of fewer than four words were not looked for.` : ''
  return [...files.flatMap(linesOf), `${leaked} of ${cases} cases found in ${many}.${short}`]
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
