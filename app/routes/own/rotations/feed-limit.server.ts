import { now } from '#app/ambient.ts'

const WINDOW_MS = 60_000
const MOST = 30
const MOST_NETWORKS = 10_000

/** When each network asked within the last minute; in this process alone, which is enough against floods. */
const asked = new Map<string, number[]>()

/** Whether a network may ask for a calendar feed now; counts it. Calendar programs ask a few times a day. */
export function mayAsk(network: string): boolean {
  const at = now()
  const recent = (asked.get(network) ?? []).filter((when) => when > at - WINDOW_MS)
  const allowed = recent.length < MOST
  asked.delete(network)
  asked.set(network, allowed ? [...recent, at] : recent)
  for (const oldest of asked.keys()) {
    if (asked.size <= MOST_NETWORKS) break
    asked.delete(oldest)
  }
  return allowed
}
