/** Where what was entered is now, in words: never more than is true. */
import type { DraftState } from './drafts.ts'
import type { OutboxState } from './outbox.ts'

export type Said = { text: string; tone: 'calm' | 'warn' }

/** `online`: whether the browser believes to have a network. */
export function saidOf(draft: DraftState, outbox: OutboxState, online: boolean): Said {
  const waiting = outbox.parcels.filter(({ refused }) => refused === null).length
  const toSend = waiting > 0 ? `${waiting} to send` : ''
  const failure = draft.failure ?? outbox.trouble
  const unsent = waiting > 0 || draft.phase === 'entered' || draft.phase === 'failed'
  if (!draft.kept || !outbox.kept) {
    const lost = draft.phase === 'clean' || draft.phase === 'saved' ? waiting > 0 : true
    if (lost) return { text: 'Not saved yet, and this browser keeps no copy: leave the page open', tone: 'warn' }
  }
  if (unsent && failure?.why === 'signed-out')
    return { text: join('Signed out: kept in this browser', toSend), tone: 'warn' }
  if (unsent && (!online || failure?.why === 'away'))
    return { text: join('Offline: kept in this browser', toSend), tone: 'warn' }
  if (unsent && failure?.why === 'busy')
    return { text: join('Kept in this browser; the server is busy', toSend), tone: 'warn' }
  if (draft.phase === 'failed') return { text: join('Kept in this browser', toSend), tone: 'warn' }
  if (draft.phase === 'entered' || draft.phase === 'saving') return { text: join('Saving', toSend), tone: 'calm' }
  if (waiting > 0) return { text: 'Sending', tone: 'calm' }
  if (!online) return { text: 'Offline', tone: 'warn' }
  return { text: draft.phase === 'saved' ? 'Saved' : '', tone: 'calm' }
}

const join = (...parts: string[]): string => parts.filter(Boolean).join(', ')

/** How long ago, as far as it matters: `2 s ago`, `3 min ago`. */
export function agoInWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return seconds < 60 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`
}

/** Time left, rounded as roughly as it is known: `1 min`, `45 min`, `2 h`, `2.5 h`. */
export function timeLeftInWords(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  if (minutes < 90) return `${minutes} min`
  const hours = Math.round(minutes / 30) / 2
  return `${hours} h`
}
