/** The work of correcting one's own rating: the same rubric and keys as rating, with no queue behind it. */
import type { ShownItem } from '#app/evaluation/queue/shown.ts'
import type { OwnRatingInFull } from '#app/evaluation/ratings/shown.ts'
import type { Bench, Told } from './bench.ts'
import type { Answered, Asked, Outcome } from './client.ts'
import { type Change, changed, type Entry, entryOf } from './entry.ts'
import { asksClosest, type Missing, missingIn } from './missing.ts'

export type CorrectionState = {
  entry: Entry
  busy: boolean
  told: Told
  /** The correction has been stored. */
  done: boolean
}

type Surroundings = {
  ask: (body: Asked['correct']) => Promise<Outcome<Answered['correct']>>
  newId: () => string
}

/** A rating as an item in hand: nothing of it is drafted or leased. */
export const itemOf = ({ assignment, question, response, documents, references }: OwnRatingInFull): ShownItem => ({
  assignment,
  question,
  response,
  documents,
  references,
  referencesFollow: false,
  draft: null,
  leaseExpiresAt: 0,
})

export class Correction implements Bench {
  readonly item: ShownItem
  #state: CorrectionState
  /** Sent again when no answer came: what arrived already is not stored twice. */
  #submission: { id: string; changes: number } | null = null
  readonly #own: OwnRatingInFull
  readonly #around: Surroundings
  readonly #watchers = new Set<() => void>()

  constructor(own: OwnRatingInFull, around: Surroundings) {
    this.#own = own
    this.#around = around
    this.item = itemOf(own)
    this.#state = { entry: entryOf(own.rubric, own.content), busy: false, told: null, done: false }
  }

  get state(): CorrectionState {
    return this.#state
  }

  get entry(): Entry {
    return this.#state.entry
  }

  get busy(): boolean {
    return this.#state.busy || this.#state.done
  }

  watch = (fn: () => void): (() => void) => {
    this.#watchers.add(fn)
    return () => this.#watchers.delete(fn)
  }

  missing(): Missing[] {
    return missingIn(this.#own.rubric, this.item, this.entry.content)
  }

  change(change: Change): void {
    if (this.busy) return
    const asks = asksClosest(this.item.references)
    const told = change.type === 'go' || change.type === 'step' ? this.#state.told : null
    this.#set({ entry: changed(this.entry, this.#own.rubric, change, asks), told })
  }

  submit(): Missing | null {
    if (this.busy) return null
    const first = this.missing()[0]
    this.tell(first ? { text: first.say, tone: 'bad' } : null)
    if (!first) void this.#send()
    return first ?? null
  }

  async undo(): Promise<void> {
    if (this.entry.past.length > 0) this.change({ type: 'undo' })
    else this.tell({ text: 'There is nothing to undo.', tone: 'info' })
  }

  async reveal(): Promise<boolean> {
    this.tell({ text: 'There are no references to show for this item.', tone: 'info' })
    return false
  }

  tell(told: Told): void {
    this.#set({ told })
  }

  async #send(): Promise<void> {
    const { content, changes } = this.entry
    if (this.#submission?.changes !== changes) this.#submission = { id: this.#around.newId(), changes }
    this.#set({ busy: true })
    const outcome = await this.#around.ask({
      assignment: this.item.assignment,
      submissionId: this.#submission.id,
      revision: this.#own.rating?.revision ?? 0,
      content,
    })
    const told: Told = outcome.ok ? null : { text: outcome.failure.message, tone: 'bad' }
    this.#set({ busy: false, done: outcome.ok, told })
  }

  #set(over: Partial<CorrectionState>): void {
    this.#state = { ...this.#state, ...over }
    for (const fn of this.#watchers) fn()
  }
}
