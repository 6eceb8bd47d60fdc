import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { and, eq, ne } from 'drizzle-orm'
import { env } from '#app/env.server.ts'
import { sealedTexts } from '#db/schema/seal.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { keysInUse } from './check-keys.ts'
import { decrypt, encrypt } from './cipher.server.ts'
import {
  formerKeyFile,
  type KeySettings,
  keyFile,
  neededKeys,
  type SealKeys,
  sealKeys,
  writeKey,
} from './key.server.ts'

const BATCH = 200

export type Rotated = { keyId: string; texts: number; resumed: boolean }

/**
 * Changes the key: makes a new one, where it is in a file, and encrypts everything that is sealed anew, batch by batch, while
 * raters go on. Cut off, it is taken up again where it was; the former key stays until nothing needs it.
 *
 * @throws Problem `conflict` where the key is in the environment and no other was put there
 */
export async function rotateKey(
  store: Store,
  onProgress: (texts: number) => void = () => undefined,
  settings: KeySettings = env(),
): Promise<Rotated> {
  const resumed = isUnfinished(settings)
  if (settings.sealKey === null && !resumed) changeFile(settings)
  const keys = neededKeys(settings)
  const before = (await keysInUse(store.read)).filter((id) => id !== keys.current.id)
  if (settings.sealKey !== null && before.length === 0) throw nothingToChange(keys)
  const texts = await sealAnew(store, keys, onProgress)
  await store.write((tx) =>
    record(tx, {
      projectId: null,
      actor: { id: null, name: 'command line' },
      action: 'seal-key.changed',
      subject: 'seal key',
      subjectId: keys.current.id,
      detail: { name: keys.current.id, before: before.join(', '), texts },
    }),
  )
  rmSync(formerKeyFile(settings), { force: true })
  return { keyId: keys.current.id, texts, resumed }
}

/** A rotation was begun that did not come to its end. */
const isUnfinished = (settings: KeySettings): boolean =>
  settings.sealKey === null && existsSync(formerKeyFile(settings)) && (sealKeys(settings)?.former.length ?? 0) > 0

/** At every moment the file holds a whole key, and the former one is beside it before it is replaced. */
function changeFile(settings: KeySettings): void {
  const [file, former] = [keyFile(settings), formerKeyFile(settings)]
  if (!existsSync(file)) return
  const next = `${file}.next`
  rmSync(next, { force: true })
  writeKey(next)
  copyFileSync(file, former)
  chmodSync(former, 0o600)
  renameSync(next, file)
}

async function sealAnew(store: Store, keys: SealKeys, onProgress: (texts: number) => void): Promise<number> {
  for (let texts = 0; ; ) {
    const done = await store.write((tx) => sealBatch(tx, keys))
    if (done === 0) return texts
    texts += done
    onProgress(texts)
    await setImmediate()
  }
}

/** A draft may be sealed again by its rater meanwhile: only what is as it was read is replaced. */
async function sealBatch(tx: Database, keys: SealKeys): Promise<number> {
  const rows = await tx.select().from(sealedTexts).where(ne(sealedTexts.keyId, keys.current.id)).limit(BATCH)
  for (const { kind, id, caseId, keyId, sealed } of rows) {
    const to = { kind, id, caseId }
    const anew = encrypt(keys.current, to, decrypt({ ...to, keyId, sealed }, keys))
    await tx
      .update(sealedTexts)
      .set({ keyId: keys.current.id, sealed: anew })
      .where(and(eq(sealedTexts.kind, kind), eq(sealedTexts.id, id), eq(sealedTexts.sealed, sealed)))
  }
  return rows.length
}

const nothingToChange = ({ current }: SealKeys) =>
  new Problem(
    'conflict',
    [
      `Everything is sealed with the key ${current.id}, which is in ASSAY_SEAL_KEY: Assay cannot put another one there.`,
      'To change it: make one (openssl rand -base64 32), set ASSAY_SEAL_KEY to it and ASSAY_SEAL_KEY_FORMER to the present one,',
      'start every server again, and run this command. Take ASSAY_SEAL_KEY_FORMER away when it is done.',
    ].join('\n'),
    { code: 'nothing-to-change' },
  )
