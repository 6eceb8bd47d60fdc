import { and, eq, gt, inArray, lte } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { holdUntilCommit } from '#db/lock.server.ts'
import { signInFailures } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'
import { countedKeys, keysOf, LONGEST_WINDOW_MS, type Place, waitInWords, waitMs } from './throttle.ts'

const FAILURES = 727655

export type Attempt = { id: string; place: Place }

/**
 * Counts an attempt as failed before its password is looked at, so that many sent at once are no way around the limits.
 * Throws a `throttled` Problem that says how long to wait; such a refusal is not counted, and lengthens nothing.
 */
export async function beginAttempt(store: Store, place: Place): Promise<Attempt> {
  const id = newId()
  const at = now()
  const keys = Object.values(keysOf(place))
  const wait = await store.write(async (tx) => {
    await holdUntilCommit(tx, FAILURES)
    const rows = await tx
      .select({ key: signInFailures.key, at: signInFailures.at })
      .from(signInFailures)
      .where(and(inArray(signInFailures.key, keys), gt(signInFailures.at, at - LONGEST_WINDOW_MS)))
    const failures = new Map(keys.map((key) => [key, rows.filter((row) => row.key === key).map((row) => row.at)]))
    const found = waitMs(place, failures, at)
    if (found === 0) await tx.insert(signInFailures).values(countedKeys(place).map((key) => ({ key, attempt: id, at })))
    return found
  })
  if (wait > 0) {
    throw new Problem(
      'throttled',
      `Too many tries have failed. Wait ${waitInWords(wait)} and try again. A browser you have signed in with before need not wait for tries made elsewhere, and an admin can send you a link that sets a new password.`,
    )
  }
  return { id, place }
}

/** Takes an attempt back that turned out right, with the failures of this account from this very place before it. */
export async function endAttempt(tx: Database, { id, place }: Attempt): Promise<void> {
  const keys = keysOf(place)
  await tx.delete(signInFailures).where(eq(signInFailures.attempt, id))
  await tx.delete(signInFailures).where(inArray(signInFailures.key, [keys.browser, keys.pair]))
}

/** Removes failures that no longer count. */
export async function forgetOldFailures(store: Store): Promise<void> {
  await store.write(async (tx) => {
    await tx.delete(signInFailures).where(lte(signInFailures.at, now() - LONGEST_WINDOW_MS))
  })
}
