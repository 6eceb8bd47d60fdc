import { parseArgs } from 'node:util'
import { env } from '#app/env.server.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { keysInUse } from '#app/evaluation/seal/check-keys.ts'
import { keyFile, sealKeys } from '#app/evaluation/seal/key.server.ts'
import { rotateKey } from '#app/evaluation/seal/rotate-key.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { withDatabase } from './database.ts'

const USAGE = `usage: npm run -s assay -- seal status
       npm run -s assay -- seal rotate-key

status      says which key is here and which keys something is sealed with. Never a key itself.
rotate-key  makes a new key and encrypts everything that is sealed anew, while the server runs. Cut off, run it again: it goes
            on where it was, and the former key stays until nothing needs it. A key in ASSAY_SEAL_KEY is changed by you: the
            new one there, the present one in ASSAY_SEAL_KEY_FORMER, servers started again, then this.

Keep a copy of the key apart from backups of the database: without it nobody can read what is sealed; with both, anybody.
`

const n = (count: number) => count.toLocaleString('en')

/** Says which key is here and which are needed. */
export async function statusIn(store: Store, io: Output): Promise<number> {
  const keys = sealKeys()
  const used = await keysInUse(store.read)
  const where = env().sealKey === null ? keyFile(env()) : 'ASSAY_SEAL_KEY'
  io.stdout(
    keys ? `key ${keys.current.id}, in ${where}\n` : 'There is no key yet: one is made with the first sealing.\n',
  )
  for (const { id } of keys?.former ?? []) io.stdout(`former key ${id}\n`)
  io.stdout(`sealed with: ${used.join(', ') || 'nothing is sealed'}\n`)
  return 0
}

/** Changes the key; says how far it is. */
export async function rotateIn(store: Store, io: Output): Promise<number> {
  const { keyId, texts, resumed } = await rotateKey(store, (done) => io.stderr(`\r${n(done)} texts sealed anew`))
  if (texts > 0) io.stderr('\n')
  io.stdout(`${resumed ? 'The change that was cut off is done' : 'The key was changed'}: ${keyId} now.\n`)
  io.stdout(`${n(texts)} texts were sealed anew. Keep a copy of the new key apart from the backups of the database.\n`)
  return 0
}

/** `assay seal`: the key of what is sealed. Returns the exit status. */
export async function runSeal(argv: string[], io: Output): Promise<number> {
  const asked = commandIn(argv)
  if (asked === 'help') {
    io.stdout(USAGE)
    return 0
  }
  if (asked === null) {
    io.stderr(`seal has no command "${argv.join(' ')}".\n\n${USAGE}`)
    return 2
  }
  return withDatabase(io, async (store) => {
    try {
      return await (asked === 'status' ? statusIn(store, io) : rotateIn(store, io))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      io.stderr(`${error.message}\n`)
      return 1
    }
  })
}

function commandIn(argv: string[]): 'status' | 'rotate-key' | 'help' | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    })
    const [command, ...more] = positionals
    if (values.help || command === undefined) return 'help'
    return more.length === 0 && (command === 'status' || command === 'rotate-key') ? command : null
  } catch {
    return null
  }
}
