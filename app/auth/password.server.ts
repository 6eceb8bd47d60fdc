import { hash, verify } from '@node-rs/argon2'

/** OWASP's argon2id setting of 2023: 19 MiB, two passes, one lane. Runs on the thread pool, not on the request's thread. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), OPTIONS)

let decoy: Promise<string> | undefined

/**
 * True when the password belongs to the hash. Without a hash (no such account) it takes as long and is false, so that the
 * time of an answer does not tell which accounts exist.
 */
export async function checkPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password nobody has')
  const right = await verify(stored ?? (await decoy), password.normalize('NFKC'))
  return right && Boolean(stored)
}
