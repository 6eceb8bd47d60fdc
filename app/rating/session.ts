/** The items in a rater's hand and what is entered for each, as values. The first item is the one on screen. */
import type { Hand, ShownItem, ShownProgress, ShownReference, ShownRubric } from '#app/evaluation/queue/shown.ts'
import { type Content, emptyContent } from '#app/evaluation/ratings/content.ts'
import { type Change, CLOSEST_ROW, changed, type Entry, entryOf } from './entry.ts'
import { asksClosest } from './missing.ts'

/** The last submission, as long as it can be taken back. */
export type LastSent = { item: ShownItem; entry: Entry; parcel: string; rating: string | null }

export type Session = {
  items: ShownItem[]
  /** By assignment. */
  entries: Record<string, Entry>
  /** Assignments submitted or skipped here whose parcel has not arrived: an answer may still name them. */
  sentOff: string[]
  progress: ShownProgress
  last: LastSent | null
}

/** The newer of what the browser and the server know of an item's draft. */
type NewestDraft = (item: ShownItem) => Content | null

export type Step =
  | { type: 'change'; change: Change }
  /** An answer of the queue. `afresh`: what is entered here gives way to the drafts that come with it. */
  | { type: 'hand'; hand: Hand; newest: NewestDraft; afresh?: boolean }
  /** The browser knows more than the page was sent with: newer drafts, and items that were submitted already. */
  | { type: 'resume'; newest: NewestDraft; sentOff: string[] }
  | { type: 'submit'; content: Content; parcel: string }
  | { type: 'skip' }
  /** The item on screen is of no more use here: it was rated elsewhere. */
  | { type: 'drop' }
  | { type: 'delivered'; assignment: string; parcel: string; rating: string | null }
  /** `hand`: the queue's answer; null when the submission had not left the browser. */
  | { type: 'take back'; hand: Hand | null }
  /** The last submission can no longer be taken back. */
  | { type: 'settle'; parcel: string }
  | { type: 'reveal'; assignment: string; references: ShownReference[] }

const opened = (rubric: ShownRubric, content: Content | null): Entry => entryOf(rubric, content ?? emptyContent())

export function startSession(rubric: ShownRubric, hand: Hand): Session {
  const empty: Session = { items: [], entries: {}, sentOff: [], progress: hand.progress, last: null }
  return taken(empty, rubric, hand, ({ draft }) => draft?.content ?? null, true)
}

/** The entry of the item on screen. */
export const entryOnScreen = ({ items, entries }: Session): Entry | null => {
  const [item] = items
  return (item && entries[item.assignment]) ?? null
}

/** The session with the queue's answer taken in: the item on screen stays there. */
function taken(session: Session, rubric: ShownRubric, hand: Hand, newest: NewestDraft, afresh: boolean): Session {
  const [onScreen] = session.items
  const known = new Map([...session.items, ...hand.items].map((item) => [item.assignment, item]))
  const order = hand.order.filter((id) => id !== onScreen?.assignment && !session.sentOff.includes(id))
  const first = onScreen ? (known.get(onScreen.assignment) ?? onScreen) : undefined
  const items = [...(first ? [first] : []), ...order.flatMap((id) => known.get(id) ?? [])]
  const entries = Object.fromEntries(
    items.map((item) => {
      const entered = session.entries[item.assignment]
      const sent = hand.items.includes(item)
      return [item.assignment, entered && !(afresh && sent) ? entered : opened(rubric, newest(item))]
    }),
  )
  return { ...session, items, entries, progress: hand.progress }
}

const without = (list: readonly string[], one: string): string[] => list.filter((id) => id !== one)

/** Takes the item off the screen: the next one is there. */
function off(session: Session): Session {
  const [item, ...items] = session.items
  if (!item) return session
  const { [item.assignment]: _, ...entries } = session.entries
  return { ...session, items, entries }
}

function sendOff(session: Session): Session {
  const [item] = session.items
  return item ? { ...off(session), sentOff: [...session.sentOff, item.assignment] } : session
}

function submitted(session: Session, content: Content, parcel: string): Session {
  const [item] = session.items
  const entry = entryOnScreen(session)
  if (!item || !entry) return session
  return { ...sendOff(session), last: { item, entry: { ...entry, content }, parcel, rating: null } }
}

function takeBack(session: Session, rubric: ShownRubric, hand: Hand | null): Session {
  const { last } = session
  if (!last) return session
  const { assignment } = last.item
  const back: Session = {
    ...session,
    items: [last.item, ...session.items.filter((item) => item.assignment !== assignment)],
    entries: { ...session.entries, [assignment]: { ...last.entry, changes: last.entry.changes + 1 } },
    sentOff: without(session.sentOff, assignment),
    last: null,
  }
  return hand ? taken(back, rubric, hand, ({ draft }) => draft?.content ?? null, false) : back
}

function resumed(session: Session, rubric: ShownRubric, newest: NewestDraft, sentOff: string[]): Session {
  const items = session.items.filter(({ assignment }) => !sentOff.includes(assignment))
  const entries = Object.fromEntries(items.map((item) => [item.assignment, opened(rubric, newest(item))]))
  return { ...session, items, entries, sentOff: [...new Set([...session.sentOff, ...sentOff])] }
}

/** The session after a step. */
export function stepped(session: Session, rubric: ShownRubric, step: Step): Session {
  switch (step.type) {
    case 'change': {
      const [item] = session.items
      const entry = entryOnScreen(session)
      if (!item || !entry) return session
      const next = changed(entry, rubric, step.change, asksClosest(item.references))
      return next === entry ? session : { ...session, entries: { ...session.entries, [item.assignment]: next } }
    }
    case 'hand':
      return taken(session, rubric, step.hand, step.newest, step.afresh ?? false)
    case 'resume':
      return resumed(session, rubric, step.newest, step.sentOff)
    case 'submit':
      return submitted(session, step.content, step.parcel)
    case 'skip':
      return sendOff(session)
    case 'drop':
      return off(session)
    case 'delivered': {
      const mine = session.last?.parcel === step.parcel
      const last = mine && session.last ? { ...session.last, rating: step.rating } : session.last
      return { ...session, sentOff: without(session.sentOff, step.assignment), last }
    }
    case 'take back':
      return takeBack(session, rubric, step.hand)
    case 'settle':
      return session.last?.parcel === step.parcel ? { ...session, last: null } : session
    case 'reveal': {
      const items = session.items.map((item) =>
        item.assignment === step.assignment ? { ...item, references: step.references } : item,
      )
      const entry = session.entries[step.assignment]
      const entries =
        entry && asksClosest(step.references)
          ? { ...session.entries, [step.assignment]: { ...entry, current: CLOSEST_ROW } }
          : session.entries
      return { ...session, items, entries }
    }
  }
}
