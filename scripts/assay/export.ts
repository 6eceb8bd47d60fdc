import { parseArgs } from 'node:util'
import { Problem } from '#app/evaluation/problem.ts'
import { type ExportFormat, exportRatings } from '#app/evaluation/ratings/export.ts'
import type { Output } from '../assay.ts'
import { commandLineScope } from './command-line-scope.ts'
import { withDatabase } from './database.ts'

const USAGE = `usage: npm run -s assay -- export ratings --project SLUG [--round ID] [--format csv|jsonl] [--all]

Writes ratings to standard output in long form, one line a dimension, with all provenance. docs/export.md explains the
columns.

--round ID   one round (its address in the app ends with it); without it every round of the project
--format     csv (the default) or jsonl
--all        superseded ratings too: corrections and submits taken back
`

type Request = { project: string; round: string | undefined; format: ExportFormat; all: boolean }

function requestIn(argv: string[]): Request | 'help' | string {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        project: { type: 'string' },
        round: { type: 'string' },
        format: { type: 'string', default: 'csv' },
        all: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const { project, round, format, all, help } = values
    if (help || positionals.length === 0) return 'help'
    if (positionals.join(' ') !== 'ratings') return `export writes ratings, not "${positionals.join(' ')}".`
    if (!project) return 'Say which project: --project SLUG.'
    if (format !== 'csv' && format !== 'jsonl') return `--format is csv or jsonl, not "${format}".`
    return { project, round, format, all }
  } catch (error) {
    return (error as Error).message
  }
}

/** `assay export ratings`: writes ratings of the database of DATABASE_URL. Returns the exit status. */
export async function runExport(argv: string[], io: Output): Promise<number> {
  const request = requestIn(argv)
  if (request === 'help') {
    io.stdout(USAGE)
    return 0
  }
  if (typeof request === 'string') {
    io.stderr(`${request}\n\n${USAGE}`)
    return 2
  }
  const { project, round, format, all } = request
  return withDatabase(io, async (store) => {
    try {
      const scope = await commandLineScope(store, project)
      const filter = round === undefined ? { all } : { roundId: round, all }
      for await (const piece of exportRatings(store, scope, filter, format)) io.stdout(piece)
      return 0
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      io.stderr(`${error.message}\n`)
      return 2
    }
  })
}
