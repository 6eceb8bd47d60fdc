/** Browsers and networks from which a person has signed in before. Stored are hashes. */
import { and, eq, inArray, lt } from 'drizzle-orm'
import { newToken, now, sha256 } from '#app/ambient.ts'
import { knownPlaces, users } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'

const DAY_MS = 86_400_000

/** A place that was not used for this long is forgotten; the browser's cookie ends then too. */
export const REMEMBERED_MS = 400 * DAY_MS

const placeOf = (kind: 'browser' | 'network', value: string): string => sha256(JSON.stringify([kind, value]))

/** Which of the two has signed in to the account with this email before. It asks as much of an unknown email. */
export async function recognise(
  store: Store,
  { account, network, browser }: { account: string; network: string; browser: string | null },
): Promise<{ knownBrowser: boolean; knownNetwork: boolean }> {
  const places = { browser: placeOf('browser', browser ?? ''), network: placeOf('network', network) }
  const found = await store.read
    .select({ place: knownPlaces.place })
    .from(knownPlaces)
    .innerJoin(users, eq(users.id, knownPlaces.userId))
    .where(and(eq(users.email, account), inArray(knownPlaces.place, [places.browser, places.network])))
  const known = new Set(found.map((row) => row.place))
  return { knownBrowser: browser !== null && known.has(places.browser), knownNetwork: known.has(places.network) }
}

/** Remembers that the person has signed in from here. */
export async function remember(
  tx: Database,
  userId: string,
  { network, browser }: { network: string; browser: string },
): Promise<void> {
  const lastAt = now()
  await tx
    .insert(knownPlaces)
    .values([
      { userId, place: placeOf('browser', browser), lastAt },
      { userId, place: placeOf('network', network), lastAt },
    ])
    .onConflictDoUpdate({ target: [knownPlaces.userId, knownPlaces.place], set: { lastAt } })
}

/** Remembers a place from which an account was made or its password set; returns the browser's token. */
export async function becomeKnown(
  store: Store,
  userId: string,
  { network, browser }: { network: string; browser: string | null },
): Promise<string> {
  const token = browser ?? newToken()
  await store.write((tx) => remember(tx, userId, { network, browser: token }))
  return token
}

/** Forgets all of a person’s places: when they sign out everywhere, or a link has set a new password. */
export async function forgetPlaces(tx: Database, userId: string): Promise<void> {
  await tx.delete(knownPlaces).where(eq(knownPlaces.userId, userId))
}

export async function forgetOldPlaces(store: Store): Promise<void> {
  await store.write(async (tx) => {
    await tx.delete(knownPlaces).where(lt(knownPlaces.lastAt, now() - REMEMBERED_MS))
  })
}
