import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { CHOOSING } from '#app/evaluation/anchors/choosing.server.ts'
import type { AnchorDraw } from '#app/evaluation/anchors/chosen.ts'
import { drawAnchors, previewDraw } from '#app/evaluation/anchors/draw.ts'
import { isThere } from '#app/evaluation/computing/elsewhere.server.ts'
import { engine } from '#db/dialect.ts'
import { cases } from '#db/schema/cases.ts'
import { anchors } from '#db/schema/rounds.ts'
import { openStore } from '#db/store.server.ts'
import { fillRatings } from '#scripts/bench/agreement/fill-ratings.ts'
import { fillRound } from '#scripts/bench/fill.ts'
import { ownFolder } from '#tests/support/files.ts'
import { kindOf } from '#tests/support/kind-of.ts'

const files = ownFolder()
const ITEMS = 1_400

it.runIf(engine === 'sqlite')('draws from many ratings off the request’s thread, each time anew', async () => {
  process.env.DATA_DIR = files.path('data')
  const filled = await fillRound(files.path('a.sqlite'), ITEMS, 5)
  fillRatings(filled, ITEMS)
  const store = openStore(filled.url)
  const rater = filled.raters[0] as Scope
  const lead: Scope = { ...rater, roles: ['lead'] }
  const { versionId: rubricVersionId } = filled.rubric
  const draw: AnchorDraw = {
    rubricVersionId,
    systemVersionId: null,
    from: null,
    to: null,
    least: 2,
    how: 'screened',
    number: 30,
  }
  expect(await kindOf(previewDraw(store.read, rater, draw, CHOOSING))).toBe('forbidden')
  expect(isThere('seconds', filled.url)).toBe(false)

  const preview = await previewDraw(store.read, lead, draw, CHOOSING)
  expect(isThere('seconds', filled.url)).toBe(true)
  expect(preview).toEqual({ candidates: ITEMS, drawnFrom: ITEMS / 2, taken: 30 })
  expect(preview).toEqual(await previewDraw(store.read, lead, draw))

  // no rating was made, and yet there are fewer
  await store.write((tx) => tx.update(cases).set({ archivedAt: 1 }).where(eq(cases.id, 'c00000001')))
  expect((await previewDraw(store.read, lead, draw, CHOOSING)).candidates).toBe(ITEMS - 1)
  expect(await drawAnchors(store, lead, draw, CHOOSING)).toEqual({ drawn: 30 })
  expect(await drawAnchors(store, lead, { ...draw, how: 'random' }, CHOOSING)).toEqual({ drawn: 30 })
  const drawn = await store.read.select({ p: anchors.selectionProbability, how: anchors.drawn }).from(anchors)
  expect(drawn.filter(({ how }) => how === 'screened')[0]?.p).toBeCloseTo(30 / (ITEMS / 2), 12)
  expect(drawn.filter(({ how }) => how === 'random')[0]?.p).toBeCloseTo(30 / (ITEMS - 31), 12)
  await store.close()
})
