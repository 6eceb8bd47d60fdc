/** Bridges: the same responses rated by the same raters under two versions of a rubric. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { bridgeAskedBy } from '#app/evaluation/bridges/asked.ts'
import { createBridge } from '#app/evaluation/bridges/create.ts'
import { handOverPlaces } from '#app/evaluation/bridges/hand-over.ts'
import { previewBridge } from '#app/evaluation/bridges/preview.ts'
import { ratersUnder } from '#app/evaluation/bridges/raters-under.ts'
import type { BridgeValues } from '#app/evaluation/bridges/values.ts'
import { skipItem } from '#app/evaluation/queue/skip.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { listWork } from '#app/evaluation/queue/work.ts'
import { createRound } from '#app/evaluation/rounds/create.ts'
import { roundProgress } from '#app/evaluation/rounds/progress.ts'
import { addRaters } from '#app/evaluation/rounds/raters.ts'
import { changeRound, closeRound, openRound } from '#app/evaluation/rounds/state.ts'
import { ratings } from '#db/schema/ratings.ts'
import { assignments, items, roundRaters, rounds } from '#db/schema/rounds.ts'
import { rubricVersions } from '#db/schema/rubrics.ts'
import { type AddedRubric, addPerson, addReference, addRubricVersion, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { kindOf } from '#tests/support/kind-of.ts'
import { addPanel, type Panel } from '#tests/support/rating.ts'
import { bridgeValuesFor, rateAll, roundValuesFor } from '#tests/support/rounds.ts'
import { actionsIn } from '#tests/support/staff.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let clock = 0
let restore: () => void

beforeEach(async () => {
  store = await freshStore()
  clock = Date.UTC(2026, 10, 24, 9)
  restore = replaceAmbient({ now: () => clock })
})
afterEach(() => restore())

type World = { panel: Panel; newer: AddedRubric; values: (over?: Partial<BridgeValues>) => BridgeValues }

/** A panel that has rated everything under version 1, and a version 2. */
async function world({ items: size = 12, raters = 4 } = {}): Promise<World> {
  const panel = await addPanel(store, { items: size, raters, overlap: 2 })
  for (const rater of panel.raters) await rateAll(store, rater, panel.round, panel.rubric)
  const newer = await store.write((tx) => addRubricVersion(tx, panel.rubric))
  clock += 86_400_000
  return { panel, newer, values: (over = {}) => bridgeValuesFor(panel, newer.versionId, over) }
}

const itemsIn = (roundId: string | null) =>
  store.read
    .select()
    .from(items)
    .where(eq(items.roundId, roundId ?? ''))

/** `response rater` of every assignment in a round. */
const placesIn = async (roundId: string | null) =>
  (
    await store.read
      .select()
      .from(assignments)
      .where(eq(assignments.roundId, roundId ?? ''))
  )
    .map(({ responseId, raterId }) => `${responseId} ${raterId}`)
    .sort()

async function opened(made: { from: string | null; to: string }, panel: Panel) {
  await openRound(store, panel.lead, made.to)
  return made as { from: string; to: string }
}

describe('making a bridge', () => {
  it('makes two rounds, twins, with the same responses kept for the same raters', async () => {
    const { panel, newer, values } = await world()
    const made = await createBridge(store, panel.lead, values())
    const [older, under] = [await itemsIn(made.from), await itemsIn(made.to)]
    expect(older).toHaveLength(10)
    expect(new Set(older.map(({ responseId }) => responseId))).toEqual(
      new Set(under.map(({ responseId }) => responseId)),
    )
    for (const item of [...older, ...under]) {
      expect(item).toMatchObject({ reason: 'bridge', needed: 2, taken: 2, done: 0, tier: 0 })
      expect(item.selectionProbability).toBeCloseTo(10 / 12)
    }
    expect(await placesIn(made.from)).toEqual(await placesIn(made.to))
    const loads = panel.raters.map(
      async ({ user }) => (await placesIn(made.to)).filter((place) => place.endsWith(user.id)).length,
    )
    expect(await Promise.all(loads)).toEqual([5, 5, 5, 5])

    const progress = async (id: string) => (await roundProgress(store.read, panel.lead, id)).round.bridge
    const half = { from: { id: panel.rubric.versionId, number: 1 }, to: { id: newer.versionId, number: 2 } }
    expect(await progress(made.from ?? '')).toEqual({
      ...half,
      under: 'from',
      twin: { id: made.to, name: 'December cases, green', state: 'draft' },
    })
    expect(await progress(made.to)).toMatchObject({ ...half, under: 'to', twin: { id: made.from } })
    expect(await progress(panel.round)).toBeNull()
    const [row] = await store.read.select().from(rounds).where(eq(rounds.id, made.to))
    expect(row).toMatchObject({ bridgesFromId: panel.rubric.versionId, rubricVersionId: newer.versionId })
    expect((await actionsIn(store)).filter((action) => action === 'bridge.created')).toHaveLength(2)
  })

  it('finds the twin beside other rounds made in the same moment', async () => {
    const { panel, newer, values } = await world()
    await createRound(store, panel.lead, roundValuesFor(panel))
    await createRound(store, panel.lead, roundValuesFor(panel, { rubricVersionId: newer.versionId }))
    const made = await createBridge(store, panel.lead, values({ rated: 'new', items: 2 }))
    const { round } = await roundProgress(store.read, panel.lead, made.to)
    expect([made.from, round.bridge?.twin]).toEqual([null, null])
  })

  it('opens both halves together, and closes each by itself', async () => {
    const { panel, values } = await world()
    const made = await opened(await createBridge(store, panel.lead, values()), panel)
    const states = async () =>
      Promise.all([made.from, made.to].map(async (id) => (await roundProgress(store.read, panel.lead, id)).round.state))
    expect(await states()).toEqual(['open', 'open'])
    await closeRound(store, panel.lead, made.from)
    expect(await states()).toEqual(['closed', 'open'])
    await openRound(store, panel.lead, made.from)
    expect(await states()).toEqual(['open', 'open'])
  })

  it('counts ratings given under the older version where only the newer one is to be rated', async () => {
    const { panel, values } = await world()
    const asked = values({ rated: 'new', items: 50 })
    const preview = await previewBridge(store.read, panel.lead, asked)
    expect(preview).toMatchObject({ candidates: 12, items: 12, ratings: 24, raters: 4 })
    expect(preview.warnings.some((text) => text.includes('some time ago'))).toBe(true)
    const made = await createBridge(store, panel.lead, asked)
    const before = (await placesIn(panel.round)).sort()
    expect(made).toMatchObject({ from: null, items: 12 })
    expect(await placesIn(made.to)).toEqual(before)
    const since = await previewBridge(store.read, panel.lead, values({ rated: 'new', since: clock }))
    expect(since.candidates).toBe(0)
    expect((await previewBridge(store.read, panel.lead, values({ rated: 'new', overlap: 3 }))).candidates).toBe(0)
  })

  it('keeps authors from their cases, and leaves out what too few may rate', async () => {
    const { panel, values } = await world({ items: 6, raters: 2 })
    const [ana] = panel.raters as [Scope]
    const [one] = panel.cases as [Panel['cases'][number]]
    await store.write((tx) => addReference(tx, panel.project, one.caseId, { authorId: ana.user.id }))
    const preview = await previewBridge(store.read, panel.lead, values())
    expect(preview).toMatchObject({ candidates: 5, items: 5, ratings: 20 })
    expect(preview.warnings[0]).toContain('1 response was left out: fewer than 2 of the chosen raters may rate it')
    const made = await createBridge(store, panel.lead, values({ overlap: 1, items: 6 }))
    const places = await placesIn(made.to)
    expect(places).toHaveLength(6)
    expect(places).not.toContain(`${one.responseId} ${ana.user.id}`)
  })

  it('says field by field what cannot be', async () => {
    const { panel, newer, values } = await world({ items: 2, raters: 2 })
    const elsewhere = await addPanel(store)
    const fieldsOf = async (over: Partial<BridgeValues>) => {
      const problem = await createBridge(store, panel.lead, values(over)).catch((error: { fields?: object }) => error)
      return Object.keys((problem as { fields?: object }).fields ?? {}).sort()
    }
    expect(await fieldsOf({ names: { from: 'Bridge, old', to: 'Anchors again' } })).toEqual(['nameFrom', 'nameTo'])
    expect(await fieldsOf({ names: { from: 'Same', to: 'Same ' } })).toEqual(['nameTo'])
    expect(await fieldsOf({ names: { from: '', to: ' ' } })).toEqual(['nameFrom', 'nameTo'])
    expect(await fieldsOf({ instructions: 'Find the drift.' })).toEqual(['instructions'])
    expect(await fieldsOf({ items: 0, overlap: 11 })).toEqual(['items', 'overlap'])
    expect(await fieldsOf({ overlap: 3 })).toEqual(['raterIds'])
    expect(await fieldsOf({ raterIds: elsewhere.raters.map(({ user }) => user.id) })).toEqual(['raterIds'])
    expect(await fieldsOf({ toId: panel.rubric.versionId })).toEqual(['toId'])
    expect(await fieldsOf({ fromId: newer.versionId, toId: panel.rubric.versionId })).toEqual(['toId'])
    expect(await fieldsOf({ fromId: elsewhere.rubric.versionId })).toEqual(['fromId'])
    expect(await fieldsOf({ since: clock + 1 })).toEqual(['items'])
    const other = await store.write((tx) => addRubricVersion(tx, { ...elsewhere.rubric }))
    expect(await fieldsOf({ toId: other.versionId })).toEqual(['toId'])
    expect(await kindOf(createBridge(store, panel.raters[0] as Scope, values()))).toBe('forbidden')
    await store.write((tx) =>
      tx.update(rubricVersions).set({ state: 'retired' }).where(eq(rubricVersions.id, panel.rubric.versionId)),
    )
    expect(await fieldsOf({})).toEqual([])
    expect(await ratersUnder(store.read, panel.lead, panel.rubric.versionId)).toEqual(
      new Map(panel.raters.map(({ user }) => [user.id, 2])),
    )
  })
})

describe('a rubric version', () => {
  it('asks for a bridge from the version it was drafted from until one is made', async () => {
    const { panel, newer, values } = await world()
    const asked = () => bridgeAskedBy(store, panel.lead, newer.versionId)
    expect(await asked()).toEqual({ from: { id: panel.rubric.versionId, number: 1 }, how: 'asked', rounds: [] })
    expect(await bridgeAskedBy(store, panel.lead, panel.rubric.versionId)).toBeNull()
    expect((await previewBridge(store.read, panel.lead, values())).change[0]).toContain('A bridge is asked for on')
    const made = await createBridge(store, panel.lead, values())
    expect((await asked())?.rounds).toEqual([{ id: made.to, name: 'December cases, green' }])
    expect(await kindOf(bridgeAskedBy(store, panel.raters[0] as Scope, newer.versionId))).toBe('forbidden')
  })
})

describe('rating a bridge', () => {
  it('gives every pair of one rater: each rates their own responses once under each version, and no others', async () => {
    const { panel, newer, values } = await world()
    const made = await opened(await createBridge(store, panel.lead, values()), panel)
    const kept = await placesIn(made.to)
    for (const rater of panel.raters) {
      expect(await rateAll(store, rater, made.from, panel.rubric, 2)).toHaveLength(5)
      expect(await rateAll(store, rater, made.to, newer, 4)).toHaveLength(5)
    }
    expect(await placesIn(made.from)).toEqual(kept)
    expect(await placesIn(made.to)).toEqual(kept)
    for (const item of [...(await itemsIn(made.from)), ...(await itemsIn(made.to))]) {
      expect(item).toMatchObject({ taken: 2, done: 2 })
    }
    const given = await store.read.select().from(ratings).where(eq(ratings.roundId, made.to))
    expect(new Set(given.map(({ rubricVersionId }) => rubricVersionId))).toEqual(new Set([newer.versionId]))
  })

  it('lets half of the raters meet the older version first, whenever they look', async () => {
    const { panel, values } = await world({ raters: 6 })
    const made = await opened(await createBridge(store, panel.lead, values()), panel)
    const seeds = await store.read.select().from(roundRaters)
    let older = 0
    for (const rater of panel.raters) {
      const seed = (round: string) =>
        seeds.find(({ roundId, raterId }) => roundId === round && raterId === rater.user.id)?.seed ?? 0
      const first = (await listWork(store.read, rater)).filter(({ progress }) => progress.left > 0)[0]?.round.id
      expect(first).toBe(seed(made.from) < seed(made.to) ? made.from : made.to)
      if (first === made.from) older += 1
    }
    expect(older).toBe(3)
  })

  it('counts what is kept as left for its rater, and as untouched for the lead', async () => {
    const { panel, newer, values } = await world()
    const made = await opened(await createBridge(store, panel.lead, values()), panel)
    const [ana] = panel.raters as [Scope]
    const left = async (round: string) =>
      (await listWork(store.read, ana)).find((work) => work.round.id === round)?.progress
    expect(await left(made.to)).toMatchObject({ done: 0, left: 5 })
    const hand = await takeHand(store, ana, made.to)
    expect(hand.progress).toMatchObject({ done: 0, left: 5 })
    expect(hand.order).toHaveLength(2)
    const { items: counts, raters } = await roundProgress(store.read, panel.lead, made.to)
    expect(counts).toEqual({ all: 10, finished: 0, begun: 2, untouched: 8 })
    expect(raters.find(({ id }) => id === ana.user.id)).toMatchObject({ inHand: 2, expired: 0, skipped: 0 })
    await rateAll(store, ana, made.to, newer)
    expect(await left(made.to)).toMatchObject({ done: 5, left: 0 })
    expect(await left(made.from)).toMatchObject({ done: 0, left: 5 })
  })

  it('hands out places under ids made at that moment, in another order for everybody', async () => {
    const { panel, values } = await world({ items: 40, raters: 2 })
    const made = await opened(await createBridge(store, panel.lead, values({ items: 40 })), panel)
    const before = newId()
    const orders: string[][] = []
    for (const rater of panel.raters) {
      const { order } = await takeHand(store, rater, made.to)
      for (const id of order) expect(id > before).toBe(true)
      orders.push(await rateAll(store, rater, made.from, panel.rubric))
    }
    const responseOf = new Map(
      (await store.read.select().from(assignments)).map(({ id, responseId }) => [id, responseId]),
    )
    const [ana, ben] = orders.map((order) => order.map((id) => responseOf.get(id)))
    expect(new Set(ana)).toEqual(new Set(ben))
    expect(ana).not.toEqual(ben)
  })

  it('hands what an absent rater has begun under neither version to the others, in pairs', async () => {
    const { panel, newer, values } = await world()
    const made = await opened(await createBridge(store, panel.lead, values()), panel)
    const [ana, ...others] = panel.raters as [Scope, ...Scope[]]
    const { order } = await takeHand(store, ana, made.from)
    const begun = new Set(
      (await store.read.select().from(assignments))
        .filter(({ id }) => order.includes(id))
        .map(({ responseId }) => `${responseId} ${ana.user.id}`),
    )
    expect(begun.size).toBe(2)
    expect(await handOverPlaces(store, panel.lead, made.to, ana.user.id)).toEqual({ moved: 3, left: 0 })
    const places = await placesIn(made.to)
    expect(places).toEqual(await placesIn(made.from))
    expect(new Set(places.filter((place) => place.endsWith(ana.user.id)))).toEqual(begun)
    // two raters each still, nobody twice, and the load about even
    expect(new Set(places).size).toBe(20)
    const loads = others.map(({ user }) => places.filter((place) => place.endsWith(user.id)).length)
    expect(loads.reduce((sum, load) => sum + load, 0)).toBe(18)
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(3)
    for (const rater of panel.raters) {
      await rateAll(store, rater, made.from, panel.rubric, 2)
      await rateAll(store, rater, made.to, newer, 4)
    }
    for (const item of [...(await itemsIn(made.from)), ...(await itemsIn(made.to))]) {
      expect(item).toMatchObject({ taken: 2, done: 2 })
    }
    expect(await handOverPlaces(store, panel.lead, made.to, ana.user.id)).toEqual({ moved: 0, left: 0 })
    expect((await actionsIn(store)).filter((action) => action === 'bridge.places-handed-over')).toHaveLength(1)
  })

  it('leaves a place where nobody else may rate, until somebody joins both halves', async () => {
    const { panel, values } = await world({ items: 4, raters: 2 })
    const made = await opened(await createBridge(store, panel.lead, values({ items: 4 })), panel)
    const [ana, ben] = panel.raters as [Scope, Scope]
    expect(await handOverPlaces(store, panel.lead, made.from, ana.user.id)).toEqual({ moved: 0, left: 4 })
    const cleo = await store.write((tx) => addPerson(tx, panel.project, ['rater'], { name: 'Cleo' }))
    expect(await addRaters(store, panel.lead, made.to, [cleo.id])).toEqual({ added: 1 })
    expect(await handOverPlaces(store, panel.lead, made.from, ana.user.id)).toEqual({ moved: 4, left: 0 })
    expect((await placesIn(made.from)).filter((place) => place.endsWith(cleo.id))).toHaveLength(4)
    expect(await placesIn(made.to)).toEqual(await placesIn(made.from))
    expect((await takeHand(store, scopeOf(cleo, panel.project, ['rater']), made.to)).order).toHaveLength(2)
    expect(await kindOf(handOverPlaces(store, ben, made.to, ana.user.id))).toBe('forbidden')
    expect(await kindOf(handOverPlaces(store, panel.lead, panel.round, ana.user.id))).toBe('conflict')
    await closeRound(store, panel.lead, made.to)
    expect(await kindOf(handOverPlaces(store, panel.lead, made.to, ana.user.id))).toBe('conflict')
    const elsewhere = await addPanel(store)
    expect(await kindOf(handOverPlaces(store, elsewhere.lead, made.to, ana.user.id))).toBe('no-round')
  })

  it('asks whoever takes a place for a rating given before, where that is the older half', async () => {
    const { panel, values } = await world({ raters: 4 })
    const made = await createBridge(store, panel.lead, values({ rated: 'new', items: 12, overlap: 1 }))
    await openRound(store, panel.lead, made.to)
    const rated = new Set(await placesIn(panel.round))
    const [ana] = panel.raters as [Scope]
    const mine = (await placesIn(made.to)).filter((place) => place.endsWith(ana.user.id)).length
    const { moved, left } = await handOverPlaces(store, panel.lead, made.to, ana.user.id)
    // each response was rated by two before, so that somebody else can take it
    expect([moved, left]).toEqual([mine, 0])
    for (const place of await placesIn(made.to)) expect(rated).toContain(place)
  })

  it('gives what is skipped or raised to others, and newcomers nothing before', async () => {
    const { panel, newer, values } = await world({ items: 4, raters: 2 })
    const made = await opened(await createBridge(store, panel.lead, values({ items: 4, overlap: 1 })), panel)
    const cleo = await store.write((tx) => addPerson(tx, panel.project, ['rater'], { name: 'Cleo' }))
    const newcomer = scopeOf(cleo, panel.project, ['rater'])
    await addRaters(store, panel.lead, made.to, [cleo.id])
    expect((await takeHand(store, newcomer, made.to)).order).toEqual([])
    const [ana] = panel.raters as [Scope]
    const { order } = await takeHand(store, ana, made.to)
    await skipItem(store, ana, made.to, { assignment: order[0] ?? '', reason: 'broken' })
    expect((await takeHand(store, newcomer, made.to)).order).toHaveLength(1)
    await changeRound(store, panel.lead, made.to, { overlap: 2 })
    expect(await rateAll(store, newcomer, made.to, newer)).toHaveLength(4)
  })
})
