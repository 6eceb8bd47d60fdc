import { gt, min } from 'drizzle-orm'
import { type Env, env } from '#app/env.server.ts'
import { sealedTexts } from '#db/schema/seal.ts'
import type { Database, Store } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { type KeySettings, keyFile, sealKeys } from './key.server.ts'

/** The ids of the keys that something is sealed with. From one to the next by the index, however many texts there are. */
export async function keysInUse(read: Database): Promise<string[]> {
  const found: string[] = []
  for (let last = ''; ; ) {
    const [row] = await read
      .select({ next: min(sealedTexts.keyId) })
      .from(sealedTexts)
      .where(gt(sealedTexts.keyId, last))
    if (!row?.next) return found
    found.push(row.next)
    last = row.next
  }
}

/**
 * Sees at start that whatever is sealed can be opened. `unfinished`: something still is under a former key.
 *
 * @throws Problem `conflict` where a key is missing, or a key file cannot be used, with what to do
 */
export async function checkSealKeys(
  { read }: Pick<Store, 'read'>,
  settings: KeySettings = env(),
): Promise<{ unfinished: boolean }> {
  const needed = await keysInUse(read)
  const keys = keysOrProblem(settings)
  const there = keys === null ? [] : [keys.current, ...keys.former].map(({ id }) => id)
  const missing = needed.filter((id) => !there.includes(id))
  if (missing.length > 0) throw new Problem('conflict', missingKey(missing, there, settings), { code: 'seal-key' })
  return { unfinished: needed.some((id) => id !== keys?.current.id) }
}

function keysOrProblem(settings: KeySettings) {
  try {
    return sealKeys(settings)
  } catch (error) {
    throw new Problem('conflict', (error as Error).message, { code: 'seal-key' })
  }
}

function missingKey(missing: readonly string[], there: readonly string[], settings: Pick<Env, 'dataDir' | 'sealKey'>) {
  const has =
    there.length === 0
      ? 'There is no key here.'
      : `The key here is ${there.join(', and ')}${settings.sealKey === null ? '' : ' (ASSAY_SEAL_KEY)'}.`
  return [
    `The sealed cases of this database need the seal key ${missing.join(', and ')}. ${has}`,
    `Put the right key into ASSAY_SEAL_KEY, or its file back to ${keyFile(settings)}, from where you keep a copy of it.`,
    'While a key is being changed, the one before it goes into ASSAY_SEAL_KEY_FORMER.',
    'Nothing was changed. Without that key nobody can read what is sealed.',
  ].join('\n')
}
