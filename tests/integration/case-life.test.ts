import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { caseHistory, HISTORY_SIZE } from '#app/evaluation/cases/history.ts'
import { workOne } from '#app/evaluation/jobs/worker.ts'
import { openHandler, openRotation } from '#app/evaluation/rotation/open.ts'
import { rotatePools } from '#app/evaluation/rotation/rotate.ts'
import { undoRotation } from '#app/evaluation/rotation/undo.ts'
import { cases } from '#db/schema/cases.ts'
import { poolMoves } from '#db/schema/pools.ts'
import { exposures } from '#db/schema/seal.ts'
import type { Store } from '#db/store.server.ts'
import { rotateIn } from '#scripts/assay/rotate.ts'
import { clock, DAY, type Filled, fillPools, poolCounts } from '#tests/support/rotation.ts'
import { freshStore } from '#tests/support/store.ts'

const START = Date.UTC(2026, 0, 5)

let store: Store
let filled: Filled
let time: ReturnType<typeof clock>
beforeEach(async () => {
  store = await freshStore()
  time = clock(START)
  filled = await fillPools(store)
  time.at = START + 90 * DAY
})
afterEach(() => time.stop())

const expose = (caseId: string, openedAt: number) =>
  store.write((tx) =>
    tx.insert(exposures).values({
      id: newId(),
      projectId: filled.project.id,
      caseId,
      userId: filled.rater.user.id,
      exposedFor: 'rating',
      openedAt,
    }),
  )

/** A case that the rotation let out of the holdout. */
async function graduated(rotation: string): Promise<string> {
  const moves = await store.read.select().from(poolMoves).where(eq(poolMoves.rotationId, rotation))
  return moves.find(({ fromPool, toPool }) => fromPool === 'holdout' && toPool === 'active')?.caseId ?? ''
}

const told = async (caseId: string, page = 1) => {
  const { events, total } = await caseHistory(store, filled.owner, { id: caseId, createdAt: START }, page)
  return { total, said: events.map(({ actor, what }) => `${actor} ${what}`.trim()) }
}

it('is told from traffic to the seal, its openings, a rotation, its undoing, and out', async () => {
  const first = await rotatePools(store, filled.owner, { stamp: null, seed: 1 })
  const caseId = await graduated(first)
  await expose(caseId, START + 5 * DAY)
  time.at += 60_000
  await undoRotation(store, filled.owner, first)
  time.at += 60_000
  const second = await rotatePools(store, filled.owner, { stamp: null, seed: 1 })
  time.at += 60_000
  await openRotation(store, filled.owner, second)
  await workOne(store, { 'open-rotation': openHandler })
  expect((await told(caseId)).said).toEqual([
    'Drawn from the traces into the pool “holdout”',
    'Sealed until 2026-04-05',
    `${filled.rater.user.name} opened it to rate it`,
    'Graduated from the holdout to active, by a rotation',
    'Back in the pool “holdout”: the rotation was undone',
    'Graduated from the holdout to active, by a rotation',
    'The seal was ended',
  ])
})

it('comes in pages', async () => {
  const [one] = await store.read.select().from(cases).where(eq(cases.pool, 'holdout'))
  const caseId = one?.id ?? ''
  for (let i = 0; i < HISTORY_SIZE; i++) await expose(caseId, START + DAY + i)
  const first = await told(caseId)
  expect([first.total, first.said.length]).toEqual([HISTORY_SIZE + 2, HISTORY_SIZE])
  expect((await told(caseId, 2)).said).toHaveLength(2)
})

it('is turned by the command line: planned, done, undone', async () => {
  const out: string[] = []
  const io = { stdout: (text: string) => out.push(text), stderr: (text: string) => out.push(text) }
  const request = { project: filled.project.slug, act: false, seed: 4, undo: undefined, json: false }
  expect(await rotateIn(store, request, io)).toBe(0)
  expect(out.join('')).toContain('A rotation now: 4 graduate, 0 retire, 4 enter the holdout. Nothing was changed')
  expect(await poolCounts(store, filled.project.id)).toEqual({ active: 28, holdout: 12, retired: 0 })
  out.length = 0
  await rotateIn(store, { ...request, act: true, json: true }, io)
  const { rotation } = JSON.parse(out.join('')) as { rotation: string }
  expect(await poolCounts(store, filled.project.id)).toEqual({ active: 32, holdout: 12, retired: 0 })
  time.at += 1_000
  await rotateIn(store, { ...request, undo: rotation }, io)
  expect(await poolCounts(store, filled.project.id)).toEqual({ active: 28, holdout: 12, retired: 0 })
})
