/** Raters at work in every order: a seeded schedule of everything that the queue lets them do, run concurrently. */
import { and, eq, inArray, lt, notInArray } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { extendLeases, returnExpiredLeases } from '#app/evaluation/queue/lease.ts'
import { skipItem, takeUpSkipped } from '#app/evaluation/queue/skip.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { LEASE_MS } from '#app/evaluation/queue/terms.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { saveDraft } from '#app/evaluation/ratings/draft.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { undoSubmit } from '#app/evaluation/ratings/undo.ts'
import { assignments, items } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { type Panel, scored } from './rating.ts'

/** Whole numbers in [0, below) from a seed (mulberry32: Ettinger 2017). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export type World = {
  panel: Panel
  stores: readonly Store[]
  clock: { now: number }
  /** Rises when a slot may have been returned, before and after. */
  opened: number
  /** What the server said it has: the level in the draft, or in the rating in force, by assignment. */
  drafts: Map<string, number>
  ratings: Map<string, { rater: string; level: number }>
  /** Times a rater was told that nothing is left while an item was open to them. */
  wrong: string[]
}

/** Failures that a rater may meet in the ordinary course of things. */
const EXPECTED = new Set([
  'lease-expired',
  'already-submitted',
  'nothing-to-undo',
  'undo-too-late',
  'hand-full',
  'nothing-skipped',
])

async function allowing<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof Problem && EXPECTED.has(error.code)) return null
    throw error
  }
}

/** An item that the rater could be given now, by looking at every one. */
export async function openTo(store: Store, panel: Panel, rater: string): Promise<string | null> {
  const own = store.read
    .select({ id: assignments.itemId })
    .from(assignments)
    .where(and(eq(assignments.raterId, rater), inArray(assignments.state, ['leased', 'submitted', 'skipped'])))
  const [item] = await store.read
    .select({ id: items.id })
    .from(items)
    .where(and(eq(items.roundId, panel.round), lt(items.taken, items.needed), notInArray(items.id, own)))
    .limit(1)
  return item?.id ?? null
}

export class Rater {
  readonly scope: Scope
  readonly #world: World
  readonly #store: Store
  readonly #random: (below: number) => number
  #hand: string[] = []
  #last: string | null = null

  constructor(world: World, index: number, seed: number) {
    const scope = world.panel.raters[index]
    const store = world.stores[index % world.stores.length]
    if (!scope || !store) throw new Error('no such rater')
    this.scope = scope
    this.#world = world
    this.#store = store
    this.#random = seeded(seed * 1_000 + index)
  }

  /** One thing at random. */
  async act(): Promise<void> {
    const [assignment] = this.#hand
    const die = this.#random(100)
    if (die < 3) return this.#timePasses()
    if (die < 6) return this.#sweep()
    if (!assignment || die < 20) return this.take()
    if (die < 32) return this.#draft(assignment)
    if (die < 38) return this.#skip(assignment)
    if (die < 46) return this.#undo()
    if (die < 50) return this.#heartbeat()
    if (die < 54) return this.#takeUp()
    if (die < 62) return this.#submitTwice(assignment)
    return this.#submit(assignment)
  }

  /** Rates until nothing is left, taking up what was skipped. */
  async finish(): Promise<void> {
    for (;;) {
      await this.take()
      if (this.#hand.length === 0) await this.#takeUp()
      const [assignment] = this.#hand
      if (!assignment) return
      await this.#submit(assignment)
    }
  }

  async take(): Promise<void> {
    const { panel } = this.#world
    const before = this.#world.opened
    const hand = await takeHand(this.#store, this.scope, panel.round)
    this.#hand = hand.order
    if (hand.order.length > 0) return
    const open = await openTo(this.#store, panel, this.scope.user.id)
    if (open && before === this.#world.opened) this.#world.wrong.push(`${this.scope.user.name}: ${open}`)
  }

  async #opening<T>(fn: () => Promise<T>): Promise<T> {
    this.#world.opened += 1
    try {
      return await fn()
    } finally {
      this.#world.opened += 1
    }
  }

  async #timePasses(): Promise<void> {
    await this.#opening(async () => {
      this.#world.clock.now += LEASE_MS + 1
    })
  }

  async #sweep(): Promise<void> {
    await this.#opening(() => returnExpiredLeases(this.#store))
  }

  async #heartbeat(): Promise<void> {
    await extendLeases(this.#store, this.scope, this.#world.panel.round)
  }

  async #draft(assignment: string): Promise<void> {
    const level = 1 + this.#random(4)
    const saved = await allowing(
      saveDraft(this.#store, this.scope, this.#world.panel.round, { assignment, content: this.#content(level) }),
    )
    if (saved) this.#world.drafts.set(assignment, level)
  }

  async #skip(assignment: string): Promise<void> {
    const hand = await this.#opening(() =>
      allowing(skipItem(this.#store, this.scope, this.#world.panel.round, { assignment, reason: 'no' })),
    )
    if (hand) this.#hand = hand.order
  }

  async #takeUp(): Promise<void> {
    const hand = await allowing(takeUpSkipped(this.#store, this.scope, this.#world.panel.round))
    if (hand) this.#hand = hand.order
  }

  async #undo(): Promise<void> {
    const assignment = this.#last
    if (!assignment) return
    const hand = await this.#opening(() =>
      allowing(undoSubmit(this.#store, this.scope, this.#world.panel.round, { assignment })),
    )
    if (!hand) return
    this.#hand = hand.order
    const undone = this.#world.ratings.get(assignment)
    if (undone) this.#world.drafts.set(assignment, undone.level)
    this.#world.ratings.delete(assignment)
  }

  #content(level: number): Content {
    return scored(this.#world.panel.rubric, level)
  }

  async #send(assignment: string, submissionId: string, level: number): Promise<void> {
    const { panel, drafts, ratings } = this.#world
    const content = this.#content(level)
    const kept = submitRating(this.#store, this.scope, panel.round, { assignment, submissionId, content })
    const done = await kept.catch((error: unknown) => {
      if (!(error instanceof Problem) || !EXPECTED.has(error.code)) throw error
      if (error.code === 'lease-expired') drafts.set(assignment, level)
      this.#hand = this.#hand.filter((id) => id !== assignment)
      return null
    })
    if (!done) return
    drafts.delete(assignment)
    ratings.set(assignment, { rater: this.scope.user.id, level })
    this.#hand = done.order
    this.#last = assignment
  }

  async #submit(assignment: string): Promise<void> {
    await this.#send(assignment, newId(), 1 + this.#random(4))
  }

  /** Two tabs, or an answer that got lost: the same submission twice at once, or another one beside it. */
  async #submitTwice(assignment: string): Promise<void> {
    const id = newId()
    const level = 1 + this.#random(4)
    const other = this.#random(2) === 0 ? id : newId()
    await Promise.all([this.#send(assignment, id, level), this.#send(assignment, other, level)])
  }
}
