/**
 * What was submitted, skipped or flagged and the server has not acknowledged yet. Kept in the browser until it is; sent one after the other,
 * again and again while the server cannot be reached, so that a rater neither waits nor loses anything.
 */
import type { Answered, Asked, Failure, Outcome } from './client.ts'
import type { Keep } from './keep.ts'

export type Posted = 'submit' | 'skip' | 'flag'

/** One thing to send. `id` is unique; the ids of later parcels sort later. */
export type Parcel<R extends Posted = Posted> = {
  [K in R]: {
    id: string
    /** The address of the round's routes: parcels outlive the page they were made on. */
    base: string
    route: K
    body: Omit<Asked[K], 'known'>
    /** The first words of the question, to tell a person which item this is about. */
    about: string
    /** Why the server will not take it; null while it is still to be sent. */
    refused: Failure | null
  }
}[R]

export type OutboxState = {
  parcels: readonly Parcel[]
  /** Id of the parcel on its way now. */
  sending: string | null
  /** Why the last try failed; null when it did not, or nothing was tried. */
  trouble: Failure | null
  /** False when the browser would not keep a parcel: closing the page would lose it. */
  kept: boolean
}

export type Delivery = { [R in Posted]: { parcel: Parcel<R>; route: R; answer: Answered[R] } }[Posted]

type Surroundings = {
  keep: Keep
  /** Whose outbox it is: two people may use one browser. */
  rater: string
  send: (parcel: Parcel) => Promise<Outcome<Answered[Posted]>>
  /** Runs a function after so many milliseconds; returns what cancels it. */
  later: (ms: number, fn: () => void) => () => void
}

const LONGEST_WAIT_MS = 60_000

/** How long to wait after so many tries in a row that failed: 1, 2, 4, ... seconds, a minute at most. */
export const waitAfter = (tries: number): number => Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.max(0, tries - 1))

export class Outbox {
  #state: OutboxState
  #tries = 0
  #cancelWait: () => void = () => {}
  readonly #around: Surroundings
  readonly #watchers = new Set<() => void>()
  readonly #receivers = new Set<(delivery: Delivery) => void>()

  /** Takes up what an earlier page left unsent. */
  constructor(around: Surroundings) {
    this.#around = around
    const parcels = around.keep.keys(this.#prefix()).flatMap((key) => around.keep.read<Parcel>(key) ?? [])
    this.#state = { parcels, sending: null, trouble: null, kept: true }
  }

  get state(): OutboxState {
    return this.#state
  }

  /** Calls back after every change of `state`; returns what stops it. */
  watch(fn: () => void): () => void {
    this.#watchers.add(fn)
    return () => this.#watchers.delete(fn)
  }

  /** Calls back with every answer to a parcel; returns what stops it. */
  receive(fn: (delivery: Delivery) => void): () => void {
    this.#receivers.add(fn)
    return () => this.#receivers.delete(fn)
  }

  post(parcel: Parcel): void {
    const kept = this.#around.keep.write(this.#prefix() + parcel.id, parcel)
    this.#set({ parcels: [...this.#state.parcels, parcel], kept: this.#state.kept && kept })
    this.wake()
  }

  /** Takes back a parcel that is not on its way; false when it is, or has arrived. */
  recall(id: string): boolean {
    if (this.#state.sending === id || !this.#state.parcels.some((parcel) => parcel.id === id)) return false
    this.#remove(id)
    return true
  }

  /** Waits while a parcel is on its way. */
  settled(id: string): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#state.sending === id) return
        stop()
        resolve()
      }
      const stop = this.watch(look)
      look()
    })
  }

  /** Forgets a parcel that was refused. */
  discard(id: string): void {
    this.#remove(id)
  }

  /** Sends a refused parcel again. */
  retry(id: string): void {
    this.#replace(id, { refused: null })
    this.wake()
  }

  /** Tries at once: the network is back, someone signed in again, or the page came into view. */
  wake(): void {
    this.#cancelWait()
    void this.#sendNext()
  }

  async #sendNext(): Promise<void> {
    const parcel = this.#state.parcels.find(({ refused }) => refused === null)
    if (this.#state.sending !== null || !parcel) return
    this.#set({ sending: parcel.id })
    const outcome = await this.#around.send(parcel)
    if (outcome.ok) {
      this.#tries = 0
      this.#around.keep.drop(this.#prefix() + parcel.id)
      const parcels = this.#state.parcels.filter(({ id }) => id !== parcel.id)
      this.#set({ parcels, sending: null, trouble: null })
      const delivery = { parcel, route: parcel.route, answer: outcome.value } as Delivery
      for (const fn of this.#receivers) fn(delivery)
      return this.#sendNext()
    }
    if (outcome.failure.why === 'refused') {
      this.#set({ sending: null, trouble: null })
      this.#replace(parcel.id, { refused: outcome.failure })
      return this.#sendNext()
    }
    this.#tries += 1
    this.#set({ sending: null, trouble: outcome.failure })
    this.#cancelWait = this.#around.later(waitAfter(this.#tries), () => void this.#sendNext())
  }

  #remove(id: string): void {
    this.#around.keep.drop(this.#prefix() + id)
    this.#set({ parcels: this.#state.parcels.filter((parcel) => parcel.id !== id) })
  }

  #replace(id: string, over: Pick<Parcel, 'refused'>): void {
    const parcels = this.#state.parcels.map((parcel) => (parcel.id === id ? { ...parcel, ...over } : parcel))
    this.#set({ parcels })
    const parcel = parcels.find((one) => one.id === id)
    if (parcel) this.#around.keep.write(this.#prefix() + id, parcel)
  }

  #prefix(): string {
    return `assay:outbox:${this.#around.rater}:`
  }

  #set(over: Partial<OutboxState>): void {
    this.#state = { ...this.#state, ...over }
    for (const fn of this.#watchers) fn()
  }
}
