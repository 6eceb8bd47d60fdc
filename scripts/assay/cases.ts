import { parseArgs } from 'node:util'
import { Problem } from '#app/evaluation/problem.ts'
import { PushRefused } from '#app/evaluation/rubrics/files/refusal.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { pullInto } from './cases/pull.ts'
import { pushFrom } from './cases/push.ts'
import { commandLineScope } from './command-line-scope.ts'
import { withDatabase } from './database.ts'
import { refusalsInWords, statusOf } from './rubric/refusals.ts'

const USAGE = `usage: npm run -s assay -- cases pull DIR --project SLUG [--force]
       npm run -s assay -- cases push DIR --project SLUG

Cases as YAML files for Git: DIR/cases/KEY.yaml with its references, DIR/documents/HASH.md (docs/case-files.md). Of sealed
cases there is a hash and no text.

pull      writes every case that is not archived; a second pull changes nothing
push      makes cases that are not here, and brings references to what the files say, all or none
--force   pull even over files that hold changes of their own

Exit status: 0 done (or nothing to do), 1 refused because both sides changed or the database would not, 2 a file or the
command line is wrong.
`

export type CasesRequest = { does: 'pull' | 'push'; folder: string; project: string; force: boolean }

/** What a command line asks for, or what is wrong with it. */
export function casesRequest(argv: string[]): CasesRequest | 'help' | { wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        project: { type: 'string' },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const { project, force, help } = values
    if (help || positionals.length === 0) return 'help'
    const [does, folder, ...rest] = positionals
    if (does !== 'pull' && does !== 'push') return { wrong: `cases does pull or push, not "${does}".` }
    if (folder === undefined) return { wrong: `cases ${does}: give the folder.` }
    if (rest.length > 0) return { wrong: `cases ${does}: one folder, so what is "${rest.join(' ')}"?` }
    if (!project) return { wrong: 'Say which project: --project SLUG.' }
    if (does === 'push' && force) return { wrong: '--force goes with pull: a push never overwrites.' }
    return { does, folder, project, force }
  } catch (error) {
    return { wrong: (error as Error).message }
  }
}

/** `assay cases`: cases of the database of DATABASE_URL to and from files. Returns the exit status. */
export async function runCases(argv: string[], io: Output): Promise<number> {
  const request = casesRequest(argv)
  if (request === 'help') {
    io.stdout(USAGE)
    return 0
  }
  if ('wrong' in request) {
    io.stderr(`${request.wrong}\n\n${USAGE}`)
    return 2
  }
  return withDatabase(io, (store) => casesIn(store, request, io))
}

/** Does what was asked for on an open database, and says what came of it. */
export async function casesIn(store: Store, request: CasesRequest, io: Output): Promise<number> {
  try {
    const scope = await commandLineScope(store, request.project)
    io.stdout(await (request.does === 'pull' ? pullInto(store, scope, request) : pushFrom(store, scope, request)))
    return 0
  } catch (error) {
    if (error instanceof PushRefused) {
      io.stderr(refusalsInWords(error.refusals))
      return statusOf(error.refusals)
    }
    if (!(error instanceof Problem)) throw error
    io.stderr(`${error.message}\n`)
    return 2
  }
}
