import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, now, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { correctRating } from '#app/evaluation/ratings/correct.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { undoSubmit } from '#app/evaluation/ratings/undo.ts'
import { declineCandidate, listCandidates, takeUpCandidate } from '#app/evaluation/references/candidates.ts'
import { countWhole, listMissing, type MissingFilter } from '#app/evaluation/references/missing.ts'
import { askFor, askForAll, withdrawTask } from '#app/evaluation/references/tasks/ask.ts'
import { answerCheck } from '#app/evaluation/references/tasks/check.ts'
import { keepTaskDraft } from '#app/evaluation/references/tasks/draft.ts'
import { handInReference } from '#app/evaluation/references/tasks/hand-in.ts'
import { listTasks } from '#app/evaluation/references/tasks/list.ts'
import { TASK_LEASE_MS } from '#app/evaluation/references/tasks/open-to.ts'
import { showTask } from '#app/evaluation/references/tasks/show.ts'
import { giveBack, takeTask } from '#app/evaluation/references/tasks/take.ts'
import { writeReference } from '#app/evaluation/references/write.ts'
import { unsealCases } from '#app/evaluation/seal/unseal-cases.ts'
import { type Quality, references } from '#db/schema/cases.ts'
import { referenceTasks } from '#db/schema/references.ts'
import { exposures } from '#db/schema/seal.ts'
import type { Store } from '#db/store.server.ts'
import { addPanel, type Panel, scored } from '#tests/support/rating.ts'
import { sealAway } from '#tests/support/sealed.ts'
import { freshStore } from '#tests/support/store.ts'

const ALL: MissingFilter = { category: null, userSegment: null, quality: null, pool: null, asked: 'any' }

let store: Store
let panel: Panel
let ada: Scope
let ben: Scope
let caseId = ''
let restore = () => {}
beforeEach(async () => {
  store = await freshStore()
  panel = await addPanel(store, { items: 2, raters: 2, overlap: 2, referencesShown: 'after' })
  ;[ada, ben] = panel.raters as [Scope, Scope]
  caseId = panel.cases[0]?.caseId ?? ''
})
afterEach(() => restore())

const missing = async (filter: Partial<MissingFilter> = {}) =>
  (await listMissing(store, panel.lead, { ...ALL, ...filter, page: 1 })).missing

const askOne = (quality: Quality = 'high') => askFor(store, panel.lead, [{ caseId, quality }])

const firstFor = async (scope: Scope) => (await listTasks(store.read, scope, { kind: null, page: 1 })).tasks[0]

async function takeFirst(scope: Scope): Promise<string> {
  const task = await firstFor(scope)
  if (!task) throw new Error('nothing to take')
  await takeTask(store, scope, task.id)
  return task.id
}

/** Asks for a reference, has `ada` write it; returns its id. */
async function written(text = 'The best answer.', quality: Quality = 'high'): Promise<string> {
  await askOne(quality)
  const { id } = await handInReference(store, ada, await takeFirst(ada), text)
  return id
}

const referenceOf = async (id: string) => (await store.read.select().from(references).where(eq(references.id, id)))[0]

describe('the way of a reference', () => {
  it('is asked for, written by one, checked by another, and then no longer missing', async () => {
    expect(await countWhole(store, panel.lead)).toEqual({ cases: 2, whole: 0 })
    expect((await missing()).map(({ quality, why }) => [quality, why])).toEqual([
      ['high', 'none'],
      ['borderline', 'none'],
      ['high', 'none'],
      ['borderline', 'none'],
    ])
    const id = await written()
    expect(await referenceOf(id)).toMatchObject({
      state: 'written',
      authorId: ada.user.id,
      rubricVersionId: panel.rubric.versionId,
    })
    expect((await missing({ quality: 'high' }))[0]).toMatchObject({ why: 'unchecked', task: { kind: 'check' } })
    expect(await firstFor(ada)).toBeUndefined()
    const check = await takeFirst(ben)
    expect(await showTask(store, ben, check)).toMatchObject({ kind: 'check', text: 'The best answer.' })
    await answerCheck(store, ben, check, { verdict: 'validated', note: '' })
    expect(await referenceOf(id)).toMatchObject({ state: 'validated', checkedBy: ben.user.id })
    expect((await missing()).filter((one) => one.caseId === caseId).map(({ quality }) => quality)).toEqual([
      'borderline',
    ])
  })

  it('goes back to be written when refused, with the note, and keeps both texts', async () => {
    const first = await written('Too short.')
    const check = await takeFirst(ben)
    await expect(answerCheck(store, ben, check, { verdict: 'refused', note: ' ' })).rejects.toMatchObject({
      kind: 'invalid',
      fields: { note: expect.any(String) },
    })
    await answerCheck(store, ben, check, { verdict: 'refused', note: 'The amount is missing.' })
    expect((await missing({ quality: 'high' }))[0]).toMatchObject({ why: 'refused', task: { kind: 'write' } })
    const again = await takeFirst(ada)
    expect((await showTask(store, ada, again)).refused).toMatchObject({ note: 'The amount is missing.' })
    await expect(handInReference(store, ada, again, 'Too short.')).rejects.toMatchObject({ kind: 'invalid' })
    const { id } = await handInReference(store, ada, again, 'Long enough, with the amount.')
    expect(await referenceOf(id)).toMatchObject({ supersedesId: first, state: 'written' })
    expect((await referenceOf(first))?.supersededAt).not.toBeNull()
  })

  it('is never checked by its author, whoever asks', async () => {
    const { id } = await writeReference(store, panel.lead, { caseId, quality: 'high', text: 'Mine.', supersedes: null })
    expect(await firstFor(panel.lead)).toBeUndefined()
    const [task] = await store.read.select().from(referenceTasks).where(eq(referenceTasks.referenceId, id))
    await expect(takeTask(store, panel.lead, task?.id ?? '')).rejects.toMatchObject({ code: 'not-yours' })
    const check = await takeFirst(ben)
    await store.write((tx) => tx.update(references).set({ authorId: ben.user.id }).where(eq(references.id, id)))
    await expect(answerCheck(store, ben, check, { verdict: 'validated', note: '' })).rejects.toMatchObject({
      code: 'not-to-be-checked',
    })
  })

  it('needs no check any more when something takes its place', async () => {
    const first = await writeReference(store, panel.lead, { caseId, quality: 'high', text: 'One.', supersedes: null })
    const check = await takeFirst(ben)
    await writeReference(store, panel.lead, { caseId, quality: 'high', text: 'Two.', supersedes: first.id })
    await expect(answerCheck(store, ben, check, { verdict: 'validated', note: '' })).rejects.toMatchObject({
      code: 'not-in-hand',
    })
    expect((await firstFor(ben))?.kind).toBe('check')
  })
})

describe('a task', () => {
  it('keeps what is typed, is given back without it, and is one person’s at a time', async () => {
    await askOne()
    const id = await takeFirst(ada)
    await keepTaskDraft(store, ada, id, 'So far')
    expect((await showTask(store, ada, id)).draft).toBe('So far')
    await expect(takeTask(store, ben, id)).rejects.toMatchObject({ code: 'taken' })
    await expect(keepTaskDraft(store, ben, id, 'Mine')).rejects.toMatchObject({ code: 'not-in-hand' })
    await giveBack(store, ada, id)
    await takeTask(store, ben, id)
    expect((await showTask(store, ben, id)).draft).toBe('')
  })

  it('goes to another after an hour without a sign, and its first taker is told', async () => {
    await askOne()
    const id = await takeFirst(ada)
    await keepTaskDraft(store, ada, id, 'So far')
    const later = now() + TASK_LEASE_MS + 1
    restore = replaceAmbient({ now: () => later })
    // Nobody took it: what was written still counts.
    expect((await showTask(store, ada, id)).draft).toBe('So far')
    await takeTask(store, ben, id)
    expect((await showTask(store, ben, id)).draft).toBe('')
    await expect(handInReference(store, ada, id, 'Done')).rejects.toMatchObject({ code: 'not-in-hand' })
  })

  it('is asked for once, in bulk for what is missing, and taken back while nobody has it', async () => {
    expect(await askForAll(store, panel.lead, { ...ALL, quality: 'high' })).toEqual({ write: 2, check: 0, left: 0 })
    expect(await askForAll(store, panel.lead, ALL)).toEqual({ write: 2, check: 0, left: 0 })
    expect(await askForAll(store, panel.lead, ALL)).toEqual({ write: 0, check: 0, left: 0 })
    const [first, second] = await missing({ asked: 'yes' })
    await takeTask(store, ada, first?.task?.id ?? '')
    await expect(withdrawTask(store, panel.lead, first?.task?.id ?? '')).rejects.toMatchObject({ code: 'in-hand' })
    await withdrawTask(store, panel.lead, second?.task?.id ?? '')
    expect((await missing({ asked: 'no' })).map(({ quality }) => quality)).toEqual(['borderline'])
  })

  it('is for those who may: not builders, not the project next door, not of a case one is rating', async () => {
    await askOne()
    const task = (await firstFor(ada))?.id ?? ''
    await expect(takeTask(store, { ...ada, roles: ['builder'] }, task)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(askFor(store, ada, [{ caseId, quality: 'high' }])).rejects.toMatchObject({ kind: 'forbidden' })
    await takeHand(store, ada, panel.round)
    expect(await firstFor(ada)).toBeUndefined()
    await expect(takeTask(store, ada, task)).rejects.toMatchObject({ code: 'not-yours' })
    expect((await firstFor(ben))?.id).toBe(task)
  })

  it('of a sealed case is for raters who neither own nor build, and leaves no text outside the seal', async () => {
    await store.write((tx) => sealAway(tx, panel.project, [caseId]))
    await askOne()
    expect(await firstFor(panel.lead)).toBeUndefined()
    expect(await firstFor({ ...ada, roles: ['rater', 'owner'] })).toBeUndefined()
    expect(await firstFor(ada)).toMatchObject({ beginning: null })
    const write = await takeFirst(ada)
    expect(await showTask(store, ada, write)).toMatchObject({ input: 'Question case-1?', sealed: true, draft: '' })
    await keepTaskDraft(store, ada, write, 'MARK so far')
    expect((await showTask(store, ada, write)).draft).toBe('MARK so far')
    const { id } = await handInReference(store, ada, write, 'MARK in full.')
    const check = await takeFirst(ben)
    expect(await showTask(store, ben, check)).toMatchObject({ text: 'MARK in full.' })
    await answerCheck(store, ben, check, { verdict: 'refused', note: 'MARK is wrong.' })
    const again = await takeFirst(ada)
    expect((await showTask(store, ada, again)).refused).toMatchObject({ text: 'MARK in full.', note: 'MARK is wrong.' })
    expect(await referenceOf(id)).toMatchObject({ text: '', checkNote: '', state: 'refused' })
    const drafts = await store.read.select().from(referenceTasks)
    expect(drafts.map(({ draft }) => draft)).toEqual(drafts.map(() => ''))
    const opened = await store.read.select().from(exposures)
    expect(opened.map(({ userId, exposedFor }) => [userId === ada.user.id, exposedFor])).toEqual([
      [true, 'writing a reference'],
      [true, 'writing a reference'],
      [false, 'checking a reference'],
      [true, 'writing a reference'],
    ])
    await store.write((tx) => unsealCases(tx, panel.project.id, [caseId]))
    expect(await referenceOf(id)).toMatchObject({ text: 'MARK in full.', checkNote: 'MARK is wrong.' })
  })

  it('keeps whoever took, wrote or checked from ever rating the case', async () => {
    await written()
    await answerCheck(store, ben, await takeFirst(ben), { verdict: 'validated', note: '' })
    for (const rater of [ada, ben]) {
      const { order } = await takeHand(store, rater, panel.round)
      expect(order).toHaveLength(1)
    }
  })
})

describe('a better answer', () => {
  const submit = async (betterAnswer: string) => {
    const { order } = await takeHand(store, ada, panel.round)
    const [assignment = ''] = order
    const content = scored(panel.rubric, 3, { betterAnswer })
    await submitRating(store, ada, panel.round, { assignment, submissionId: newId(), content })
    return assignment
  }

  const offered = async () => (await listCandidates(store, panel.lead, 1)).candidates

  it('becomes a candidate, which is compared with nothing until it is taken up and checked', async () => {
    await submit('  Better.\r\nBy far. ')
    const [candidate] = await offered()
    expect(candidate).toMatchObject({ text: 'Better.\nBy far.', author: 'Rater 1' })
    expect((await missing({ quality: 'high' })).map(({ why }) => why)).toEqual(['none', 'none'])
    await takeUpCandidate(store, panel.lead, candidate?.id ?? '', 'borderline')
    expect(await offered()).toEqual([])
    expect(await referenceOf(candidate?.id ?? '')).toMatchObject({
      state: 'written',
      quality: 'borderline',
      authorId: ada.user.id,
    })
    expect(await firstFor(ada)).toBeUndefined()
    const check = await takeFirst(panel.lead)
    await answerCheck(store, panel.lead, check, { verdict: 'validated', note: '' })
    expect(await missing({ quality: 'borderline' })).toHaveLength(1)
  })

  it('is offered once, goes with an undone or corrected rating, and can be declined', async () => {
    const assignment = await submit('Better.')
    await undoSubmit(store, ada, panel.round, { assignment })
    expect(await offered()).toEqual([])
    const content = scored(panel.rubric, 3, { betterAnswer: 'Better.' })
    await submitRating(store, ada, panel.round, { assignment, submissionId: newId(), content })
    expect(await offered()).toHaveLength(1)
    await correctRating(store, ada, panel.round, {
      assignment,
      submissionId: newId(),
      revision: 2,
      content: { ...content, betterAnswer: 'Better still.' },
    })
    const [candidate] = await offered()
    expect((await offered()).map(({ text }) => text)).toEqual(['Better still.'])
    await declineCandidate(store, panel.lead, candidate?.id ?? '', 'No better.')
    expect(await offered()).toEqual([])
    await expect(takeUpCandidate(store, panel.lead, candidate?.id ?? '', 'high')).rejects.toMatchObject({
      code: 'decided',
    })
  })

  it('to a sealed case is sealed too', async () => {
    await store.write((tx) =>
      sealAway(
        tx,
        panel.project,
        panel.cases.map((one) => one.caseId),
      ),
    )
    await submit('MARK better.')
    const [candidate] = await offered()
    expect(candidate).toMatchObject({ text: '', case: { sealed: true } })
    expect(await referenceOf(candidate?.id ?? '')).toMatchObject({ text: '', state: 'candidate' })
    await takeUpCandidate(store, panel.lead, candidate?.id ?? '', 'high')
    expect(await showTask(store, ben, await takeFirst(ben))).toMatchObject({ text: 'MARK better.' })
  })

  it('does not keep its rater from rating the case again until it is taken up', async () => {
    await submit('Better.')
    const [mine] = await store.read
      .select()
      .from(references)
      .where(and(eq(references.authorId, ada.user.id), eq(references.state, 'candidate')))
    const after = await takeHand(store, ada, panel.round)
    expect(mine).toBeDefined()
    expect(after.progress.left).toBe(1)
  })
})
