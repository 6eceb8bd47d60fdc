import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { basisOf } from '#app/evaluation/agreement/basis.ts'
import { agreementChoices, settle } from '#app/evaluation/agreement/choices.ts'
import { NO_FILTER, type Settled } from '#app/evaluation/agreement/filter.ts'
import { passing } from '#app/evaluation/agreement/passing.ts'
import { listRatings } from '#app/evaluation/agreement/ratings-list.ts'
import { candidatesIn } from '#app/evaluation/anchors/candidates.ts'
import { searchResponses } from '#app/evaluation/anchors/search.ts'
import { listCases } from '#app/evaluation/cases/list.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { exportRatings } from '#app/evaluation/ratings/export.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { countWhole, listMissing } from '#app/evaluation/references/missing.ts'
import { placementsOfCase } from '#app/evaluation/references/placement/read.ts'
import { listResponses } from '#app/evaluation/responses/list.ts'
import { createRound } from '#app/evaluation/rounds/create.ts'
import { previewRound } from '#app/evaluation/rounds/preview.ts'
import type { RoundValues } from '#app/evaluation/rounds/shown.ts'
import { openRound } from '#app/evaluation/rounds/state.ts'
import { listSystems } from '#app/evaluation/systems/list.ts'
import { references, responses } from '#db/schema/cases.ts'
import { items } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { addPanel, type Panel, scored } from '#tests/support/rating.ts'
import { rateAll, roundValuesFor } from '#tests/support/rounds.ts'
import { sealAway } from '#tests/support/sealed.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let panel: Panel
beforeEach(async () => {
  store = await freshStore()
  panel = await addPanel(store, { items: 2, raters: 3, references: ['high', 'borderline'] })
  await store.write((tx) => tx.update(references).set({ state: 'validated' }))
})

async function round(over: Partial<RoundValues>): Promise<string> {
  const values = roundValuesFor(panel, { referencesShown: 'after', ...over })
  const { id } = await createRound(store, panel.lead, values)
  await openRound(store, panel.lead, id)
  return id
}

const caseId = () => panel.cases[0]?.caseId ?? ''

const rateReferences = async (level: number | ((n: number) => number)) => {
  const id = await round({ referencesRated: 'only' })
  for (const rater of panel.raters.slice(0, 2)) await rateAll(store, rater, id, panel.rubric, level)
  return id
}

const placements = async () => {
  const placed = await placementsOfCase(store.read, panel.project.id, caseId())
  const all = await store.read.select().from(references).where(eq(references.caseId, caseId()))
  return Object.fromEntries(all.map(({ id, quality }) => [quality, placed.get(id) ?? null]))
}

const lacking = async () =>
  (
    await listMissing(store, panel.lead, {
      category: null,
      userSegment: null,
      quality: null,
      pool: null,
      asked: 'any',
      page: 1,
    })
  ).missing.map(({ quality, why }) => [quality, why])

describe('references as items of a round', () => {
  it('look like any response, and show no references', async () => {
    const id = await round({ referencesRated: 'beside', referencesShown: 'always', sample: 1 })
    const made = await store.read.select({ reason: items.reason }).from(items).where(eq(items.roundId, id))
    expect(made.map(({ reason }) => reason).sort()).toEqual(['audit', ...Array(4).fill('reference')])
    const [rater] = panel.raters
    if (!rater) throw new Error('no rater')
    const { items: hand } = await takeHand(store, rater, id)
    for (const item of hand) {
      const isReference = /high|borderline/.test(item.response)
      expect(Object.keys(item).sort()).toEqual(Object.keys(hand[0] ?? {}).sort())
      if (isReference) expect(item).toMatchObject({ references: null, referencesFollow: false })
    }
    const own = hand.find(({ references: shown }) => shown === null)
    if (!own) throw new Error('no reference in hand')
    const submission = { assignment: own.assignment, submissionId: newId(), content: scored(panel.rubric) }
    expect(await submitRating(store, rater, id, submission)).toMatchObject({ rating: expect.any(String) })
  })

  it('say where raters place them, with n and an interval, and mark what is elsewhere', async () => {
    expect(await lacking()).toEqual([])
    await rateReferences(3)
    expect(await placements()).toMatchObject({
      high: { raters: 2, ratings: 2, mean: 3, verdict: 'not what it says' },
      borderline: { raters: 2, mean: 3, verdict: 'as it says' },
    })
    expect(await lacking()).toEqual([
      ['high', 'not what it says'],
      ['high', 'not what it says'],
    ])
    expect(await countWhole(store, panel.lead)).toEqual({ cases: 2, whole: 0 })
  })

  it('mark nothing on one rater’s word', async () => {
    const id = await round({ referencesRated: 'only', overlap: 1 })
    const [rater] = panel.raters
    if (rater) await rateAll(store, rater, id, panel.rubric, 1)
    expect(await placements()).toMatchObject({ high: { verdict: 'too few raters', low: null } })
    expect(await lacking()).toEqual([])
  })

  it('go into one round for a rubric version, and leave out what is sealed', async () => {
    await store.write((tx) => sealAway(tx, panel.project, [caseId()]))
    const values = roundValuesFor(panel, { referencesRated: 'only' })
    expect(await previewRound(store.read, panel.lead, values)).toMatchObject({ references: 2, taken: 0, ratings: 4 })
    await rateReferences(4)
    await expect(createRound(store, panel.lead, values)).rejects.toMatchObject({
      fields: { items: expect.stringMatching(/^No reference passes/) },
    })
  })

  it('never go to whoever had a part in one of the case, or was shown its references', async () => {
    const [author, shown, other] = panel.raters
    if (!author || !shown || !other) throw new Error('too few raters')
    await store.write((tx) =>
      tx
        .update(references)
        .set({ authorId: author.user.id })
        .where(and(eq(references.caseId, caseId()), eq(references.quality, 'high'))),
    )
    const seen = await round({ referencesShown: 'always', overlap: 1, raterIds: [shown.user.id] })
    await rateAll(store, shown, seen, panel.rubric, 3, { closest: 'high' })
    const id = await round({ referencesRated: 'only', overlap: 3 })
    expect(await rateAll(store, author, id, panel.rubric)).toHaveLength(2)
    expect(await rateAll(store, shown, id, panel.rubric)).toHaveLength(0)
    expect(await rateAll(store, other, id, panel.rubric)).toHaveLength(4)
  })
})

describe('ratings of references elsewhere', () => {
  it('count in no figure of responses, and make no system version, response or anchor', async () => {
    const id = await rateReferences(2)
    const choices = await agreementChoices(store, panel.lead)
    const filter = settle({ ...NO_FILTER, roundId: id }, choices) as Settled
    expect(basisOf(await passing(store.read, filter))).toMatchObject({ items: 0, ratings: 0 })
    const list = { itemId: null, raterId: null, withRaterId: null, levels: null, apart: null, page: 1 }
    expect(await listRatings(store, panel.lead, filter, list)).toEqual({ total: 0, ratings: [] })
    expect((await listResponses(store, panel.lead, caseId())).map(({ system }) => system)).toEqual([
      'assistant-2026-05',
    ])
    expect(await listSystems(store, panel.lead)).toMatchObject([{ responses: 2, items: 2, ratings: 0 }])
    const query = { search: '', category: null, userSegment: null, pool: null, references: 'any' as const }
    const { cases } = await listCases(store, panel.lead, {
      ...query,
      state: 'current',
      order: 'key',
      page: 1,
      size: 9,
    })
    expect(cases.map((one) => one.responses)).toEqual([1, 1])
    expect((await searchResponses(store, panel.lead, { words: '' })).total).toBe(2)
    const pool = { rubricVersionId: panel.rubric.versionId, systemVersionId: null, from: null, to: null, least: 1 }
    expect(await candidatesIn(store.read, panel.project.id, pool)).toEqual([])
  })

  it('are exported with the quality in place of a system version', async () => {
    const id = await rateReferences(4)
    let text = ''
    for await (const piece of exportRatings(store, panel.lead, { roundId: id }, 'jsonl')) text += piece
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { reason: string; system_version: unknown; reference_quality: string })
    expect(rows).toHaveLength(4 * 2 * 2)
    expect(new Set(rows.map((row) => `${row.reason} ${row.system_version} ${row.reference_quality}`))).toEqual(
      new Set(['reference null high', 'reference null borderline']),
    )
    expect(await store.read.select().from(responses).where(eq(responses.caseId, caseId()))).toHaveLength(3)
  })
})
