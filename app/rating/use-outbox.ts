import { useCallback, useSyncExternalStore } from 'react'
import { type Answered, type Asked, ask, type Outcome } from './client.ts'
import { browserKeep } from './keep.ts'
import { Outbox, type OutboxState, type Parcel, type Posted } from './outbox.ts'

/** Runs a function later; returns what cancels it. */
export function later(ms: number, fn: () => void): () => void {
  const timer = setTimeout(fn, ms)
  return () => clearTimeout(timer)
}

type Opened = { outbox: Outbox; hand: { base: string; known: string[] } }

// One for each person in this browser, for as long as the app is open: it goes on sending whatever page is shown.
const opened = new Map<string, Opened>()

function open(rater: string): Opened {
  const found = opened.get(rater)
  if (found) return found
  const send = (parcel: Parcel): Promise<Outcome<Answered[Posted]>> => {
    // Asked at the last moment: a parcel may be older than the page that sends it.
    const known = parcel.base === made.hand.base ? made.hand.known : []
    return ask(parcel.base, parcel.route, { ...parcel.body, known } as Asked[Posted])
  }
  const outbox = new Outbox({ keep: browserKeep, rater, send, later })
  const made: Opened = { outbox, hand: { base: '', known: [] } }
  opened.set(rater, made)
  const wake = () => {
    if (document.visibilityState === 'visible') outbox.wake()
  }
  addEventListener('online', wake)
  addEventListener('focus', wake)
  document.addEventListener('visibilitychange', wake)
  outbox.wake()
  return made
}

/** The outbox of a person in this browser. Not for the server. */
export const outboxOf = (rater: string): Outbox => open(rater).outbox

/** Tells the outbox which items a round's page has, so that answers do not bring them again. */
export function setKnown(rater: string, base: string, known: string[]): void {
  open(rater).hand = { base, known }
}

const NOTHING: OutboxState = { parcels: [], sending: null, trouble: null, kept: true }

/** What is in a person's outbox: nothing on the server and in the first drawing. */
export function useOutbox(rater: string): OutboxState {
  const watch = useCallback((fn: () => void) => outboxOf(rater).watch(fn), [rater])
  return useSyncExternalStore(
    watch,
    () => outboxOf(rater).state,
    () => NOTHING,
  )
}
