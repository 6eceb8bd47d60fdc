/**
 * Time, randomness and ids come from here and nowhere else, so that tests and replays can be exact.
 */
import { createHash, randomBytes, randomFillSync, randomInt as secureInt } from 'node:crypto'
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

const DRAWN = 16 * 256
const pool = new Uint8Array(DRAWN)
let used = DRAWN

/** Sixteen random bytes out of a pool: asking the system each time would cost more than all the rest of an id. */
function sixteenBytes(): Uint8Array {
  if (used === DRAWN) {
    randomFillSync(pool)
    used = 0
  }
  used += 16
  return pool.subarray(used - 16, used)
}

let lastMs = 0
let counter = 0

/** A UUIDv7 that sorts after the one before it, within the same millisecond too (RFC 9562, 6.2, method 1). */
function nextId(): string {
  const random = sixteenBytes()
  const ms = Date.now()
  if (ms > lastMs) {
    lastMs = ms
    counter = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1
  } else counter += 1
  return v7({ random, msecs: lastMs, seq: counter })
}

const real: Ambient = {
  now: Date.now,
  newId: nextId,
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
