import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { extendLeases, returnExpiredLeases } from '#app/evaluation/queue/lease.ts'
import { showOwnItem } from '#app/evaluation/queue/own-item.ts'
import type { Hand } from '#app/evaluation/queue/shown.ts'
import { skipItem, takeUpSkipped } from '#app/evaluation/queue/skip.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { LEASE_MS } from '#app/evaluation/queue/terms.ts'
import { listWork, showRound } from '#app/evaluation/queue/work.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { saveDraft } from '#app/evaluation/ratings/draft.ts'
import { listKeptDrafts } from '#app/evaluation/ratings/history.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { undoSubmit } from '#app/evaluation/ratings/undo.ts'
import { caseDocuments, documents } from '#db/schema/cases.ts'
import { assignments, items, type REASONS, roundRaters } from '#db/schema/rounds.ts'
import { addReference, addRound } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { addPanel, type Panel, scored } from '#tests/support/rating.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let clock = Date.UTC(2026, 10, 24)
let restore: () => void

beforeEach(async () => {
  store = await freshStore()
  restore = replaceAmbient({ now: () => clock })
})
afterEach(() => restore())

const problemOf = async (promise: Promise<unknown>): Promise<Problem> => {
  const error = await promise.then(
    () => new Error('it went through'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof Problem) return error
  throw error
}

const submit = (scope: Scope, panel: Panel, assignment = '', content: Content = scored(panel.rubric)) =>
  submitRating(store, scope, panel.round, { assignment, submissionId: newId(), content })

/** Rates until nothing is left; returns the assignments in order. */
async function rateAll(scope: Scope, panel: Panel): Promise<string[]> {
  const done: string[] = []
  let hand: Hand = await takeHand(store, scope, panel.round)
  while (hand.order[0]) {
    done.push(hand.order[0])
    hand = await submit(scope, panel, hand.order[0])
  }
  return done
}

const itemOf = async (assignment: string | undefined) => {
  const [row] = await store.read
    .select({ item: items, state: assignments.state })
    .from(assignments)
    .innerJoin(items, eq(items.id, assignments.itemId))
    .where(eq(assignments.id, assignment ?? ''))
  if (!row) throw new Error('no such assignment')
  return row
}

describe('taking items', () => {
  it('gives every rater every item once, in an order of their own, and says how many are left', async () => {
    const panel = await addPanel(store, { items: 30, raters: 2, overlap: 2 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    const hand = await takeHand(store, ana, panel.round)
    expect(hand.progress).toEqual({ done: 0, left: 30, skipped: 0, secondsLeft: 3600 })
    const orders: string[][] = []
    for (const scope of [ana, ben]) {
      const done = await rateAll(scope, panel)
      const rated = await Promise.all(done.map(async (assignment) => (await itemOf(assignment)).item.id))
      expect(new Set(rated).size).toBe(30)
      orders.push(rated)
    }
    expect(orders[0]).not.toEqual(orders[1])
    const all = await store.read.select().from(items)
    expect(all.every((item) => item.done === 2 && item.taken === 2)).toBe(true)
  })

  it('begins with what is begun, and keeps the hand on asking again', async () => {
    const panel = await addPanel(store, { items: 20, raters: 2, overlap: 2 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    const one = await takeHand(store, ana, panel.round)
    expect((await takeHand(store, ana, panel.round)).order).toEqual(one.order)
    const two = await takeHand(store, ben, panel.round)
    const mine = await Promise.all(one.order.map(async (id) => (await itemOf(id)).item.id))
    const theirs = await Promise.all(two.order.map(async (id) => (await itemOf(id)).item.id))
    expect(theirs.sort()).toEqual(mine.sort())
  })

  it('puts the item with a draft first', async () => {
    const panel = await addPanel(store, { items: 5 })
    const [rater] = panel.raters as [Scope]
    const { order } = await takeHand(store, rater, panel.round)
    await saveDraft(store, rater, panel.round, { assignment: order[1] ?? '', content: scored(panel.rubric, 2) })
    const again = await takeHand(store, rater, panel.round)
    expect(again.order).toEqual([order[1], order[0]])
    expect(again.items[0]?.draft).toEqual({ content: scored(panel.rubric, 2), savedAt: clock })
  })

  it('sends only contents that the browser does not have', async () => {
    const panel = await addPanel(store, { items: 5 })
    const [rater] = panel.raters as [Scope]
    const { order } = await takeHand(store, rater, panel.round)
    const again = await takeHand(store, rater, panel.round, [order[0] ?? ''])
    expect(again.order).toEqual(order)
    expect(again.items.map((item) => item.assignment)).toEqual([order[1]])
  })

  it('never gives a rater a case they wrote a reference of', async () => {
    const panel = await addPanel(store, { items: 4, raters: 2, overlap: 1 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    const [mine] = panel.cases as [Panel['cases'][number]]
    await store.write((tx) => addReference(tx, panel.project, mine.caseId, { authorId: ana.user.id }))
    expect((await takeHand(store, ana, panel.round)).progress.left).toBe(3)
    const done = await rateAll(ana, panel)
    expect(done).toHaveLength(3)
    expect((await takeHand(store, ana, panel.round)).progress).toMatchObject({ done: 3, left: 0 })
    expect(await rateAll(ben, panel)).toHaveLength(1)
  })

  it.each([
    ['audit', 0],
    ['disagreement', 0],
    ['anchor', 2],
    ['repeat', 2],
  ] as const)(
    'a response rated before comes again as %s: %i items',
    async (reason: (typeof REASONS)[number], expected) => {
      const panel = await addPanel(store, { items: 2, raters: 1, overlap: 1 })
      const [rater] = panel.raters as [Scope]
      await rateAll(rater, panel)
      const later = await store.write(async (tx) => {
        const round = await addRound(tx, panel.project, panel.rubric.versionId, [rater.user.id], panel.cases, {
          overlap: 1,
        })
        await tx.update(items).set({ reason }).where(eq(items.roundId, round.id))
        return round
      })
      expect(await rateAll(rater, { ...panel, round: later.id })).toHaveLength(expected)
    },
  )

  it('opens an item elsewhere again when its rating here is taken back', async () => {
    const panel = await addPanel(store, { items: 1, raters: 1, overlap: 1 })
    const [rater] = panel.raters as [Scope]
    const other = await store.write((tx) =>
      addRound(tx, panel.project, panel.rubric.versionId, [rater.user.id], panel.cases, { overlap: 1 }),
    )
    const [assignment] = await rateAll(rater, panel)
    expect((await takeHand(store, rater, other.id)).order).toEqual([])
    await undoSubmit(store, rater, panel.round, { assignment: assignment ?? '' })
    expect((await takeHand(store, rater, other.id)).order).toHaveLength(1)
  })

  it('is only for those chosen for the round', async () => {
    const panel = await addPanel(store)
    const elsewhere = await addPanel(store)
    const [stranger] = elsewhere.raters as [Scope]
    expect(await problemOf(takeHand(store, stranger, panel.round))).toMatchObject({ kind: 'missing', code: 'no-round' })
    expect((await problemOf(takeHand(store, panel.lead, panel.round))).kind).toBe('forbidden')
    expect((await problemOf(showRound(store.read, stranger, panel.round))).code).toBe('no-round')
    const [rater] = panel.raters as [Scope]
    const { project } = stranger
    expect((await problemOf(takeHand(store, { ...rater, project }, panel.round))).code).toBe('no-round')
  })
})

describe('what is shown', () => {
  it('is the question, the response and the documents as safe HTML, and nothing that gives the item away', async () => {
    const panel = await addPanel(store, { items: 1, raters: 1, references: ['high', 'borderline'] })
    const [rater] = panel.raters as [Scope]
    const [one] = panel.cases as [{ caseId: string; responseId: string }]
    await store.write(async (tx) => {
      const row = { id: newId(), projectId: panel.project.id, title: 'Handbook', createdAt: clock, contentHash: 'h' }
      await tx.insert(documents).values({ ...row, text: '# Care\n\nfour words are here <script>' })
      await tx.insert(caseDocuments).values({ caseId: one.caseId, position: 0, documentId: row.id })
    })
    const hand = await takeHand(store, rater, panel.round)
    expect(hand.items[0]).toEqual({
      assignment: hand.order[0],
      question: '<p>Question case-1?</p>',
      response: '<p>Answer to case-1.</p>',
      documents: [{ title: 'Handbook', html: '<h3>Care</h3>\n<p>four words are here &lt;script&gt;</p>', words: 7 }],
      references: null,
      referencesFollow: false,
      draft: null,
      leaseExpiresAt: clock + LEASE_MS,
    })
    const told = JSON.stringify([
      hand,
      await showRound(store.read, rater, panel.round),
      await listWork(store.read, rater),
    ])
    const secret = [one.caseId, one.responseId, panel.items[0], panel.systemVersionId, 'assistant-2026-05', 'audit']
    for (const word of secret) expect(told).not.toContain(word)
    expect(await showOwnItem(store, rater, panel.round, hand.order[0] ?? '')).toEqual(hand.items[0])
  })
})

describe('leases', () => {
  it('go back to the queue when they run out; the draft stays and comes back to its author', async () => {
    const panel = await addPanel(store, { items: 1, raters: 2, overlap: 1 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    const { order } = await takeHand(store, ana, panel.round)
    await saveDraft(store, ana, panel.round, { assignment: order[0] ?? '', content: scored(panel.rubric, 1) })
    expect((await takeHand(store, ben, panel.round)).order).toEqual([])
    clock += LEASE_MS + 1
    expect(await returnExpiredLeases(store)).toBe(1)
    expect(await returnExpiredLeases(store)).toBe(0)
    expect(await itemOf(order[0])).toMatchObject({ state: 'expired', item: { taken: 0, done: 0 } })
    const again = await takeHand(store, ana, panel.round)
    expect(again.order).toEqual(order)
    expect(again.items[0]?.draft?.content).toEqual(scored(panel.rubric, 1))
    expect((await itemOf(order[0])).item.taken).toBe(1)
  })

  it('that ran out are noticed by whoever asks and would find nothing', async () => {
    const panel = await addPanel(store, { items: 2, raters: 2, overlap: 1 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    await takeHand(store, ana, panel.round)
    clock += LEASE_MS + 1
    expect((await takeHand(store, ben, panel.round)).order).toHaveLength(2)
  })

  it('are kept alive by a heartbeat, a draft or asking again', async () => {
    const panel = await addPanel(store, { items: 4, raters: 1, overlap: 1 })
    const [rater] = panel.raters as [Scope]
    const { order } = await takeHand(store, rater, panel.round)
    clock += LEASE_MS - 1
    expect((await extendLeases(store, rater, panel.round)).leases).toEqual({
      [order[0] ?? '']: clock + LEASE_MS,
      [order[1] ?? '']: clock + LEASE_MS,
    })
    clock += LEASE_MS - 1
    const saved = await saveDraft(store, rater, panel.round, {
      assignment: order[0] ?? '',
      content: scored(panel.rubric),
    })
    expect(saved).toEqual({ savedAt: clock, leaseExpiresAt: clock + LEASE_MS })
    clock += 2
    expect(await returnExpiredLeases(store)).toBe(1)
    expect(Object.keys((await extendLeases(store, rater, panel.round)).leases)).toEqual([order[0]])
    clock += LEASE_MS - 1
    await takeHand(store, rater, panel.round)
    clock += LEASE_MS - 1
    expect(await returnExpiredLeases(store)).toBe(0)
  })

  it('may have run out when a rating comes, as long as there is room', async () => {
    const panel = await addPanel(store, { items: 1, raters: 2, overlap: 1 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    const { order } = await takeHand(store, ana, panel.round)
    clock += LEASE_MS + 1
    await returnExpiredLeases(store)
    await submit(ana, panel, order[0])
    expect(await itemOf(order[0])).toMatchObject({ state: 'submitted', item: { taken: 1, done: 1 } })
    expect((await takeHand(store, ben, panel.round)).order).toEqual([])
  })

  it('that ran out and whose item others completed refuse the rating and keep it as a draft', async () => {
    const panel = await addPanel(store, { items: 1, raters: 2, overlap: 1 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    const { order } = await takeHand(store, ana, panel.round)
    clock += LEASE_MS + 1
    await rateAll(ben, panel)
    const content = scored(panel.rubric, 1)
    expect(await problemOf(submit(ana, panel, order[0], content))).toMatchObject({
      kind: 'gone',
      code: 'lease-expired',
    })
    expect((await itemOf(order[0])).item).toMatchObject({ taken: 1, done: 1 })
    expect(await listKeptDrafts(store, ana)).toMatchObject([{ assignment: order[0], why: 'completed by others' }])
    expect((await takeHand(store, ana, panel.round)).order).toEqual([])
  })
})

describe('skipping', () => {
  it('gives the item to others, not to oneself again, until one asks for it', async () => {
    const panel = await addPanel(store, { items: 3, raters: 2, overlap: 1 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    const { order } = await takeHand(store, ana, panel.round)
    await saveDraft(store, ana, panel.round, { assignment: order[0] ?? '', content: scored(panel.rubric, 1) })
    const next = await skipItem(store, ana, panel.round, { assignment: order[0] ?? '', reason: 'not my field' })
    expect(next.order).not.toContain(order[0])
    expect(next.progress).toMatchObject({ done: 0, left: 2, skipped: 1 })
    await skipItem(store, ana, panel.round, { assignment: order[0] ?? '', reason: 'not my field' })
    expect((await itemOf(order[0])).item.taken).toBe(0)
    for (const assignment of next.order) await submit(ana, panel, assignment)
    expect((await takeHand(store, ana, panel.round)).order).toEqual([])

    const back = await takeUpSkipped(store, ana, panel.round)
    expect(back.order).toEqual([order[0]])
    expect(back.items[0]?.draft?.content).toEqual(scored(panel.rubric, 1))
    await skipItem(store, ana, panel.round, { assignment: order[0] ?? '', reason: 'still not' })
    await rateAll(ben, panel)
    expect((await problemOf(takeUpSkipped(store, ana, panel.round))).code).toBe('nothing-skipped')
    expect((await listWork(store.read, ana))[0]?.progress).toMatchObject({ done: 2, left: 0, skipped: 0 })
  })
})

describe('having nothing left', () => {
  it('is remembered, and looked into again when something was opened', async () => {
    const panel = await addPanel(store, { items: 2, raters: 2, overlap: 1 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    const { order } = await takeHand(store, ana, panel.round)
    expect((await takeHand(store, ben, panel.round)).order).toEqual([])
    const place = and(eq(roundRaters.roundId, panel.round), eq(roundRaters.raterId, ben.user.id))
    const [remembered] = await store.read.select().from(roundRaters).where(place)
    expect(remembered?.exhaustedAt).not.toBeNull()
    await skipItem(store, ana, panel.round, { assignment: order[0] ?? '', reason: 'no' })
    expect((await takeHand(store, ben, panel.round)).order).toHaveLength(1)
  })
})
