/** How a round goes against its date, in words. */
import { capital, inWords, plural, whole } from '../figure.ts'

const DAY_MS = 86_400_000
/** The pace is that of this many days, or of all there were. */
const LOOKED_BACK = 7

export type Going = {
  state: 'draft' | 'open' | 'closed'
  needed: number
  ratings: number
  /** By UTC day, days without any left out. */
  days: readonly { day: number; ratings: number }[]
  endsAt: number | null
}

/** Ratings a day over the last seven days, or since the first rating when that is later; 0 when there were none. */
export function paceOf({ days }: Going, now: number): number {
  const since = now - LOOKED_BACK * DAY_MS
  const recent = days.filter(({ day }) => day + DAY_MS > since).reduce((sum, { ratings }) => sum + ratings, 0)
  const first = Math.max(days[0]?.day ?? now, since)
  return recent === 0 ? 0 : recent / Math.max(1, (now - first) / DAY_MS)
}

/** When the last rating would come in at the present pace; null when nothing is left or there is no pace. */
export function endAtPace(going: Going, now: number): number | null {
  const left = going.needed - going.ratings
  const pace = paceOf(going, now)
  return left <= 0 || pace === 0 ? null : now + (left / pace) * DAY_MS
}

/** The first sentences of a round's page. */
export function goingInWords(going: Going, now: number): string {
  const { state, needed, ratings, endsAt } = going
  const left = needed - ratings
  const done = `${whole(ratings)} of ${whole(needed)} ratings are in`
  if (state === 'draft') return `Not open yet: ${plural(needed, 'rating')} to make.`
  if (left <= 0) return `All ${whole(needed)} ratings are in.`
  if (state === 'closed') return `Closed with ${whole(left)} of ${whole(needed)} ratings missing.`
  if (ratings === 0) return `No rating has come in yet; ${whole(needed)} are wanted.`
  const end = endAtPace(going, now)
  if (end === null) return `${done}. None came in during the last seven days.`
  const pace = `at the pace of the last days the rest takes ${daysFor(end - now)}`
  if (endsAt === null) return `${done}; ${pace}.`
  if (endsAt < now) return `${done}. The round is ${daysFor(now - endsAt)} over its date; ${pace}.`
  return `${done}; ${pace} and ends ${against(end, endsAt)}.`
}

function against(end: number, endsAt: number): string {
  const days = Math.round((endsAt - end) / DAY_MS)
  if (days === 0) return 'just in time'
  return days > 0 ? `${daysFor(endsAt - end)} before its date` : `${daysFor(end - endsAt)} after its date`
}

function daysFor(ms: number): string {
  const days = Math.round(ms / DAY_MS)
  if (days < 1) return 'less than a day'
  return days === 1 ? 'a day' : `${inWords(days)} days`
}

/** "Two raters have nothing submitted yet." or null. */
export function silentInWords(raters: readonly { name: string; submitted: number; inHand: number }[]): string | null {
  const silent = raters.filter(({ submitted, inHand }) => submitted === 0 && inHand === 0)
  if (silent.length === 0 || silent.length === raters.length) return null
  return `${capital(inWords(silent.length))} ${silent.length === 1 ? 'rater has' : 'raters have'} not begun.`
}
