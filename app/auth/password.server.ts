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

export const SHORTEST_PASSWORD = 12
const LONGEST_PASSWORD = 256

/** What is wrong with a new password, or null. Length is what matters (NIST SP 800-63B); no rules about signs. */
export function problemWithPassword(password: string, email: string): string | null {
  if (password.length < SHORTEST_PASSWORD)
    return `Use at least ${SHORTEST_PASSWORD} characters. A few words in a row will do.`
  if (password.length > LONGEST_PASSWORD) return `Use at most ${LONGEST_PASSWORD} characters.`
  if (new Set(password).size < 5) return 'Use more than four different characters.'
  if (email !== '' && password.toLowerCase() === email.toLowerCase())
    return 'Do not use your email address as the password.'
  return null
}
