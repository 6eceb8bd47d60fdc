/**
 * Saves what is being entered as it is entered: in the browser at once, on the server a moment later. The browser's copy
 * goes when the server has the same.
 */
import type { ShownItem } from '#app/evaluation/queue/shown.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import type { Failure, Outcome } from './client.ts'
import type { Keep } from './keep.ts'
import { waitAfter } from './outbox.ts'

export const DRAFT_AFTER_MS = 600

export type DraftState = {
  phase: 'clean' | 'entered' | 'saving' | 'saved' | 'failed'
  /** When the server last stored it, by this browser's clock. */
  savedAt: number | null
  failure: Failure | null
  /** False when the browser would not keep a copy. */
  kept: boolean
}

/** The browser's copy. `base`: the `savedAt` of the server's draft that it goes on from. */
type Copy = { content: Content; changedAt: number; base: number | null }

type Surroundings = {
  keep: Keep
  rater: string
  save: (assignment: string, content: Content, leaving: boolean) => Promise<Outcome<{ savedAt: number }>>
  later: (ms: number, fn: () => void) => () => void
  now: () => number
}

const CLEAN: DraftState = { phase: 'clean', savedAt: null, failure: null, kept: true }

export class DraftKeeper {
  #state = CLEAN
  #assignment = ''
  /** What was entered and has not been sent; null when there is nothing new. */
  #unsent: Content | null = null
  #sending = false
  #base: number | null = null
  #tries = 0
  #cancel: () => void = () => {}
  readonly #around: Surroundings
  readonly #watchers = new Set<() => void>()

  constructor(around: Surroundings) {
    this.#around = around
  }

  get state(): DraftState {
    return this.#state
  }

  watch = (fn: () => void): (() => void) => {
    this.#watchers.add(fn)
    return () => this.#watchers.delete(fn)
  }

  /** The newer of the browser's and the server's draft of an item; null when there is neither. */
  newest({ assignment, draft }: Pick<ShownItem, 'assignment' | 'draft'>): Content | null {
    const copy = this.#around.keep.read<Copy>(this.#key(assignment))
    if (!copy) return draft?.content ?? null
    // A copy that goes on from the server's draft is newer, whatever the two clocks say.
    const goesOn = draft === null || (copy.base !== null && draft.savedAt <= copy.base)
    return goesOn || copy.changedAt > draft.savedAt ? copy.content : draft.content
  }

  /** Turns to another item, saving what is still unsaved of the one before. A copy left from before is sent. */
  begin({ assignment, draft }: Pick<ShownItem, 'assignment' | 'draft'>): void {
    if (assignment === this.#assignment) return
    void this.flush()
    this.#cancel()
    this.#assignment = assignment
    this.#base = draft?.savedAt ?? null
    this.#tries = 0
    const content = this.newest({ assignment, draft })
    this.#unsent = content === (draft?.content ?? null) ? null : content
    this.#set({ ...CLEAN, phase: this.#unsent ? 'entered' : 'clean' })
    if (this.#unsent) this.#later(DRAFT_AFTER_MS)
  }

  /** Something was entered for the current item. */
  entered(content: Content): void {
    this.#unsent = content
    const copy: Copy = { content, changedAt: this.#around.now(), base: this.#base }
    const kept = this.#around.keep.write(this.#key(this.#assignment), copy)
    this.#set({ phase: this.#sending ? 'saving' : 'entered', kept })
    if (!this.#sending) this.#later(DRAFT_AFTER_MS)
  }

  /** The item was submitted or skipped: its draft is of no more use. */
  end(assignment: string): void {
    this.#around.keep.drop(this.#key(assignment))
    if (assignment !== this.#assignment) return
    this.#cancel()
    this.#assignment = ''
    this.#unsent = null
    this.#set(CLEAN)
  }

  /** Sends now what has not been sent. `leaving`: the page may be gone before the answer. */
  async flush(leaving = false): Promise<void> {
    const content = this.#unsent
    const assignment = this.#assignment
    if (!content || (this.#sending && !leaving)) return
    this.#cancel()
    this.#sending = true
    this.#unsent = null
    this.#set({ phase: 'saving' })
    const outcome = await this.#around.save(assignment, content, leaving)
    this.#sending = false
    if (assignment !== this.#assignment) return this.#afterwards(assignment, content, outcome)
    if (outcome.ok) {
      this.#tries = 0
      this.#base = outcome.value.savedAt
      if (this.#unsent) this.entered(this.#unsent)
      else {
        this.#around.keep.drop(this.#key(assignment))
        this.#set({ phase: 'saved', savedAt: this.#around.now(), failure: null })
      }
      return
    }
    this.#unsent ??= content
    this.#tries += 1
    this.#set({ phase: 'failed', failure: outcome.failure })
    if (outcome.failure.why !== 'refused') this.#later(waitAfter(this.#tries))
  }

  /** An answer that came when another item was on: its copy goes only if it is still the one that was sent. */
  #afterwards(assignment: string, content: Content, outcome: Outcome<unknown>): void {
    const key = this.#key(assignment)
    const copy = this.#around.keep.read<Copy>(key)
    if (outcome.ok && JSON.stringify(copy?.content) === JSON.stringify(content)) this.#around.keep.drop(key)
    if (this.#unsent) this.#later(DRAFT_AFTER_MS)
  }

  #later(ms: number): void {
    this.#cancel()
    this.#cancel = this.#around.later(ms, () => void this.flush())
  }

  #key(assignment: string): string {
    return `assay:draft:${this.#around.rater}:${assignment}`
  }

  #set(over: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...over }
    for (const fn of this.#watchers) fn()
  }
}
