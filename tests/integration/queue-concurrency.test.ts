import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, count, eq, inArray, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { createBridge } from '#app/evaluation/bridges/create.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { openRound } from '#app/evaluation/rounds/state.ts'
import { engine } from '#db/dialect.ts'
import { migrate } from '#db/migrate.server.ts'
import { ratings } from '#db/schema/ratings.ts'
import { assignments, items } from '#db/schema/rounds.ts'
import { addRound, addRubricVersion } from '#db/seed/rows.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import type { Store } from '#db/store.server.ts'
import { contradictions } from '#tests/support/invariants.ts'
import { addPanel } from '#tests/support/rating.ts'
import { bridgeValuesFor, rateAll } from '#tests/support/rounds.ts'
import { openTo, Rater, type World } from '#tests/support/schedule.ts'
import { freshStore } from '#tests/support/store.ts'

const RATERS = 12
const ITEMS = 60
const STEPS = 30

let restore: () => void
const clock = { now: 0 }

beforeEach(() => {
  clock.now = Date.UTC(2026, 10, 24)
  restore = replaceAmbient({ now: () => clock.now })
})
afterEach(() => restore())

async function worldOver(stores: readonly Store[]): Promise<World> {
  const [store] = stores as [Store]
  const panel = await addPanel(store, { items: ITEMS, raters: RATERS, overlap: 3 })
  return { panel, stores, clock, opened: 0, drafts: new Map(), ratings: new Map(), wrong: [] }
}

/** Makes every other item an anchor that all raters have rated before, in an earlier round. */
async function makeAnchors(store: Store, { panel }: World): Promise<void> {
  const chosen = panel.items.filter((_, i) => i % 2 === 0)
  const responses = panel.cases.filter((_, i) => i % 2 === 0)
  await store.write(async (tx) => {
    await tx.update(items).set({ reason: 'anchor' }).where(inArray(items.id, chosen))
    const raterIds = panel.raters.map(({ user }) => user.id)
    const earlier = await addRound(tx, panel.project, panel.rubric.versionId, raterIds, responses, {
      state: 'closed',
      overlap: RATERS,
    })
    await tx.update(items).set({ taken: RATERS, done: RATERS }).where(eq(items.roundId, earlier.id))
    const before = earlier.itemIds.flatMap((itemId, i) =>
      raterIds.map((raterId) => ({
        id: newId(),
        itemId,
        roundId: earlier.id,
        responseId: responses[i]?.responseId ?? '',
        raterId,
        state: 'submitted' as const,
        claimedAt: 0,
        leaseExpiresAt: 0,
        endedAt: 0,
      })),
    )
    for (let start = 0; start < before.length; start += 500) {
      await tx.insert(assignments).values(before.slice(start, start + 500))
    }
  })
}

/** A bridge, open, over responses that its first rater has rated under the older version. */
async function addBridge(store: Store, { items: size, overlap }: { items: number; overlap: number }) {
  const panel = await addPanel(store, { items: size, raters: RATERS, overlap: 1 })
  await rateAll(store, panel.raters[0] as Scope, panel.round, panel.rubric)
  const newer = await store.write((tx) => addRubricVersion(tx, panel.rubric))
  const made = await createBridge(store, panel.lead, bridgeValuesFor(panel, newer.versionId, { items: size, overlap }))
  await openRound(store, panel.lead, made.to)
  return { panel, newer, made }
}

/** Everybody does as they like at once; then everybody finishes. */
async function play(world: World, seed: number): Promise<void> {
  const [store] = world.stores as [Store]
  const raters = world.panel.raters.map((_, index) => new Rater(world, index, seed))
  await Promise.all(
    raters.map(async (rater) => {
      for (let step = 0; step < STEPS; step++) await rater.act()
    }),
  )
  expect(await contradictions(store, world)).toEqual([])

  // Someone may finish before another gives an item back: they look again, as a person would.
  for (let again = 0; again < RATERS; again++) {
    await Promise.all(raters.map((rater) => rater.finish()))
    const all = await store.read.select().from(items).where(eq(items.roundId, world.panel.round))
    if (all.every((item) => item.done === item.needed)) break
  }
  expect(await contradictions(store, world)).toEqual([])
  expect(world.wrong).toEqual([])
  const all = await store.read.select().from(items).where(eq(items.roundId, world.panel.round))
  expect(all.filter((item) => item.done !== 3)).toEqual([])
  for (const rater of raters) {
    expect(await openTo(store, world.panel, rater.scope.user.id)).toBeNull()
    expect((await takeHand(store, rater.scope, world.panel.round)).order).toEqual([])
  }
}

describe('twelve raters at once', () => {
  it.each([1, 2, 3])(
    'lose no item, no rating and no draft, and rate none once too often (schedule %i)',
    async (seed) => {
      await play(await worldOver([await freshStore()]), seed)
    },
  )

  it('lose no anchor either, whoever rated it before, and rate none once too often', async () => {
    const store = await freshStore()
    const world = await worldOver([store])
    await makeAnchors(store, world)
    await play(world, 5)
    const [{ n } = { n: 0 }] = await store.read
      .select({ n: count() })
      .from(ratings)
      .innerJoin(items, eq(items.id, ratings.itemId))
      .where(and(eq(items.reason, 'anchor'), isNull(ratings.supersededAt)))
    expect(n).toBe((3 * ITEMS) / 2)
  })

  it('do as they like in half a bridge, whose places are kept, and lose nothing either', async () => {
    const store = await freshStore()
    const { panel, newer, made } = await addBridge(store, { items: ITEMS, overlap: 3 })
    await play({ ...(await worldOver([store])), panel: { ...panel, rubric: newer, round: made.to } }, 6)
  })

  it('rate both halves of a bridge, in whichever order, and complete every pair', async () => {
    const store = await freshStore()
    const { panel, newer, made } = await addBridge(store, { items: ITEMS / 2, overlap: 2 })
    await Promise.all(
      panel.raters.map(async (rater, i) => {
        const halves = [
          [made.from ?? '', panel.rubric],
          [made.to, newer],
        ] as const
        for (const [round, rubric] of i % 2 === 0 ? halves : [...halves].reverse()) {
          await rateAll(store, rater, round, rubric)
        }
      }),
    )
    const rated = await store.read
      .select({ round: ratings.roundId, rater: ratings.raterId, response: items.responseId })
      .from(ratings)
      .innerJoin(items, eq(items.id, ratings.itemId))
      .where(and(eq(items.reason, 'bridge'), isNull(ratings.supersededAt)))
    const under = (round: string | null) =>
      rated
        .filter((row) => row.round === round)
        .map(({ rater, response }) => `${rater} ${response}`)
        .sort()
    expect(under(made.to)).toHaveLength(ITEMS)
    expect(new Set(under(made.to)).size).toBe(ITEMS)
    expect(under(made.from)).toEqual(under(made.to))
  })

  it.runIf(engine === 'sqlite')('nor through two connections to one file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-queue-'))
    const url = `file:${join(folder, 'queue.sqlite')}`
    await migrate(url)
    const stores = [openSqlite(url), openSqlite(url)]
    try {
      await play(await worldOver(stores), 4)
    } finally {
      for (const store of stores) await store.close()
      rmSync(folder, { recursive: true })
    }
  })
})
