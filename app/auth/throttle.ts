/**
 * How many failed sign-ins are borne before one has to wait, and for whom. Nobody who knows only an email address can
 * keep its owner out: failures count against the place they come from, and a browser or network that has signed in to the
 * account before is counted by itself (after OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 */
import { sha256 } from '#app/ambient.ts'

export const MINUTE_MS = 60_000

type Limit = { most: number; windowMs: number }

/** A browser that has signed in to the account before. */
const BROWSER: Limit = { most: 10, windowMs: 15 * MINUTE_MS }
/** One account as tried from one network. */
const PAIR: Limit = { most: 5, windowMs: 15 * MINUTE_MS }
/** The same for a strange network while the account is being guessed at from many. */
const PAIR_WHILE_GUESSED: Limit = { most: 1, windowMs: 60 * MINUTE_MS }
/** All accounts as tried from one network. */
const NETWORK: Limit = { most: 50, windowMs: 15 * MINUTE_MS }
/** One account as tried from all strange networks together: from here on each of them has to be slow, */
const GUESSED_FROM = 20
/** and from here on all of them wait. */
const STRANGERS: Limit = { most: 200, windowMs: 60 * MINUTE_MS }

/** Failures older than this count nowhere and are removed. */
export const LONGEST_WINDOW_MS = STRANGERS.windowMs

/** Where an attempt comes from: the account's email, the network, the browser's own token, and which of them are known. */
export type Place = {
  account: string
  network: string
  browser: string | null
  knownBrowser: boolean
  knownNetwork: boolean
}

const keyOf = (kind: string, ...parts: string[]): string => `${kind}:${sha256(JSON.stringify(parts))}`

/** The keys that failures are counted under. They are hashes: the table tells nobody who tried to sign in from where. */
export const keysOf = ({ account, network, browser }: Omit<Place, 'knownBrowser' | 'knownNetwork'>) => ({
  browser: keyOf('browser', account, browser ?? ''),
  pair: keyOf('pair', account, network),
  network: keyOf('network', network),
  strangers: keyOf('strangers', account),
})

export type Keys = ReturnType<typeof keysOf>

/** The keys under which a failure from this place is counted. */
export function countedKeys(place: Place): string[] {
  const keys = keysOf(place)
  if (place.knownBrowser) return [keys.browser]
  return place.knownNetwork ? [keys.pair, keys.network] : [keys.pair, keys.network, keys.strangers]
}

/** Milliseconds until one more attempt is allowed under a limit. */
function waitUnder({ most, windowMs }: Limit, times: readonly number[], now: number): number {
  const counted = times.filter((at) => at > now - windowMs && at <= now).sort((a, b) => b - a)
  const decisive = counted[most - 1]
  return decisive === undefined ? 0 : decisive + windowMs - now
}

/**
 * Milliseconds to wait before the next attempt from this place; 0: none.
 *
 * @param failures times of recent failures by key, in milliseconds
 */
export function waitMs(place: Place, failures: ReadonlyMap<string, readonly number[]>, now: number): number {
  const keys = keysOf(place)
  const times = (key: string) => failures.get(key) ?? []
  if (place.knownBrowser) return waitUnder(BROWSER, times(keys.browser), now)
  const network = waitUnder(NETWORK, times(keys.network), now)
  if (place.knownNetwork) return Math.max(network, waitUnder(PAIR, times(keys.pair), now))
  const guessed = waitUnder({ ...STRANGERS, most: GUESSED_FROM }, times(keys.strangers), now) > 0
  return Math.max(
    network,
    waitUnder(guessed ? PAIR_WHILE_GUESSED : PAIR, times(keys.pair), now),
    waitUnder(STRANGERS, times(keys.strangers), now),
  )
}

/** A wait in words, rounded up: "40 seconds", "3 minutes". */
export function waitInWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds === 1) return '1 second'
  if (seconds <= 60) return `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
