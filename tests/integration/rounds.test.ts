import { count, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { skipItem } from '#app/evaluation/queue/skip.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { listWork } from '#app/evaluation/queue/work.ts'
import { flagItem } from '#app/evaluation/ratings/flag.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { createRound } from '#app/evaluation/rounds/create.ts'
import { listFlags, resolveFlag } from '#app/evaluation/rounds/flags.ts'
import { listRounds } from '#app/evaluation/rounds/list.ts'
import { previewRound } from '#app/evaluation/rounds/preview.ts'
import { roundProgress } from '#app/evaluation/rounds/progress.ts'
import { addRaters, raterCandidates } from '#app/evaluation/rounds/raters.ts'
import type { RoundValues } from '#app/evaluation/rounds/shown.ts'
import { changeRound, closeRound, openRound } from '#app/evaluation/rounds/state.ts'
import { items, roundRaters, rounds } from '#db/schema/rounds.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addCase, addPerson, addReference, addSystemVersion, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { addPanel, type Panel, scored } from '#tests/support/rating.ts'
import { roundValuesFor } from '#tests/support/rounds.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let clock = Date.UTC(2026, 10, 24, 9)
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

const rate = async (scope: Scope, panel: Panel, round = panel.round, level = 3) => {
  const { order } = await takeHand(store, scope, round)
  const assignment = order[0] ?? ''
  clock += 60_000
  await submitRating(store, scope, round, {
    assignment,
    submissionId: newId(),
    content: scored(panel.rubric, level, { activeMs: 20_000 * level }),
  })
  return assignment
}

describe('making a round', () => {
  it('takes every response that passes, for the raters and the rubric version chosen, as a draft', async () => {
    const panel = await addPanel(store, { items: 4 })
    await store.write(async (tx) => {
      const other = await addSystemVersion(tx, panel.project, 'assistant-2026-06')
      await addCase(tx, panel.project, other.id, { key: 'kidney-1', category: 'reasoning', userSegment: 'expert' })
      await addCase(tx, panel.project, other.id, { key: '100%_kidney', category: 'refusal', userSegment: 'expert' })
    })
    const made = await createRound(store, panel.lead, roundValuesFor(panel))
    expect(made.items).toBe(6)
    const [round] = await store.read.select().from(rounds).where(eq(rounds.id, made.id))
    expect(round).toMatchObject({ state: 'draft', overlap: 2, rubricVersionId: panel.rubric.versionId })
    expect((await problemOf(takeHand(store, panel.raters[0] as Scope, made.id))).code).toBe('no-round')

    const filtered = async (over: Partial<RoundValues>) =>
      (await createRound(store, panel.lead, roundValuesFor(panel, over))).items
    expect(await filtered({ categories: ['reasoning', 'refusal'], userSegments: ['expert'] })).toBe(2)
    expect(await filtered({ search: 'KIDNEY question' })).toBe(2)
    expect(await filtered({ search: '100%_k' })).toBe(1)
    expect(await filtered({ systemVersionIds: [panel.systemVersionId] })).toBe(4)
    const [entry] = await store.read.select().from(auditEntries).where(eq(auditEntries.subjectId, made.id))
    expect(entry?.action).toBe('round.created')
  })

  it('draws a sample that every item has the same chance to be in, and notes the chance', async () => {
    const panel = await addPanel(store, { items: 10 })
    const seen = new Map<string, number>()
    for (let i = 0; i < 12; i++) {
      const made = await createRound(store, panel.lead, roundValuesFor(panel, { sample: 4 }))
      const drawn = await store.read.select().from(items).where(eq(items.roundId, made.id))
      expect(drawn).toHaveLength(4)
      expect(new Set(drawn.map((item) => item.selectionProbability))).toEqual(new Set([0.4]))
      for (const item of drawn) seen.set(item.caseId, (seen.get(item.caseId) ?? 0) + 1)
    }
    expect(seen.size).toBeGreaterThan(5)
  })

  it('says field by field what cannot be, and leaves nothing behind', async () => {
    const panel = await addPanel(store)
    const elsewhere = await addPanel(store)
    const wrong = roundValuesFor(panel, {
      name: ' ',
      overlap: 0,
      secondsPerItem: 0,
      startsAt: 2,
      endsAt: 1,
      rubricVersionId: elsewhere.rubric.versionId,
      raterIds: elsewhere.raters.map((rater) => rater.user.id),
      systemVersionIds: [elsewhere.systemVersionId],
      sample: 0,
    })
    const problem = await problemOf(createRound(store, panel.lead, wrong))
    expect(Object.keys(problem.fields).sort()).toEqual(
      [
        'endsAt',
        'name',
        'overlap',
        'raterIds',
        'rubricVersionId',
        'sample',
        'secondsPerItem',
        'systemVersionIds',
      ].sort(),
    )
    const none = await problemOf(createRound(store, panel.lead, roundValuesFor(panel, { search: 'nothing like this' })))
    expect(none.fields).toHaveProperty('items')
    expect((await problemOf(createRound(store, panel.raters[0] as Scope, roundValuesFor(panel)))).kind).toBe(
      'forbidden',
    )
    const [left] = await store.read.select({ n: count() }).from(rounds)
    expect(left?.n).toBe(2)
  })

  it('takes everything back when it fails half-way, and clears up what a crash left', async () => {
    const panel = await addPanel(store, { items: 3 })
    await createRound(store, panel.lead, roundValuesFor(panel))
    await store.write(async (tx) => {
      await tx.update(rounds).set({ state: 'making', createdAt: clock }).where(eq(rounds.state, 'draft'))
    })
    expect((await listRounds(store.read, panel.lead)).all).toBe(1)
    clock += 3_600_000
    const broken: Store = {
      ...store,
      write: async (fn) => {
        const value = await store.write(fn)
        const [{ n } = { n: 0 }] = await store.read.select({ n: count() }).from(items)
        if (n > 3) throw new Error('the disk is gone')
        return value
      },
    }
    const attempt = createRound({ ...broken, read: store.read }, panel.lead, roundValuesFor(panel))
    await expect(attempt).rejects.toThrow()
    await createRound(store, panel.lead, roundValuesFor(panel))
    const states = await store.read.select({ state: rounds.state }).from(rounds)
    expect(states.map((row) => row.state).sort()).toEqual(['draft', 'open'])
  })
})

describe('the preview', () => {
  it('counts what would be taken, by segment, with the time it takes', async () => {
    const panel = await addPanel(store, { items: 6, raters: 2 })
    await store.write((tx) => addCase(tx, panel.project, panel.systemVersionId, { category: 'refusal' }))
    const preview = await previewRound(
      store.read,
      panel.lead,
      roundValuesFor(panel, { sample: 5, secondsPerItem: 180 }),
    )
    expect(preview).toMatchObject({ matched: 7, taken: 5, ratings: 10, hours: 0.5, warnings: [] })
    expect(preview.segments).toEqual([
      { category: 'factual lookup', userSegment: 'novice', items: 6 },
      { category: 'refusal', userSegment: 'novice', items: 1 },
    ])
  })

  it('warns of raters who may not rate, of items that cannot be finished and of references that are missing', async () => {
    const panel = await addPanel(store, { items: 3, raters: 2, overlap: 2 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    await store.write(async (tx) => {
      const [one, two] = panel.cases as [Panel['cases'][number], Panel['cases'][number]]
      await addReference(tx, panel.project, one.caseId, { quality: 'high', authorId: ana.user.id })
      await addReference(tx, panel.project, one.caseId, { quality: 'borderline', authorId: ana.user.id, text: 'b' })
      await addReference(tx, panel.project, two.caseId, { quality: 'high', authorId: null })
    })
    await rate(ben, panel)
    const warned = async (over: Partial<RoundValues>) =>
      (await previewRound(store.read, panel.lead, roundValuesFor(panel, over))).warnings
    const warnings = await warned({ referencesShown: 'after' })
    expect(warnings).toContainEqual('Rater 1 may rate 2 of 3 items: had a part in references of 1.')
    expect(warnings).toContainEqual('Rater 2 may rate 2 of 3 items: rated 1 before.')
    expect(warnings.some((text) => text.includes('could not be finished'))).toBe(true)
    expect(warnings).toContainEqual('1 of 3 items have no reference to show.')
    expect(warnings.some((text) => text.includes('one quality only'))).toBe(true)
    expect((await warned({ overlap: 3 }))[0]).toContain('2 raters are chosen and each item needs 3')
    expect((await warned({ sample: 3 }))[0]).toContain('A sample of 3 was asked for')
    expect(await warned({ search: 'nowhere' })).toEqual([
      'No response passes this filter. Widen it, or import responses first.',
    ])
  })
})

describe('a round’s life', () => {
  it('opens, closes and opens again, and raters see it accordingly', async () => {
    const panel = await addPanel(store)
    const [rater] = panel.raters as [Scope]
    const { id } = await createRound(store, panel.lead, roundValuesFor(panel))
    expect((await problemOf(closeRound(store, panel.lead, id))).kind).toBe('conflict')
    await openRound(store, panel.lead, id)
    expect((await takeHand(store, rater, id)).order).toHaveLength(2)
    await closeRound(store, panel.lead, id)
    expect((await problemOf(takeHand(store, rater, id))).code).toBe('round-closed')
    expect((await listWork(store.read, rater)).find((work) => work.round.id === id)).toMatchObject({
      standing: 'closed',
      progress: { done: 0, left: 2 },
    })
    await openRound(store, panel.lead, id)
    const hand = await takeHand(store, rater, id)
    expect(hand.order).toHaveLength(2)
    const work = (await listWork(store.read, rater)).find(({ round }) => round.id === id)
    expect(work).toMatchObject({ standing: 'open', round: { instructions: '<p>Read <strong>twice</strong>.</p>' } })
    const actions = await store.read.select({ action: auditEntries.action }).from(auditEntries)
    expect(actions.map((entry) => entry.action)).toEqual([
      'round.created',
      'round.opened',
      'round.closed',
      'round.reopened',
    ])
  })

  it('hands out nothing before its first and after its last day', async () => {
    const panel = await addPanel(store, { startsAt: clock + 1_000, endsAt: clock + 2_000 })
    const [rater] = panel.raters as [Scope]
    expect((await problemOf(takeHand(store, rater, panel.round))).code).toBe('round-not-started')
    expect((await listWork(store.read, rater))[0]).toMatchObject({ standing: 'not started', startsAt: clock + 1_000 })
    clock += 3_000
    expect((await problemOf(takeHand(store, rater, panel.round))).code).toBe('round-ended')
  })

  it('takes on raters who find work, and more raters per item for all who had finished', async () => {
    const panel = await addPanel(store, { items: 2, raters: 2, overlap: 1 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    await rate(ana, panel)
    await rate(ana, panel)
    expect((await takeHand(store, ana, panel.round)).order).toEqual([])
    expect((await takeHand(store, ben, panel.round)).order).toEqual([])
    await changeRound(store, panel.lead, panel.round, { overlap: 3 })
    expect((await takeHand(store, ben, panel.round)).order).toHaveLength(2)
    expect((await takeHand(store, ana, panel.round)).order).toEqual([])
    expect((await problemOf(changeRound(store, panel.lead, panel.round, { overlap: 2 }))).fields).toHaveProperty(
      'overlap',
    )

    const cleo = await store.write((tx) => addPerson(tx, panel.project, ['rater'], { name: 'Cleo' }))
    expect((await raterCandidates(store.read, panel.lead)).map((person) => person.name)).toEqual([
      'Cleo',
      'Rater 1',
      'Rater 2',
    ])
    expect(await addRaters(store, panel.lead, panel.round, [cleo.id, ana.user.id])).toEqual({ added: 1 })
    expect(await addRaters(store, panel.lead, panel.round, [cleo.id])).toEqual({ added: 0 })
    expect((await takeHand(store, scopeOf(cleo, panel.project, ['rater']), panel.round)).order).toHaveLength(2)
    expect((await problemOf(addRaters(store, panel.lead, panel.round, [panel.lead.user.id]))).kind).toBe('invalid')
    const [chosen] = await store.read.select({ n: count() }).from(roundRaters)
    expect(chosen?.n).toBe(3)
  })
})

describe('progress', () => {
  it('counts items, raters, days and segments', async () => {
    const panel = await addPanel(store, { items: 4, raters: 2, overlap: 2 })
    const [ana, ben] = panel.raters as [Scope, Scope]
    await rate(ana, panel, panel.round, 1)
    await rate(ana, panel, panel.round, 2)
    clock += 86_400_000
    await rate(ana, panel, panel.round, 3)
    await rate(ben, panel, panel.round, 4)
    const { order } = await takeHand(store, ben, panel.round)
    await flagItem(store, ben, panel.round, {
      assignment: order[0] ?? '',
      kind: 'broken case',
      note: 'The table is cut.',
    })
    await skipItem(store, ben, panel.round, { assignment: order[0] ?? '', reason: 'broken' })
    const progress = await roundProgress(store.read, panel.lead, panel.round)
    expect(progress.round).toMatchObject({ items: 4, needed: 8, ratings: 4, raters: 2, state: 'open' })
    expect(progress.items.all).toBe(4)
    expect(progress.items.finished + progress.items.begun + progress.items.untouched).toBe(4)
    expect(progress.items.finished).toBeGreaterThanOrEqual(0)
    expect(progress.segments).toEqual([
      { category: 'factual lookup', userSegment: 'novice', items: 4, finished: progress.items.finished },
    ])
    expect(progress.raters).toMatchObject([
      { name: 'Rater 1', submitted: 3, medianActiveMs: 40_000, flags: 0, skipped: 0 },
      { name: 'Rater 2', submitted: 1, flags: 1, skipped: 1 },
    ])
    expect(progress.days.map((day) => day.ratings)).toEqual([2, 2])
    expect(progress.days.every((day) => day.day % 86_400_000 === 0)).toBe(true)
    expect(progress.flagsOpen).toBe(1)

    const [flag] = await listFlags(store.read, panel.lead, { roundId: panel.round })
    expect(flag).toMatchObject({ kind: 'broken case', note: 'The table is cut.', rater: 'Rater 2', resolvedAt: null })
    await resolveFlag(store, panel.lead, flag?.id ?? '')
    expect(await listFlags(store.read, panel.lead)).toEqual([])
    expect(await listFlags(store.read, panel.lead, { all: true })).toMatchObject([
      { resolvedBy: 'Lead', resolvedAt: clock },
    ])
    const elsewhere = await addPanel(store)
    expect((await problemOf(resolveFlag(store, elsewhere.lead, flag?.id ?? ''))).kind).toBe('missing')
    expect((await problemOf(roundProgress(store.read, elsewhere.lead, panel.round))).kind).toBe('missing')
  })

  it('lists rounds page by page, the newest first', async () => {
    const panel = await addPanel(store)
    const listed = await listRounds(store.read, panel.lead)
    expect(listed).toMatchObject({
      all: 1,
      pages: 1,
      rounds: [{ id: panel.round, items: 3, raters: 2, needed: 9, ratings: 0 }],
    })
    expect((await listRounds(store.read, panel.lead, { state: 'closed' })).all).toBe(0)
    expect((await listRounds(store.read, panel.lead, { page: 2 })).rounds).toEqual([])
  })
})
