/**
 * The keys that sealed text is encrypted with: from the environment (ASSAY_SEAL_KEY), or from a file of DATA_DIR that
 * nobody else may read. While a key is being changed the former one still opens what it sealed.
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, type Stats, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '#app/ambient.ts'
import { type Env, env } from '#app/env.server.ts'
import { keyBytes } from './key-text.ts'

export type SealKey = { id: string; secret: KeyObject }
/** `current` seals, and every key opens what it sealed. */
export type SealKeys = { current: SealKey; former: readonly SealKey[] }
export type KeySettings = Pick<Env, 'dataDir' | 'sealKey' | 'sealKeyFormer'>

const ID_DIGITS = 16
const PRIVATE = 0o600
const OTHERS = 0o077

/** Where the key is when it is not in the environment. */
export const keyFile = ({ dataDir }: Pick<KeySettings, 'dataDir'>): string => join(dataDir, 'seal.key')
/** Where the key before it is, as long as something is sealed with it. */
export const formerKeyFile = (settings: Pick<KeySettings, 'dataDir'>): string => `${keyFile(settings)}.former`

/** A key of its bytes; its id is the beginning of their SHA-256. */
export const keyOf = (bytes: Buffer): SealKey => ({
  id: sha256(bytes).slice(0, ID_DIGITS),
  secret: createSecretKey(bytes),
})

/** The keys there are; null where none was needed yet. @throws Error, with what to do, for a key file that cannot be used */
export function sealKeys(settings: KeySettings = env()): SealKeys | null {
  const told = [settings.sealKey, settings.sealKeyFormer].map((text) => (text === null ? null : fromSetting(text)))
  const kept = [keyFile(settings), formerKeyFile(settings)].map(fromFile)
  // Where the key came into the environment, the one of the file is a former one.
  const current = told[0] ?? kept[0]
  if (!current) return null
  return {
    current,
    former: [...told, ...kept].filter((key) => key !== null && key !== undefined && key.id !== current.id) as SealKey[],
  }
}

/** The keys, of which one is made, in its file, where there is none. */
export function neededKeys(settings: KeySettings = env()): SealKeys {
  const found = sealKeys(settings)
  if (found) return found
  mkdirSync(settings.dataDir, { recursive: true })
  writeKey(keyFile(settings))
  const made = sealKeys(settings)
  if (made) return made
  throw new Error(`The seal key file ${keyFile(settings)} was removed while it was being made. Try again.`)
}

/** Puts a new key into a file that is not there; where another process was quicker, its key stands. */
export function writeKey(path: string): void {
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: PRIVATE, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

const settingsRead = new Map<string, SealKey>()

/** The environment was checked when it was read. */
function fromSetting(text: string): SealKey {
  const known = settingsRead.get(text)
  if (known) return known
  const bytes = keyBytes(text)
  if (bytes === null) throw new Error('ASSAY_SEAL_KEY is no key of 32 bytes.')
  const key = keyOf(bytes)
  settingsRead.set(text, key)
  return key
}

const filesRead = new Map<string, { stats: Stats; key: SealKey }>()

/** Looks at the file each time: the command line may have changed the key since. Reads it only when it is another. */
function fromFile(path: string): SealKey | null {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return null
  const known = filesRead.get(path)
  if (
    known &&
    known.stats.ino === stats.ino &&
    known.stats.mtimeMs === stats.mtimeMs &&
    known.stats.mode === stats.mode
  ) {
    return known.key
  }
  if ((stats.mode & OTHERS) !== 0) {
    const mode = (stats.mode & 0o777).toString(8)
    throw new Error(`The seal key ${path} can be read by others (its mode is ${mode}). Run: chmod 600 ${path}`)
  }
  const bytes = keyBytes(readFileSync(path, 'utf8'))
  if (bytes === null) {
    throw new Error(`${path} holds no key of 32 bytes. Put the key back that was there, from a backup of it.`)
  }
  const key = keyOf(bytes)
  filesRead.set(path, { stats, key })
  return key
}
