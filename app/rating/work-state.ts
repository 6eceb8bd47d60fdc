/** What the rating page shows of the work in hand, and what that work needs around it. */
import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import type { Told } from './bench.ts'
import type { Answered, Asked, Outcome, Route } from './client.ts'
import type { DraftKeeper } from './drafts.ts'
import type { Outbox } from './outbox.ts'
import type { Session } from './session.ts'

export type WorkState = {
  session: Session
  /** Something is on its way that what is on screen depends on: nothing may be entered meanwhile. */
  busy: boolean
  /** The item on screen is open in another tab. */
  elsewhere: boolean
  /** The assignment that went back to the queue and could not be had again; empty: none. */
  returned: string
  told: Told
}

export type Surroundings = {
  /** The address of the round's routes. */
  base: string
  rubric: ShownRubric
  /** Items of the round may be handed out now. */
  isOpen: boolean
  ask: <R extends Route>(route: R, body: Asked[R]) => Promise<Outcome<Answered[R]>>
  outbox: () => Outbox
  keeper: DraftKeeper
  /** Measures the time spent on the item on screen. */
  time: { begin: (before: number) => void; read: () => number }
  /** Says which items the page has, so that answers do not bring them again. */
  setKnown: (known: string[]) => void
  later: (ms: number, fn: () => void) => () => void
  newId: () => string
}
