import { parseArgs } from 'node:util'
import { verifyChain, wholeChain } from '#app/evaluation/audit/verify.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { withDatabase } from './database.ts'

const USAGE = `usage: npm run -s assay -- audit verify [--expect HASH]
       npm run -s assay -- audit export

verify   walks the whole chain and names the first entry that is not as it was written. Prints the number of entries and
         the head, the hash of the last one. Keep that line elsewhere: with --expect it proves later that nothing up to
         there was cut off or written anew. Exit status: 0 in order, 1 broken.
export   writes every entry as JSONL to standard output, the oldest first, every field as it is hashed.
`

type Asked = { command: 'verify' | 'export'; expect: string | undefined }

function asked(argv: string[]): Asked | 'help' | string {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { expect: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    const [command] = positionals
    if (values.help || command === undefined) return 'help'
    if ((command !== 'verify' && command !== 'export') || positionals.length > 1) {
      return `audit has no command "${positionals.join(' ')}".`
    }
    const expect = values.expect?.toLowerCase()
    if (expect !== undefined && !/^[0-9a-f]{64}$/.test(expect)) {
      return '--expect takes the head that an earlier verify printed: 64 hexadecimal digits.'
    }
    return { command, expect }
  } catch (error) {
    return (error as Error).message
  }
}

/** Walks the chain and says what it found; 0 where it is in order, 1 where it is broken. */
export async function verifyIn(store: Store, io: Output, expect?: string): Promise<number> {
  const { entries, head, broken } = await verifyChain(store, expect)
  const counted = `${entries} ${entries === 1 ? 'entry' : 'entries'}`
  if (broken) {
    io.stderr(`The audit log is broken at entry ${broken.number}. ${broken.why}\n`)
    io.stdout(`in order up to there: ${counted}, head ${head}\n`)
    return 1
  }
  io.stdout(`in order: ${counted}, head ${head}\n`)
  return 0
}

/** Writes the whole chain as JSONL. */
export async function exportFrom(store: Store, io: Output): Promise<number> {
  for await (const page of wholeChain(store)) {
    io.stdout(page.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  }
  return 0
}

/** `assay audit`: checks or exports the audit log of the database of DATABASE_URL. Returns the exit status. */
export async function runAudit(argv: string[], io: Output): Promise<number> {
  const request = asked(argv)
  if (request === 'help') {
    io.stdout(USAGE)
    return 0
  }
  if (typeof request === 'string') {
    io.stderr(`${request}\n\n${USAGE}`)
    return 2
  }
  return withDatabase(io, (store) =>
    request.command === 'export' ? exportFrom(store, io) : verifyIn(store, io, request.expect),
  )
}
