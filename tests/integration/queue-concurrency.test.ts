import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replaceAmbient } from '#app/ambient.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { engine } from '#db/dialect.ts'
import { migrate } from '#db/migrate.server.ts'
import { items } from '#db/schema/rounds.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import type { Store } from '#db/store.server.ts'
import { contradictions } from '#tests/support/invariants.ts'
import { addPanel } from '#tests/support/rating.ts'
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
