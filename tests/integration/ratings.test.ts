import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { correctRating } from '#app/evaluation/ratings/correct.ts'
import { saveDraft } from '#app/evaluation/ratings/draft.ts'
import { listKeptDrafts, listOwnRatings } from '#app/evaluation/ratings/history.ts'
import { showOwnRating } from '#app/evaluation/ratings/own-rating.ts'
import { revealReferences } from '#app/evaluation/ratings/reveal.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { undoSubmit } from '#app/evaluation/ratings/undo.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { assignments, items, rounds } from '#db/schema/rounds.ts'
import { auditEntries } from '#db/schema/work.ts'
import type { Store } from '#db/store.server.ts'
import { addPanel, type Panel, scored } from '#tests/support/rating.ts'
import { freshStore } from '#tests/support/store.ts'

type Dimension = Panel['rubric']['dimensions'][number]

let store: Store
let clock = Date.UTC(2026, 10, 24)
let restore: () => void

beforeEach(async () => {
  store = await freshStore()
  restore = replaceAmbient({ now: () => clock })
})
afterEach(() => restore())

const later = (ms: number) => {
  clock += ms
}

const first = async (scope: Scope, panel: Panel): Promise<string> => {
  const { order } = await takeHand(store, scope, panel.round)
  const [assignment] = order
  if (!assignment) throw new Error('nothing in hand')
  return assignment
}

const problemOf = async (promise: Promise<unknown>): Promise<Problem> => {
  const error = await promise.then(
    () => new Error('it went through'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof Problem) return error
  throw error
}

const submit = (scope: Scope, panel: Panel, assignment: string, content: Content, submissionId = newId()) =>
  submitRating(store, scope, panel.round, { assignment, submissionId, content })

describe('submitting', () => {
  it('stores every score, counts the item, drops the draft, hands out the next item and writes the audit log', async () => {
    const panel = await addPanel(store, { items: 4 })
    const [rater] = panel.raters as [Scope]
    const hand = await takeHand(store, rater, panel.round)
    const [assignment, next] = hand.order as [string, string]
    later(60_000)
    await saveDraft(store, rater, panel.round, { assignment, content: scored(panel.rubric, 2) })
    const [dimension] = panel.rubric.dimensions as [Dimension]
    const content = scored(panel.rubric, 3, { betterAnswer: 'Better.' })
    content.scores[dimension.id] = { level: null, cannotJudge: 'no source given', note: 'odd' }

    const done = await submit(rater, panel, assignment, content)

    expect(done.order[0]).toBe(next)
    expect(done.order).toHaveLength(2)
    expect(done.order).not.toContain(assignment)
    expect(done.progress).toMatchObject({ done: 1, left: 3, skipped: 0 })
    expect(done.undoUntil).toBe(clock + 30_000)
    const [rating] = await store.read.select().from(ratings)
    expect(rating).toMatchObject({
      id: done.rating,
      raterId: rater.user.id,
      revision: 1,
      source: 'app',
      betterAnswer: 'Better.',
      activeMs: 30_000,
      referencesSeen: false,
      changedAfterReferences: false,
      rubricVersionId: panel.rubric.versionId,
    })
    const stored = await store.read.select().from(scores)
    expect(stored).toHaveLength(2)
    expect(stored.find((score) => score.dimensionId === dimension.id)).toMatchObject({
      level: null,
      cannotJudge: 'no source given',
      note: 'odd',
    })
    const [item] = await store.read
      .select()
      .from(items)
      .where(eq(items.id, rating?.itemId ?? ''))
    expect(item).toMatchObject({ taken: 1, done: 1 })
    const [entry] = await store.read.select().from(auditEntries)
    expect(entry).toMatchObject({ action: 'rating.submitted', subjectId: done.rating, actorId: rater.user.id })
  })

  it('answers the same when the same submission is sent again, and stores it once', async () => {
    const panel = await addPanel(store)
    const [rater] = panel.raters as [Scope]
    const assignment = await first(rater, panel)
    const id = newId()
    const content = scored(panel.rubric, 3, {
      evidence: [
        { dimension: panel.rubric.dimensions[0]?.id ?? '', source: 'response', start: 2, end: 6, quote: 'abcd' },
      ],
    })
    const one = await submit(rater, panel, assignment, content, id)
    later(10_000)
    const two = await submit(rater, panel, assignment, content, id)
    expect(two.rating).toBe(one.rating)
    expect(two.undoUntil).toBe(one.undoUntil)
    expect(two.order).toEqual(one.order)
    expect(await store.read.select().from(ratings)).toHaveLength(1)
  })

  it('answers the same again even after the round was closed', async () => {
    const panel = await addPanel(store)
    const [rater] = panel.raters as [Scope]
    const assignment = await first(rater, panel)
    const id = newId()
    const one = await submit(rater, panel, assignment, scored(panel.rubric), id)
    await store.write(async (tx) => void (await tx.update(rounds).set({ state: 'closed' })))
    const two = await submit(rater, panel, assignment, scored(panel.rubric), id)
    expect(two).toMatchObject({ rating: one.rating, order: [], items: [] })
  })

  it('refuses a second submission of the item, and a reused id', async () => {
    const panel = await addPanel(store)
    const [rater, other] = panel.raters as [Scope, Scope]
    const assignment = await first(rater, panel)
    const id = newId()
    const { order } = await submit(rater, panel, assignment, scored(panel.rubric), id)
    expect((await problemOf(submit(rater, panel, assignment, scored(panel.rubric)))).code).toBe('already-submitted')
    expect((await problemOf(submit(rater, panel, assignment, scored(panel.rubric, 1), id))).code).toBe(
      'submission-reused',
    )
    expect((await problemOf(submit(rater, panel, order[0] ?? '', scored(panel.rubric), id))).code).toBe(
      'submission-reused',
    )
    const theirs = await first(other, panel)
    expect((await problemOf(submit(other, panel, theirs, scored(panel.rubric), id))).code).toBe('submission-reused')
    expect(await store.read.select().from(ratings)).toHaveLength(1)
  })

  it('stores one of two submits from two tabs at once', async () => {
    const panel = await addPanel(store)
    const [rater] = panel.raters as [Scope]
    const assignment = await first(rater, panel)
    const results = await Promise.allSettled([
      submit(rater, panel, assignment, scored(panel.rubric, 1)),
      submit(rater, panel, assignment, scored(panel.rubric, 2)),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await store.read.select().from(ratings)).toHaveLength(1)
  })

  it('says field by field what is missing', async () => {
    const panel = await addPanel(store, { rationaleAtOrBelow: 2 })
    const [rater] = panel.raters as [Scope]
    const assignment = await first(rater, panel)
    const [a, b] = panel.rubric.dimensions as [Dimension, Dimension]
    const content = scored(panel.rubric)
    content.scores = { [a.id]: { level: 2, cannotJudge: null, note: ' ' } }
    const problem = await problemOf(submit(rater, panel, assignment, content))
    expect(problem).toMatchObject({ kind: 'invalid', code: 'incomplete' })
    expect(problem.fields).toEqual({
      [a.id]: 'Say in a note why accuracy is 2.',
      [b.id]: 'Score groundedness, or say that it cannot be judged.',
    })
    expect((await takeHand(store, rater, panel.round)).order).toContain(assignment)
  })

  it('does not let others’ assignments, other rounds or strangers in', async () => {
    const panel = await addPanel(store)
    const elsewhere = await addPanel(store)
    const [rater, other] = panel.raters as [Scope, Scope]
    const [stranger] = elsewhere.raters as [Scope]
    const assignment = await first(rater, panel)
    expect((await problemOf(submit(other, panel, assignment, scored(panel.rubric)))).code).toBe('no-assignment')
    expect((await problemOf(submit(stranger, panel, assignment, scored(panel.rubric)))).code).toBe('no-round')
    expect((await problemOf(submit(panel.lead, panel, assignment, scored(panel.rubric)))).kind).toBe('forbidden')
    expect((await problemOf(submit(stranger, elsewhere, assignment, scored(panel.rubric)))).code).toBe('no-assignment')
  })

  it('bounds the measured time by the time the item was out', async () => {
    const panel = await addPanel(store)
    const [rater] = panel.raters as [Scope]
    const assignment = await first(rater, panel)
    later(5_000)
    await submit(rater, panel, assignment, scored(panel.rubric, 3, { activeMs: 3_600_000 }))
    const [rating] = await store.read.select().from(ratings)
    expect(rating?.activeMs).toBe(5_000)
  })

  it('keeps what was entered when the round was closed meanwhile', async () => {
    const panel = await addPanel(store)
    const [rater] = panel.raters as [Scope]
    const assignment = await first(rater, panel)
    await store.write(async (tx) => void (await tx.update(rounds).set({ state: 'closed' })))
    const content = scored(panel.rubric, 1)
    expect(await problemOf(submit(rater, panel, assignment, content))).toMatchObject({
      kind: 'gone',
      code: 'round-closed',
    })
    expect(await listKeptDrafts(store, rater)).toMatchObject([{ assignment, why: 'round closed' }])
    expect((await showOwnRating(store, rater, assignment)).content).toEqual(content)
  })

  it('takes items in hand for a while after the round’s last day, and hands out no more', async () => {
    const panel = await addPanel(store, { endsAt: clock + 60_000 })
    const [rater] = panel.raters as [Scope]
    const { order } = await takeHand(store, rater, panel.round)
    later(120_000)
    const done = await submit(rater, panel, order[0] ?? '', scored(panel.rubric))
    expect(done.order).toEqual([order[1]])
    expect((await problemOf(takeHand(store, rater, panel.round))).code).toBe('round-ended')
    later(3_600_000)
    expect((await problemOf(submit(rater, panel, order[1] ?? '', scored(panel.rubric)))).code).toBe('round-ended')
  })
})

describe('undo', () => {
  it('takes a submit back for half a minute, with the draft as it was', async () => {
    const panel = await addPanel(store, { items: 4 })
    const [rater] = panel.raters as [Scope]
    const assignment = await first(rater, panel)
    const content = scored(panel.rubric, 2)
    later(40_000)
    const done = await submit(rater, panel, assignment, content)
    later(29_000)
    const hand = await undoSubmit(store, rater, panel.round, { assignment })
    expect(hand.order[0]).toBe(assignment)
    expect(hand.items[0]?.draft?.content).toEqual(content)
    expect(hand.progress).toMatchObject({ done: 0, left: 4 })
    const [rating] = await store.read.select().from(ratings)
    expect(rating).toMatchObject({ id: done.rating, supersededBecause: 'undo', supersededAt: clock })
    const [item] = await store.read
      .select()
      .from(items)
      .where(eq(items.id, rating?.itemId ?? ''))
    expect(item).toMatchObject({ taken: 1, done: 0 })

    await submit(rater, panel, assignment, scored(panel.rubric, 4))
    const all = await store.read.select().from(ratings).orderBy(ratings.revision)
    expect(all.map(({ revision, supersededBecause }) => [revision, supersededBecause])).toEqual([
      [1, 'undo'],
      [2, null],
    ])
  })

  it('refuses later on, twice, and for what was corrected', async () => {
    const panel = await addPanel(store, { items: 5 })
    const [rater] = panel.raters as [Scope]
    const one = await first(rater, panel)
    await submit(rater, panel, one, scored(panel.rubric))
    later(36_000)
    expect((await problemOf(undoSubmit(store, rater, panel.round, { assignment: one }))).code).toBe('undo-too-late')
    const two = await first(rater, panel)
    const id = newId()
    await submit(rater, panel, two, scored(panel.rubric), id)
    await undoSubmit(store, rater, panel.round, { assignment: two })
    expect((await problemOf(undoSubmit(store, rater, panel.round, { assignment: two }))).code).toBe('nothing-to-undo')
    expect((await problemOf(submit(rater, panel, two, scored(panel.rubric), id))).code).toBe('submission-undone')
    await submit(rater, panel, two, scored(panel.rubric))
    await correctRating(store, rater, panel.round, {
      assignment: two,
      submissionId: newId(),
      revision: 2,
      content: scored(panel.rubric, 1),
    })
    expect((await problemOf(undoSubmit(store, rater, panel.round, { assignment: two }))).code).toBe('nothing-to-undo')
  })
})

describe('corrections', () => {
  it('supersede and keep the old rating', async () => {
    const panel = await addPanel(store)
    const [rater] = panel.raters as [Scope]
    const assignment = await first(rater, panel)
    later(60_000)
    await submit(rater, panel, assignment, scored(panel.rubric, 2))
    later(3_600_000)
    const correction = { assignment, submissionId: newId(), revision: 1, content: scored(panel.rubric, 4) }
    const made = await correctRating(store, rater, panel.round, correction)
    expect(made.revision).toBe(2)
    expect(await correctRating(store, rater, panel.round, correction)).toEqual(made)
    const shown = await showOwnRating(store, rater, assignment)
    expect(shown.rating).toMatchObject({ id: made.rating, revision: 2 })
    expect(shown.content).toEqual(scored(panel.rubric, 4))
    expect(shown.former).toMatchObject([{ revision: 1, because: 'correction', supersededAt: clock }])
    expect(Object.values(shown.former[0]?.levels ?? {})).toEqual([2, 2])
    const [item] = await store.read.select().from(items).where(eq(items.done, 1))
    expect(item?.taken).toBe(1)
  })

  it('are refused when stale, empty of change, or after the round', async () => {
    const panel = await addPanel(store)
    const [rater] = panel.raters as [Scope]
    const assignment = await first(rater, panel)
    const correct = (revision: number, level: number) =>
      correctRating(store, rater, panel.round, {
        assignment,
        submissionId: newId(),
        revision,
        content: scored(panel.rubric, level),
      })
    expect((await problemOf(correct(1, 2))).code).toBe('not-submitted')
    await submit(rater, panel, assignment, scored(panel.rubric, 2))
    expect((await problemOf(correct(1, 2))).code).toBe('nothing-changed')
    await correct(1, 3)
    expect((await problemOf(correct(1, 4))).code).toBe('stale')
    await store.write(async (tx) => void (await tx.update(rounds).set({ state: 'closed' })))
    expect((await problemOf(correct(2, 4))).code).toBe('round-closed')
    expect((await showOwnRating(store, rater, assignment)).canCorrect).toBe(false)
  })
})

describe('references after scoring', () => {
  it('are shown once every dimension is scored, and say whether scores changed', async () => {
    const panel = await addPanel(store, { referencesShown: 'after', references: ['high', 'borderline'] })
    const [rater] = panel.raters as [Scope]
    const hand = await takeHand(store, rater, panel.round)
    const assignment = hand.order[0] ?? ''
    expect(hand.items[0]).toMatchObject({ references: null, referencesFollow: true })
    const [a] = panel.rubric.dimensions as [Dimension]
    const half = scored(panel.rubric, 3)
    half.scores = { [a.id]: half.scores[a.id] ?? { level: 3, cannotJudge: null, note: '' } }
    const reveal = (content: Content) => revealReferences(store, rater, panel.round, { assignment, content })
    expect((await problemOf(reveal(half))).code).toBe('incomplete')
    expect((await problemOf(submit(rater, panel, assignment, scored(panel.rubric)))).fields).toHaveProperty(
      'references',
    )

    const shown = await reveal(scored(panel.rubric, 3))
    expect(shown.asksClosest).toBe(true)
    expect(shown.references.map((reference) => reference.quality)).toEqual(['high', 'borderline'])
    expect((await reveal(scored(panel.rubric, 1))).references).toEqual(shown.references)
    expect((await problemOf(submit(rater, panel, assignment, scored(panel.rubric)))).fields).toHaveProperty('closest')

    await submit(rater, panel, assignment, scored(panel.rubric, 2, { closest: 'between' }))
    const [rating] = await store.read.select().from(ratings)
    expect(rating).toMatchObject({ referencesSeen: true, changedAfterReferences: true, closestReference: 'between' })
    const [own] = await store.read.select().from(assignments).where(eq(assignments.id, assignment))
    expect(Object.values(own?.scoresBeforeReferences ?? {})).toEqual([3, 3])
  })

  it('are not asked for where a case has none, nor the closest where it has one quality', async () => {
    const none = await addPanel(store, { referencesShown: 'after' })
    const [rater] = none.raters as [Scope]
    const assignment = await first(rater, none)
    const reveal = revealReferences(store, rater, none.round, { assignment, content: scored(none.rubric) })
    expect((await problemOf(reveal)).code).toBe('no-references')
    await submit(rater, none, assignment, scored(none.rubric))

    const one = await addPanel(store, { referencesShown: 'always', references: ['high'] })
    const [other] = one.raters as [Scope]
    const hand = await takeHand(store, other, one.round)
    expect(hand.items[0]?.references).toHaveLength(1)
    const closest = scored(one.rubric, 3, { closest: 'high' })
    expect((await problemOf(submit(other, one, hand.order[0] ?? '', closest))).fields).toHaveProperty('closest')
    await submit(other, one, hand.order[0] ?? '', scored(one.rubric))
    const seen = await store.read
      .select({ seen: ratings.referencesSeen })
      .from(ratings)
      .orderBy(ratings.submittedAt, ratings.id)
    expect(seen).toEqual([{ seen: false }, { seen: true }])
  })
})

describe('history', () => {
  it('lists one’s own ratings in force page by page, the newest first, and nobody else’s', async () => {
    const panel = await addPanel(store, { items: 5 })
    const [rater, other] = panel.raters as [Scope, Scope]
    const submitted: string[] = []
    for (let i = 0; i < 5; i++) {
      later(1_000)
      const assignment = await first(rater, panel)
      submitted.unshift(assignment)
      await submit(rater, panel, assignment, scored(panel.rubric, 1 + (i % 4)))
    }
    await submit(other, panel, await first(other, panel), scored(panel.rubric))
    const page = await listOwnRatings(store, rater, { limit: 3 })
    expect(page.ratings.map((rating) => rating.assignment)).toEqual(submitted.slice(0, 3))
    expect(page.ratings[0]?.scores.map(({ name, level, least, most }) => [name, level, least, most])).toEqual([
      ['accuracy', 1, 1, 4],
      ['groundedness', 1, 1, 4],
    ])
    const rest = await listOwnRatings(store, rater, { limit: 3, cursor: page.next ?? '' })
    expect(rest.ratings.map((rating) => rating.assignment)).toEqual(submitted.slice(3))
    expect(rest.next).toBeNull()
    expect((await problemOf(showOwnRating(store, other, submitted[0] ?? ''))).code).toBe('no-assignment')
  })
})
