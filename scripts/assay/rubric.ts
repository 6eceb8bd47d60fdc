import { parseArgs } from 'node:util'
import { Problem } from '#app/evaluation/problem.ts'
import { PushRefused } from '#app/evaluation/rubrics/files/refusal.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { commandLineScope } from './command-line-scope.ts'
import { withDatabase } from './database.ts'
import { pullInto } from './rubric/pull.ts'
import { pushFrom } from './rubric/push.ts'
import { refusalsInWords, statusOf } from './rubric/refusals.ts'

const USAGE = `usage: npm run -s assay -- rubric pull DIR --project SLUG [--rubric KEY] [--force]
       npm run -s assay -- rubric push DIR --project SLUG [--rubric KEY] [--publish]

Rubrics as YAML files for Git: DIR/KEY/v1.yaml, v2.yaml ... and draft.yaml (docs/rubric-files.md).

pull         writes every version of every rubric; a second pull changes nothing
push         makes or changes the draft of each draft.yaml, all of them or none; makes rubrics that are not here
--publish    publishes what is pushed: the draft with the change note in its file, and versions not here yet
--rubric KEY only this rubric
--force      pull even over a draft.yaml that holds changes of its own

Exit status: 0 done (or nothing to do), 1 refused because both sides changed or the database would not, 2 a file or the
command line is wrong.
`

export type RubricRequest = {
  does: 'pull' | 'push'
  folder: string
  project: string
  rubric: string | undefined
  publish: boolean
  force: boolean
}

/** Reads the command line: a request, `help`, or what is wrong with it. */
export function rubricRequest(argv: string[]): RubricRequest | 'help' | { wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        project: { type: 'string' },
        rubric: { type: 'string' },
        publish: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const { project, rubric, publish, force, help } = values
    if (help || positionals.length === 0) return 'help'
    const [does, folder, ...rest] = positionals
    if (does !== 'pull' && does !== 'push') return { wrong: `rubric does pull or push, not "${does}".` }
    if (folder === undefined) return { wrong: `rubric ${does}: give the folder.` }
    if (rest.length > 0) return { wrong: `rubric ${does}: one folder, so what is "${rest.join(' ')}"?` }
    if (!project) return { wrong: 'Say which project: --project SLUG.' }
    if (does === 'pull' && publish) return { wrong: '--publish goes with push.' }
    if (does === 'push' && force) return { wrong: '--force goes with pull: a push never overwrites.' }
    return { does, folder, project, rubric, publish, force }
  } catch (error) {
    return { wrong: (error as Error).message }
  }
}

/** `assay rubric`: rubrics of the database of DATABASE_URL to and from files. Returns the exit status. */
export async function runRubric(argv: string[], io: Output): Promise<number> {
  const request = rubricRequest(argv)
  if (request === 'help') {
    io.stdout(USAGE)
    return 0
  }
  if ('wrong' in request) {
    io.stderr(`${request.wrong}\n\n${USAGE}`)
    return 2
  }
  return withDatabase(io, (store) => rubricIn(store, request, io))
}

/** Does what was asked for on an open database, and says what came of it. */
export async function rubricIn(store: Store, request: RubricRequest, io: Output): Promise<number> {
  try {
    const scope = await commandLineScope(store, request.project)
    const said = await (request.does === 'pull' ? pullInto(store, scope, request) : pushFrom(store, scope, request))
    io.stdout(said)
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
