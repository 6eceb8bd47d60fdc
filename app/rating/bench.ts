import type { ShownItem } from '#app/evaluation/queue/shown.ts'
import type { Change, Entry } from './entry.ts'
import type { Missing } from './missing.ts'

/** Said once, to be acted on. */
export type Told = { text: string; tone: 'info' | 'bad' } | null

/** What the rubric, the keys and the controls of a page work on: the item on screen and what is entered for it. */
export type Bench = {
  readonly item: ShownItem | undefined
  readonly entry: Entry | null
  /** Something is on its way that what is on screen depends on: nothing may be entered meanwhile. */
  readonly busy: boolean
  change: (change: Change) => void
  /** Sends off what was entered; or returns the first thing that is missing. */
  submit: () => Missing | null
  undo: () => Promise<void>
  /** Shows the references; true when they are on screen. */
  reveal: () => Promise<boolean>
  tell: (told: Told) => void
}
