/** The anchors of a project: picked, drawn, listed, retired, and mixed into rounds. */
import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import type { AnchorDraw } from '#app/evaluation/anchors/chosen.ts'
import { drawAnchors, previewDraw } from '#app/evaluation/anchors/draw.ts'
import { pickAnchor, restoreAnchor, retireAnchor } from '#app/evaluation/anchors/keep.ts'
import { listAnchors } from '#app/evaluation/anchors/list.ts'
import { searchResponses } from '#app/evaluation/anchors/search.ts'
import { caseHistory } from '#app/evaluation/cases/history.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { exportRatings } from '#app/evaluation/ratings/export.ts'
import type { ExportRow } from '#app/evaluation/ratings/export-rows.ts'
import { createRound } from '#app/evaluation/rounds/create.ts'
import { previewRound } from '#app/evaluation/rounds/preview.ts'
import { roundProgress } from '#app/evaluation/rounds/progress.ts'
import { openRound } from '#app/evaluation/rounds/state.ts'
import { anchors, items, rounds } from '#db/schema/rounds.ts'
import { addCase, addPerson, addReference, addRubricVersion, addSystemVersion, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { kindOf } from '#tests/support/kind-of.ts'
import { addPanel, type Panel } from '#tests/support/rating.ts'
import { rateAll, roundValuesFor } from '#tests/support/rounds.ts'
import { actionsIn } from '#tests/support/staff.ts'
import { freshStore } from '#tests/support/store.ts'

const DAY_MS = 86_400_000

let store: Store
let clock = Date.UTC(2026, 10, 24, 9)
let restore: () => void

beforeEach(async () => {
  store = await freshStore()
  clock = Date.UTC(2026, 10, 24, 9)
  restore = replaceAmbient({ now: () => clock })
})
afterEach(() => restore())

/** A panel whose two raters have rated everything, the responses at levels that repeat 1 to 4. */
async function ratedPanel(over: Parameters<typeof addPanel>[1] = {}): Promise<Panel> {
  const panel = await addPanel(store, { items: 8, raters: 2, overlap: 2, ...over })
  for (const rater of panel.raters) await rateAll(store, rater, panel.round, panel.rubric, (n) => 1 + (n % 4))
  return panel
}

const draw = (panel: Panel, over: Partial<AnchorDraw> = {}): AnchorDraw => ({
  rubricVersionId: panel.rubric.versionId,
  systemVersionId: null,
  from: null,
  to: null,
  least: 1,
  how: 'random',
  number: 3,
  ...over,
})

const stored = () => store.read.select().from(anchors)
const inRound = (roundId: string) => store.read.select().from(items).where(eq(items.roundId, roundId))
const responsesOf = ({ cases }: Panel) => cases.map(({ responseId }) => responseId)

describe('picking', () => {
  it('makes a response an anchor once, retires it, brings it back, and tells all of it in the case’s history', async () => {
    const panel = await ratedPanel()
    const [one] = panel.cases as [Panel['cases'][number]]
    await pickAnchor(store, panel.lead, one.responseId)
    await pickAnchor(store, panel.lead, one.responseId)
    const { anchors: listed, counts } = await listAnchors(store, panel.lead)
    expect(counts).toEqual({ active: 1, retired: 0 })
    expect(listed).toMatchObject([
      {
        drawn: 'picked',
        selectionProbability: 1,
        addedBy: 'Lead',
        used: 0,
        case: { key: 'case-1', beginning: 'Question case-1?' },
        systemVersion: 'assistant-2026-05',
        rated: { ratings: 2, rounds: [{ ratings: 2, last: clock, round: { name: 'November round' } }] },
      },
    ])
    expect(listed[0]?.rated.mean).toMatchObject({ lowest: 1, highest: 4, version: 'Rubric, version 1' })

    const id = listed[0]?.id ?? ''
    clock += 1
    await retireAnchor(store, panel.lead, id)
    await retireAnchor(store, panel.lead, id)
    expect((await listAnchors(store, panel.lead)).anchors).toEqual([])
    expect((await listAnchors(store, panel.lead, { state: 'retired' })).anchors).toMatchObject([
      { id, retiredAt: clock },
    ])
    await restoreAnchor(store, panel.lead, id)
    await retireAnchor(store, panel.lead, id)
    await pickAnchor(store, panel.lead, one.responseId)
    expect(await stored()).toMatchObject([{ id, retiredAt: null }])
    expect((await actionsIn(store)).filter((action) => action.startsWith('anchor'))).toEqual([
      'anchor.picked',
      'anchor.retired',
      'anchor.restored',
      'anchor.retired',
      'anchor.restored',
    ])
    const { events: history } = await caseHistory(store, panel.lead, { id: one.caseId, createdAt: 0 })
    expect(history[1]?.what).toBe('made the answer of assistant-2026-05 to the case “case-1” an anchor')
  })

  it('is for leads and owners, within their project, and not of archived cases', async () => {
    const panel = await ratedPanel()
    const elsewhere = await ratedPanel()
    const [responseId] = responsesOf(panel) as [string]
    await pickAnchor(store, panel.lead, responseId)
    const [anchor] = await stored()
    const builder = { ...panel.lead, roles: ['builder'] } as Scope
    for (const scope of [panel.raters[0] as Scope, builder]) {
      expect(await kindOf(pickAnchor(store, scope, responseId))).toBe('forbidden')
      expect(await kindOf(listAnchors(store, scope))).toBe('forbidden')
      expect(await kindOf(drawAnchors(store, scope, draw(panel)))).toBe('forbidden')
      expect(await kindOf(searchResponses(store, scope, { words: '' }))).toBe('forbidden')
    }
    expect(await kindOf(pickAnchor(store, elsewhere.lead, responseId))).toBe('missing')
    expect(await kindOf(retireAnchor(store, elsewhere.lead, anchor?.id ?? ''))).toBe('missing')
    expect((await listAnchors(store, elsewhere.lead)).counts).toEqual({ active: 0, retired: 0 })
    expect((await searchResponses(store, elsewhere.lead, { words: '' })).total).toBe(8)
    expect(await kindOf(drawAnchors(store, elsewhere.lead, draw(panel)))).toBe('invalid')
  })

  it('finds responses by words, says which are anchors, and pages through them', async () => {
    const panel = await ratedPanel({ items: 23 })
    await pickAnchor(store, panel.lead, responsesOf(panel)[4] ?? '')
    const found = await searchResponses(store, panel.lead, { words: 'CASE-5 question' })
    expect(found).toMatchObject({ total: 1, responses: [{ anchor: 'active', rated: { ratings: 2 } }] })
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => searchResponses(store, panel.lead, { words: 'case', page })),
    )
    expect(pages.map(({ responses }) => responses.length)).toEqual([10, 10, 3, 0])
    expect(new Set(pages.flatMap(({ responses }) => responses.map(({ responseId }) => responseId))).size).toBe(23)
  })
})

describe('drawing', () => {
  it('gives every candidate the same chance, stores it, and takes none twice', async () => {
    const panel = await ratedPanel()
    expect(await previewDraw(store.read, panel.lead, draw(panel))).toEqual({ candidates: 8, drawnFrom: 8, taken: 3 })
    expect(await drawAnchors(store, panel.lead, draw(panel))).toEqual({ drawn: 3 })
    const first = await stored()
    expect(new Set(first.map(({ selectionProbability }) => selectionProbability))).toEqual(new Set([3 / 8]))
    expect(first.every(({ drawn }) => drawn === 'random')).toBe(true)
    expect(await drawAnchors(store, panel.lead, draw(panel, { number: 50 }))).toEqual({ drawn: 5 })
    const all = await stored()
    expect(new Set(all.map(({ responseId }) => responseId))).toEqual(new Set(responsesOf(panel)))
    expect(await kindOf(drawAnchors(store, panel.lead, draw(panel)))).toBe('invalid')
    expect((await actionsIn(store)).filter((action) => action === 'anchors.drawn')).toHaveLength(2)
  })

  it('draws from the half nearest mid-scale when asked to', async () => {
    // Each response is rated by one rater, two at each level: 2 and 3 are the middle.
    const panel = await addPanel(store, { items: 8, raters: 1, overlap: 1 })
    const order = await rateAll(store, panel.raters[0] as Scope, panel.round, panel.rubric, (n) => 1 + (n % 4))
    expect(order).toHaveLength(8)
    expect(await previewDraw(store.read, panel.lead, draw(panel, { how: 'screened' }))).toEqual({
      candidates: 8,
      drawnFrom: 4,
      taken: 3,
    })
    await drawAnchors(store, panel.lead, draw(panel, { how: 'screened', number: 4 }))
    const { anchors: listed } = await listAnchors(store, panel.lead)
    expect(listed.map(({ rated }) => rated.mean?.value).sort()).toEqual([2, 2, 3, 3])
    expect(listed.every(({ drawn, selectionProbability }) => drawn === 'screened' && selectionProbability === 1)).toBe(
      true,
    )
  })

  it('keeps to the pool: version, system, window, number of ratings, and no archived case', async () => {
    const panel = await ratedPanel()
    const count = async (over: Partial<AnchorDraw>) =>
      (await previewDraw(store.read, panel.lead, draw(panel, over))).candidates
    const version = await store.write((tx) => addRubricVersion(tx, panel.rubric))
    const system = await store.write((tx) => addSystemVersion(tx, panel.project, 'other'))
    expect(await count({ rubricVersionId: version.versionId })).toBe(0)
    expect(await count({ systemVersionId: system.id })).toBe(0)
    expect(await count({ systemVersionId: panel.systemVersionId })).toBe(8)
    expect(await count({ from: clock + 1 })).toBe(0)
    expect(await count({ from: clock, to: clock + 1 })).toBe(8)
    expect(await count({ least: 3 })).toBe(0)
    expect(await count({ least: 2, how: 'screened' })).toBe(8)
    const wrong = draw(panel, { number: 0, least: 0, from: 2, to: 1, rubricVersionId: 'x', systemVersionId: 'x' })
    const problem = await drawAnchors(store, panel.lead, wrong).catch((error: { fields: object }) => error)
    expect(Object.keys((problem as { fields: object }).fields).sort()).toEqual([
      'least',
      'number',
      'rubricVersionId',
      'systemVersionId',
      'to',
    ])
  })
})

describe('in a list', () => {
  it('are paged, the newest first', async () => {
    const panel = await addPanel(store, { items: 30 })
    for (const responseId of responsesOf(panel)) {
      clock += 1
      await pickAnchor(store, panel.lead, responseId)
    }
    const [first, second] = [await listAnchors(store, panel.lead), await listAnchors(store, panel.lead, { page: 2 })]
    expect([first.anchors.length, second.anchors.length]).toEqual([25, 5])
    expect(first.anchors[0]?.case.key).toBe('case-30')
    expect(first.anchors[0]?.rated).toEqual({ ratings: 0, mean: null, rounds: [] })
    expect(new Set([...first.anchors, ...second.anchors].map(({ id }) => id)).size).toBe(30)
  })
})

/** A later round over new responses of another system version. */
async function laterRound(panel: Panel, live: number): Promise<string> {
  return store.write(async (tx) => {
    const system = await addSystemVersion(tx, panel.project, `system-${newId()}`)
    for (let i = 0; i < live; i++) await addCase(tx, panel.project, system.id)
    return system.id
  })
}

describe('in a round', () => {
  it('come as the share asked for, on top of the others, at places and with ids like theirs', async () => {
    const panel = await ratedPanel({ items: 12 })
    await drawAnchors(store, panel.lead, draw(panel, { number: 12 }))
    const system = await laterRound(panel, 36)
    const values = roundValuesFor(panel, { systemVersionIds: [system], anchorShare: 0.25, overlap: 3 })
    const preview = await previewRound(store.read, panel.lead, values)
    expect(preview).toMatchObject({
      matched: 36,
      taken: 36,
      anchors: { wanted: 12, taken: 12, active: 12, overlap: 2 },
      ratings: 36 * 3 + 12 * 2,
    })
    expect(preview.hours).toBeCloseTo((132 * 90) / 3600)
    const made = await createRound(store, panel.lead, values)
    expect(made.items).toBe(48)
    const all = await inRound(made.id)
    const anchored = all.filter(({ reason }) => reason === 'anchor')
    expect(anchored).toHaveLength(12)
    // Capped by the two raters there are.
    expect(new Set(anchored.map(({ needed }) => needed))).toEqual(new Set([2]))
    expect(new Set(anchored.map(({ selectionProbability }) => selectionProbability))).toEqual(new Set([1]))
    const [round] = await store.read.select().from(rounds).where(eq(rounds.id, made.id))
    expect(round?.anchorShare).toBe(0.25)
    for (const key of ['id', 'position'] as const) {
      const ranks = [...all]
        .sort((a, b) => (a[key] < b[key] ? -1 : 1))
        .flatMap(({ reason }, rank) => (reason === 'anchor' ? [rank] : []))
      // All in one end of 48 would be a chance of 2 in a million.
      expect(Math.min(...ranks)).toBeLessThan(24)
      expect(Math.max(...ranks)).toBeGreaterThan(23)
    }
    expect((await roundProgress(store.read, panel.lead, made.id)).reasons).toEqual([
      { reason: 'audit', items: 36, finished: 0, ratings: 0, needed: 108 },
      { reason: 'anchor', items: 12, finished: 0, ratings: 0, needed: 24 },
    ])
  })

  it('rotate: those not met for longest come first', async () => {
    const panel = await ratedPanel({ items: 6 })
    for (const responseId of responsesOf(panel)) await pickAnchor(store, panel.lead, responseId)
    const system = await laterRound(panel, 6)
    const values = roundValuesFor(panel, { systemVersionIds: [system], anchorShare: 0.25 })
    const used = async () => {
      clock += DAY_MS
      const { id } = await createRound(store, panel.lead, values)
      return (await inRound(id)).filter(({ reason }) => reason === 'anchor').map(({ responseId }) => responseId)
    }
    const rounds = [await used(), await used(), await used(), await used()]
    expect(rounds.map((own) => own.length)).toEqual([2, 2, 2, 2])
    expect(new Set(rounds.slice(0, 3).flat()).size).toBe(6)
    expect(new Set(rounds[3])).toEqual(new Set(rounds[0]))
    expect((await listAnchors(store, panel.lead)).anchors.map((one) => one.used).sort()).toEqual([1, 1, 1, 1, 2, 2])
  })

  it('are never also drawn as other items of the round', async () => {
    const panel = await ratedPanel({ items: 10 })
    await drawAnchors(store, panel.lead, draw(panel, { number: 10 }))
    const values = roundValuesFor(panel, { anchorShare: 0.3 })
    const preview = await previewRound(store.read, panel.lead, values)
    const { id } = await createRound(store, panel.lead, values)
    const all = await inRound(id)
    expect(new Set(all.map(({ responseId }) => responseId)).size).toBe(all.length)
    expect(all).toHaveLength(10)
    expect(all.filter(({ reason }) => reason === 'anchor')).toHaveLength(3)
    expect(preview).toMatchObject({ taken: 7, anchors: { wanted: 3, taken: 3 } })
    // Those who rated everything before may still rate the anchors.
    expect(preview.warnings).toContainEqual(expect.stringContaining('7 items could not be finished'))
    const sampled = await createRound(store, panel.lead, { ...values, sample: 4 })
    const some = await inRound(sampled.id)
    expect(some.filter(({ reason }) => reason === 'audit')).toHaveLength(4)
    expect(new Set(some.map(({ responseId }) => responseId)).size).toBe(some.length)
    expect(some.find(({ reason }) => reason === 'audit')?.selectionProbability).toBeCloseTo(4 / 8)
  })

  it('say what cannot be, and warn of what may be remembered', async () => {
    const panel = await ratedPanel({ items: 4 })
    const system = await laterRound(panel, 8)
    const values = roundValuesFor(panel, { systemVersionIds: [system], anchorShare: 0.5 })
    const warnings = async () => (await previewRound(store.read, panel.lead, values)).warnings
    expect((await warnings())[0]).toContain('no anchors yet')
    expect(await kindOf(createRound(store, panel.lead, values))).toBe('invalid')
    expect(await kindOf(createRound(store, panel.lead, { ...values, anchorShare: 0.51 }))).toBe('invalid')
    expect(await kindOf(createRound(store, panel.lead, { ...values, anchorShare: Number.NaN }))).toBe('invalid')
    await drawAnchors(store, panel.lead, draw(panel, { number: 4 }))
    expect(await warnings()).toEqual([
      'The share comes to 8 anchors and the project has 4: the round gets those.',
      expect.stringContaining('4 of the 4 anchors were rated in the last 7 days'),
    ])
    clock += 8 * DAY_MS
    expect(await warnings()).toHaveLength(1)
  })

  it('are rated again by raters who rated them before, and by none who wrote a reference', async () => {
    const panel = await ratedPanel({ items: 4 })
    await drawAnchors(store, panel.lead, draw(panel, { number: 4 }))
    const author = await store.write(async (tx) => {
      const person = await addPerson(tx, panel.project, ['rater'], { name: 'Author' })
      for (const { caseId } of panel.cases) await addReference(tx, panel.project, caseId, { authorId: person.id })
      return scopeOf(person, panel.project, ['rater'])
    })
    const system = await laterRound(panel, 4)
    const raterIds = [...panel.raters, author].map(({ user }) => user.id)
    const values = roundValuesFor(panel, { systemVersionIds: [system], anchorShare: 0.5, raterIds })
    const { id } = await createRound(store, panel.lead, values)
    await openRound(store, panel.lead, id)
    expect(await rateAll(store, author, id, panel.rubric)).toHaveLength(4)
    for (const rater of panel.raters) await rateAll(store, rater, id, panel.rubric)
    const anchored = await store.read
      .select()
      .from(items)
      .where(and(eq(items.roundId, id), eq(items.reason, 'anchor')))
    expect(anchored.map(({ done }) => done)).toEqual([2, 2, 2, 2])
    expect((await takeHand(store, panel.raters[0] as Scope, id)).order).toEqual([])
    let exported = ''
    for await (const piece of exportRatings(store, panel.lead, { roundId: id }, 'jsonl')) exported += piece
    const reasons = exported.split('\n').flatMap((line) => {
      if (line === '') return []
      const row = JSON.parse(line) as ExportRow
      return row.dimension === 'accuracy' ? [`${row.round_id === id} ${row.reason} ${row.selection_probability}`] : []
    })
    expect(reasons.filter((one) => one === 'true anchor 1')).toHaveLength(8)
    expect(reasons.filter((one) => one === 'true audit 1')).toHaveLength(8)
    expect(await kindOf(exportRatings(store, author, { roundId: id }, 'csv').next())).toBe('forbidden')
    const { anchors: listed } = await listAnchors(store, panel.lead)
    expect(listed.map(({ rated }) => rated.ratings)).toEqual([4, 4, 4, 4])
    expect(listed[0]?.rated.rounds.map(({ ratings }) => ratings)).toEqual([2, 2])
  })
})
