/**
 * Time, randomness and ids come from here and nowhere else, so that tests and replays can be exact.
 */
import { createHash, randomBytes, randomInt as secureInt } from 'node:crypto'
import { v7 } from 'uuid'

export type Ambient = {
  /** Milliseconds since 1970 UTC. */
  now: () => number
  /** A UUIDv7: ids made later sort later. */
  newId: () => string
  /** A whole number in [0, below). */
  randomInt: (below: number) => number
  /** A secret with 256 bits of randomness, in URL-safe letters. */
  newToken: () => string
}

const real: Ambient = {
  now: Date.now,
  newId: () => v7(),
  randomInt: (below) => secureInt(below),
  newToken: () => randomBytes(32).toString('base64url'),
}

let current = real

export const now = (): number => current.now()
export const newId = (): string => current.newId()
export const randomInt = (below: number): number => current.randomInt(below)
export const newToken = (): string => current.newToken()

/** Replaces parts of the ambient (tests, replays); returns the function that puts the former back. */
export function replaceAmbient(parts: Partial<Ambient>): () => void {
  const former = current
  current = { ...former, ...parts }
  return () => {
    current = former
  }
}

/** SHA-256 as lower-case hexadecimal; of UTF-8 when given a string. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')
