/**
 * Encrypts values with AES-256-GCM (NIST SP 800-38D) under a random nonce of 96 bits. What a text belongs to is
 * authenticated with it, so that one row's text cannot be passed off as another's.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SealedKind } from '#db/schema/seal.ts'
import { type SealKey, type SealKeys, sealKeys } from './key.server.ts'

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/** What a sealed text belongs to. */
export type Bound = { kind: SealedKind; id: string; caseId: string }

const bound = ({ kind, id, caseId }: Bound): Buffer => Buffer.from(JSON.stringify([kind, id, caseId]))

/** A value as JSON, encrypted: nonce, ciphertext and tag in base64. */
export function encrypt(key: SealKey, to: Bound, value: unknown): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, key.secret, nonce, { authTagLength: TAG }).setAAD(bound(to))
  const text = cipher.update(JSON.stringify(value), 'utf8')
  return Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]).toString('base64')
}

/** Sealed text that cannot be opened. Its message names the row and never what is in it. */
export class SealError extends Error {
  constructor({ kind, id, caseId }: Bound, why: string) {
    super(`The sealed ${kind} ${id} of the case ${caseId} cannot be opened: ${why}`)
    this.name = 'SealError'
  }
}

/** The value that was encrypted. @throws SealError where the key is not there, or anything of the row was changed */
export function decrypt(to: Bound & { keyId: string; sealed: string }, keys: SealKeys | null = sealKeys()): unknown {
  const key = keys && [keys.current, ...keys.former].find((one) => one.id === to.keyId)
  if (!key) throw new SealError(to, `it was sealed with the key ${to.keyId}, which is not here. Bring that key back.`)
  const bytes = Buffer.from(to.sealed, 'base64')
  if (bytes.length < NONCE + TAG) throw new SealError(to, 'it was cut off. Bring the row back from a backup.')
  const open = createDecipheriv(CIPHER, key.secret, bytes.subarray(0, NONCE), { authTagLength: TAG })
  open.setAAD(bound(to)).setAuthTag(bytes.subarray(bytes.length - TAG))
  try {
    const text = Buffer.concat([open.update(bytes.subarray(NONCE, bytes.length - TAG)), open.final()])
    return JSON.parse(text.toString('utf8')) as unknown
  } catch {
    throw new SealError(to, 'it was changed since it was sealed. Bring the row back from a backup.')
  }
}
