import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { showOwnItem } from '#app/evaluation/queue/own-item.ts'
import { skipItem, takeUpSkipped } from '#app/evaluation/queue/skip.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { correctRating } from '#app/evaluation/ratings/correct.ts'
import { saveDraft } from '#app/evaluation/ratings/draft.ts'
import { exportRatings } from '#app/evaluation/ratings/export.ts'
import { flagItem } from '#app/evaluation/ratings/flag.ts'
import { listKeptDrafts, listOwnRatings } from '#app/evaluation/ratings/history.ts'
import { showOwnRating } from '#app/evaluation/ratings/own-rating.ts'
import { revealReferences } from '#app/evaluation/ratings/reveal.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { undoSubmit } from '#app/evaluation/ratings/undo.ts'
import { openWords } from '#app/evaluation/seal/rating-words.ts'
import { unsealCases } from '#app/evaluation/seal/unseal-cases.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import type { Role } from '#db/schema/roles.ts'
import { drafts } from '#db/schema/rounds.ts'
import { exposures, sealedTexts } from '#db/schema/seal.ts'
import {
  type AddedRubric,
  addPerson,
  addProject,
  addRound,
  addRubric,
  addSystemVersion,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { scored } from '#tests/support/rating.ts'
import { addWholeCase, sealAway, textsWith, type WholeCase } from '#tests/support/sealed.ts'
import { freshStore } from '#tests/support/store.ts'

const MARK = 'the-secret-mark'

let store: Store
let project: Project
let rubric: AddedRubric
let sealed: WholeCase
let open: WholeCase
let round = ''
let rater: Scope

beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    rubric = await addRubric(tx, project)
    const system = await addSystemVersion(tx, project, 'v1')
    sealed = await addWholeCase(tx, project, system.id, textsWith(MARK))
    open = await addWholeCase(tx, project, system.id, textsWith('open-words'))
    const person = await addPerson(tx, project, ['rater'])
    rater = scopeOf(person, project, ['rater'])
    round = (await addRound(tx, project, rubric.versionId, [person.id], [sealed, open], { referencesShown: 'after' }))
      .id
    await sealAway(tx, project, [sealed.caseId])
  })
})

const exposed = () => store.read.select().from(exposures).orderBy(exposures.openedAt, exposures.id)

/** The sealed item and the other, in the rater's hand. */
async function inHand() {
  const hand = await takeHand(store, rater, round)
  const item = hand.items.find(({ question }) => question.includes(MARK))
  const other = hand.items.find(({ question }) => !question.includes(MARK))
  if (!item || !other) throw new Error('one of the two is missing')
  return { hand, item, other }
}

/** Everything that a rater can put in words. */
function worded(): Content {
  const content = scored(rubric, 3)
  const [first, second] = rubric.dimensions.map(({ id }) => id)
  const at = (id: string | undefined) => content.scores[id ?? '']
  Object.assign(at(first) ?? {}, { note: `a note, ${MARK}` })
  Object.assign(at(second) ?? {}, { level: null, cannotJudge: `too hard, ${MARK}` })
  const passage = { dimension: first ?? '', source: 'response' as const, start: 2, end: 9, quote: `quoted ${MARK}` }
  return {
    ...content,
    betterAnswer: `better, ${MARK}`,
    evidence: [passage, { ...passage, source: 0 }],
    closest: 'high',
  }
}

describe('an item of a sealed case', () => {
  it('is shown to the rater who holds it as any other is, and its opening is on record', async () => {
    const { item, other } = await inHand()
    expect(item.question).toContain(MARK)
    expect(item.response).toContain(MARK)
    expect(item.documents).toMatchObject([{ title: `Title ${MARK}`, words: 3 }])
    expect(Object.keys(item)).toEqual(Object.keys(other))
    expect(item.referencesFollow).toBe(true)
    expect(JSON.stringify(await takeHand(store, rater, round))).not.toMatch(/seal|holdout|canary|expos|pool/i)
    const [one, ...more] = await exposed()
    expect(more).toHaveLength(1)
    expect(one).toMatchObject({
      caseId: sealed.caseId,
      userId: rater.user.id,
      exposedFor: 'rating',
      assignmentId: item.assignment,
    })
  })

  it('is opened, and so recorded, each time its text is sent, and not otherwise', async () => {
    const { hand, item } = await inHand()
    await takeHand(store, rater, round, hand.order)
    expect(await exposed()).toHaveLength(1)
    await takeHand(store, rater, round)
    await showOwnItem(store, rater, round, item.assignment)
    expect(await exposed()).toHaveLength(3)
  })

  it('shows its references when they are revealed', async () => {
    const { item } = await inHand()
    const { references } = await revealReferences(store, rater, round, {
      assignment: item.assignment,
      content: scored(rubric, 2),
    })
    expect(references.map(({ html }) => html.includes(MARK))).toEqual([true, true])
    expect(await exposed()).toHaveLength(2)
  })

  it('cannot be opened through somebody else’s assignment', async () => {
    const { item } = await inHand()
    const other = await store.write(async (tx) => scopeOf(await addPerson(tx, project, ['rater']), project, ['rater']))
    await expect(showOwnRating(store, other, item.assignment)).rejects.toMatchObject({ code: 'no-assignment' })
    expect(await exposed()).toHaveLength(1)
  })

  it.each<[Role]>([['owner'], ['builder']])('never goes to a rater who is %s too', async (role) => {
    const person = await store.write((tx) => addPerson(tx, project, ['rater', role]))
    const scope = scopeOf(person, project, ['rater', role])
    const own = await store.write(
      async (tx) => (await addRound(tx, project, rubric.versionId, [person.id], [sealed, open])).id,
    )
    const hand = await takeHand(store, scope, own)
    expect(hand.items).toHaveLength(1)
    expect(JSON.stringify(hand)).not.toContain(MARK)
    expect(await exposed()).toEqual([])
  })

  it('is taken from the hand of a rater who has become an owner', async () => {
    const { item } = await inHand()
    const owner = { ...rater, roles: ['rater', 'owner'] as const }
    const hand = await takeHand(store, owner, round)
    expect(hand.order).not.toContain(item.assignment)
    await expect(showOwnItem(store, owner, round, item.assignment)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(showOwnRating(store, owner, item.assignment)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

/** What a lead's export says of the ratings in force. */
async function exported(): Promise<Record<string, unknown>[]> {
  const lead = await store.write(async (tx) => scopeOf(await addPerson(tx, project, ['lead']), project, ['lead']))
  let text = ''
  for await (const piece of exportRatings(store, lead, {}, 'jsonl')) text += piece
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('what is written of a sealed case', () => {
  const plain = async () =>
    JSON.stringify([
      await store.read.select().from(ratings),
      await store.read.select().from(scores),
      await store.read.select().from(drafts),
    ])

  it('is sealed as a draft, and given back to its rater', async () => {
    const { item } = await inHand()
    const draft = { assignment: item.assignment, content: worded() }
    await saveDraft(store, rater, round, draft)
    await saveDraft(store, rater, round, draft)
    expect(await plain()).not.toContain(MARK)
    const again = (await takeHand(store, rater, round)).items.find(({ assignment }) => assignment === item.assignment)
    expect(again?.draft?.content).toEqual(worded())
    await skipItem(store, rater, round, { assignment: item.assignment, reason: `because of ${MARK}` })
    expect((await listKeptDrafts(store, rater))[0]?.question).toBeNull()
    expect((await takeUpSkipped(store, rater, round)).order).toContain(item.assignment)
  })

  it('is sealed as a rating; sent again, corrected and taken back it is the same', async () => {
    const { item, other } = await inHand()
    const content = worded()
    await revealReferences(store, rater, round, { assignment: item.assignment, content })
    const submission = { assignment: item.assignment, submissionId: 'submission-1', content, known: [other.assignment] }
    const { rating } = await submitRating(store, rater, round, submission)
    expect(await plain()).not.toContain(MARK)
    expect((await submitRating(store, rater, round, submission)).rating).toBe(rating)
    const shown = await showOwnRating(store, rater, item.assignment)
    expect(shown.content).toMatchObject({ betterAnswer: content.betterAnswer, evidence: content.evidence })
    expect(shown.content.scores).toEqual(content.scores)
    expect(shown.question).toContain(MARK)
    expect((await listOwnRatings(store, rater)).ratings[0]?.question).toBeNull()
    const correction = { ...submission, submissionId: 'submission-2', revision: 1 }
    await expect(correctRating(store, rater, round, correction)).rejects.toMatchObject({ code: 'nothing-changed' })
    const better = { ...correction, content: { ...content, betterAnswer: `best, ${MARK}` } }
    expect(await correctRating(store, rater, round, better)).toMatchObject({ revision: 2 })
    expect(await plain()).not.toContain(MARK)
    expect((await showOwnRating(store, rater, item.assignment)).content.betterAnswer).toBe(`best, ${MARK}`)
    const purposes = (await exposed()).map(({ exposedFor }) => exposedFor)
    expect(purposes.filter((purpose) => purpose === 'own rating')).toHaveLength(2)
  })

  it('comes back as the draft it was when the submit is taken back', async () => {
    const { item } = await inHand()
    const content = worded()
    await revealReferences(store, rater, round, { assignment: item.assignment, content })
    await submitRating(store, rater, round, { assignment: item.assignment, submissionId: 'submission-1', content })
    const hand = await undoSubmit(store, rater, round, { assignment: item.assignment })
    const back = hand.items.find(({ assignment }) => assignment === item.assignment)
    expect(back?.draft?.content).toMatchObject({ betterAnswer: content.betterAnswer, scores: content.scores })
    expect(await plain()).not.toContain(MARK)
  })

  it('is sealed as a flag', async () => {
    const { item } = await inHand()
    await flagItem(store, rater, round, { assignment: item.assignment, kind: 'other', note: `look: ${MARK}` })
    const kinds = await store.read.select().from(sealedTexts).where(eq(sealedTexts.kind, 'flag'))
    expect(kinds).toHaveLength(1)
  })

  it('stays encrypted when the case graduates, and can be read by those who read ratings', async () => {
    const { item } = await inHand()
    const content = worded()
    await revealReferences(store, rater, round, { assignment: item.assignment, content })
    const submission = { assignment: item.assignment, submissionId: 'submission-1', content }
    const { rating } = await submitRating(store, rater, round, submission)
    expect(await openWords(store.read, [rating])).toEqual(new Map())
    expect(await exported()).toMatchObject([
      { sealed: true, better_answer: '', note: '', evidence: [{ quote: '' }, { quote: '' }] },
      { sealed: true, cannot_judge: '' },
    ])
    await store.write((tx) => unsealCases(tx, project.id, [sealed.caseId]))
    expect(await plain()).not.toContain(MARK)
    expect((await openWords(store.read, [rating])).get(rating)?.betterAnswer).toBe(content.betterAnswer)
    expect(await exported()).toMatchObject([
      {
        sealed: false,
        better_answer: content.betterAnswer,
        note: `a note, ${MARK}`,
        evidence: content.evidence.map(({ quote }) => ({ quote })),
      },
      { sealed: false, cannot_judge: `too hard, ${MARK}` },
    ])
    expect((await showOwnRating(store, rater, item.assignment)).content.scores).toEqual(content.scores)
  })
})
