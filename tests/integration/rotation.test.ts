import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, now } from '#app/ambient.ts'
import { workOne } from '#app/evaluation/jobs/worker.ts'
import { openHandler, openRotation, queueDueOpenings } from '#app/evaluation/rotation/open.ts'
import { previewRotation } from '#app/evaluation/rotation/preview.ts'
import { listMoved, readRotation } from '#app/evaluation/rotation/read.ts'
import { rotatePools } from '#app/evaluation/rotation/rotate.ts'
import { undoRotation } from '#app/evaluation/rotation/undo.ts'
import { cases, responses } from '#db/schema/cases.ts'
import { poolMoves, rotations } from '#db/schema/pools.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import { exposures, seals } from '#db/schema/seal.ts'
import { traces } from '#db/schema/traces.ts'
import { addRubric } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { clock, DAY, type Filled, fillPools, poolCounts, stateOf } from '#tests/support/rotation.ts'
import { actionsIn } from '#tests/support/staff.ts'
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

const rotate = (stamp: string | null = null, seed = 11) => rotatePools(store, filled.owner, { stamp, seed })
const opened = () => workOne(store, { 'open-rotation': openHandler })
const entered = async (rotationId: string) =>
  (await store.read.select().from(poolMoves).where(eq(poolMoves.rotationId, rotationId)))
    .filter(({ fromPool, toPool }) => fromPool === null && toPool === 'holdout')
    .map(({ caseId }) => caseId)

async function addRoundWith(caseId: string): Promise<void> {
  await store.write(async (tx) => {
    const rubric = await addRubric(tx, filled.project)
    const [response] = await tx.select().from(responses).where(eq(responses.caseId, caseId))
    const roundId = newId()
    await tx.insert(rounds).values({
      id: roundId,
      projectId: filled.project.id,
      name: 'Round',
      rubricVersionId: rubric.versionId,
      state: 'draft',
      overlap: 1,
      referencesShown: 'never',
      secondsPerItem: 60,
      createdAt: now(),
    })
    await tx.insert(items).values({
      id: newId(),
      roundId,
      responseId: response?.id ?? '',
      caseId,
      reason: 'holdout',
      selectionProbability: 1,
      needed: 1,
      position: 1,
    })
  })
}

describe('a rotation', () => {
  it('moves what was planned, fills the holdout again and records it, in one go', async () => {
    expect(await poolCounts(store, filled.project.id)).toEqual({ active: 28, holdout: 12, retired: 0 })
    const plan = await previewRotation(store.read, filled.owner)
    expect(plan.graduating).toHaveLength(4)
    const id = await rotate(plan.stamp)
    expect(await poolCounts(store, filled.project.id)).toEqual({ active: 32, holdout: 12, retired: 0 })
    const rotation = await readRotation(store, filled.lead, id)
    expect(rotation).toMatchObject({
      counts: { graduated: 4, retired: 0, entered: 4 },
      stillSealed: 4,
      whyNotUndone: null,
      undoUntil: time.at + DAY,
    })
    const { cases: moved, total } = await listMoved(store, filled.lead, {
      rotationId: id,
      kind: 'graduated',
      page: 1,
      size: 3,
    })
    expect([moved.length, total]).toEqual([3, 4])
    expect(
      (await listMoved(store, filled.lead, { rotationId: id, kind: 'graduated', page: 1, size: 50 })).cases
        .map(({ id: one }) => one)
        .sort(),
    ).toEqual(plan.graduating.map(({ id: one }) => one).sort())
    expect(await actionsIn(store)).toEqual(expect.arrayContaining(['pools.rotated', 'cases.sampled']))
  })

  it('leaves what graduates sealed for a day, and seals what enters until the next rotation', async () => {
    const id = await rotate()
    const rows = await store.read.select().from(cases).innerJoin(seals, eq(seals.caseId, cases.id))
    const graduated = rows.filter(({ cases: one }) => one.pool === 'active')
    expect(graduated.map(({ cases: one }) => [one.sealed, one.input])).toEqual(Array(4).fill([true, '']))
    const fresh = await entered(id)
    expect(fresh).toHaveLength(4)
    for (const { seals: seal } of rows.filter(({ cases: one }) => fresh.includes(one.id))) {
      expect(seal).toMatchObject({ sealedAt: time.at, sealedUntil: time.at + 90 * DAY, endedAt: null })
    }
  })

  it('draws the same traces for the same seed', async () => {
    const first = await rotate()
    const sampled = async () =>
      (await store.read.select().from(traces).where(isNotNull(traces.caseId)).orderBy(asc(traces.key))).map(
        ({ key }) => key,
      )
    const before = await sampled()
    time.at += 60_000
    await undoRotation(store, filled.owner, first)
    await rotate()
    expect(await sampled()).toEqual(before)
  })

  it('is refused where the plan is another by now, and changes nothing', async () => {
    const { stamp } = await previewRotation(store.read, filled.owner)
    await store.write((tx) => tx.update(traces).set({ state: 'excluded' }).where(eq(traces.category, 'reasoning')))
    const before = await stateOf(store, filled.project.id)
    await expect(rotate(stamp)).rejects.toMatchObject({ kind: 'conflict', code: 'plan-changed' })
    expect(await stateOf(store, filled.project.id)).toEqual(before)
    expect(await store.read.select().from(rotations)).toEqual([])
  })

  it('retires what has been active for its time, and burnt cases wherever they are', async () => {
    const [sealed] = await store.read.select().from(cases).where(eq(cases.pool, 'holdout'))
    await store.write((tx) =>
      tx
        .update(cases)
        .set({ burntAt: START })
        .where(eq(cases.id, sealed?.id ?? '')),
    )
    time.at = START + 360 * DAY
    const id = await rotate()
    const { counts } = await readRotation(store, filled.owner, id)
    expect(counts).toMatchObject({ graduated: 4, retired: 29 })
    const [after] = await store.read
      .select()
      .from(cases)
      .where(eq(cases.id, sealed?.id ?? ''))
    expect(after).toMatchObject({ pool: 'retired', sealed: true })
  })

  it('is for owners alone', async () => {
    await expect(rotatePools(store, filled.lead, { stamp: null })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(previewRotation(store.read, filled.rater)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('undoing a rotation', () => {
  it('puts pools, traces and seals back exactly, and keeps the moves', async () => {
    const before = await stateOf(store, filled.project.id)
    const id = await rotate()
    time.at += 3_600_000
    await undoRotation(store, filled.owner, id)
    expect(await stateOf(store, filled.project.id)).toEqual(before)
    expect(await readRotation(store, filled.owner, id)).toMatchObject({
      undoneAt: time.at,
      counts: { graduated: 4, retired: 0, entered: 4 },
      whyNotUndone: 'It is undone already.',
    })
    const moves = await store.read.select().from(poolMoves).where(eq(poolMoves.rotationId, id))
    expect(moves).toHaveLength(16)
    const left = await store.read.select().from(cases).where(isNotNull(cases.archivedAt))
    expect(left.map(({ input, sealed, pool }) => [input, sealed, pool])).toEqual(Array(4).fill(['', false, 'retired']))
  })

  it('does so again after a second rotation, with retired cases among what moved', async () => {
    time.at = START + 360 * DAY
    const before = await stateOf(store, filled.project.id)
    for (let round = 0; round < 2; round++) {
      const id = await rotate(null, round)
      time.at += 60_000
      await undoRotation(store, filled.owner, id)
      expect(await stateOf(store, filled.project.id)).toEqual(before)
    }
  })

  const refused = (id: string) => undoRotation(store, filled.owner, id)

  it('is refused when a day has passed, when the pools turned again, and when it was opened', async () => {
    const first = await rotate()
    time.at += 60_000
    const second = await rotate()
    await expect(refused(first)).rejects.toThrow('rotated again')
    await openRotation(store, filled.owner, second)
    await opened()
    await expect(refused(second)).rejects.toThrow('was opened since')
    time.at += DAY
    await expect(refused(second)).rejects.toThrow('A day has passed')
  })

  it('is refused when something that entered was read, or is in a round', async () => {
    const id = await rotate()
    const [caseId = '', other = ''] = await entered(id)
    await addRoundWith(other)
    await expect(refused(id)).rejects.toThrow('is in a round')
    await store.write((tx) =>
      tx.insert(exposures).values({
        id: newId(),
        projectId: filled.project.id,
        caseId,
        userId: filled.rater.user.id,
        exposedFor: 'rating',
        openedAt: time.at,
      }),
    )
    const before = await stateOf(store, filled.project.id)
    await expect(refused(id)).rejects.toThrow('was read since')
    expect(await stateOf(store, filled.project.id)).toEqual(before)
  })

  it('is refused when a round was made since of something that moved', async () => {
    const id = await rotate()
    const [graduated] = await store.read
      .select()
      .from(cases)
      .where(and(eq(cases.sealed, true), eq(cases.pool, 'active')))
    await addRoundWith(graduated?.id ?? '')
    await expect(refused(id)).rejects.toThrow('in a round that was made since')
  })
})

describe('opening what a rotation let out', () => {
  it('brings the text back and ends the seal; asking twice opens once', async () => {
    const id = await rotate()
    await openRotation(store, filled.owner, id)
    await openRotation(store, filled.owner, id)
    expect((await readRotation(store, filled.owner, id)).opening).toBe(true)
    expect(await opened()).toBe(true)
    expect(await opened()).toBe(false)
    expect(await readRotation(store, filled.owner, id)).toMatchObject({ stillSealed: 0, opening: false })
    const active = await store.read.select().from(cases).where(eq(cases.pool, 'active'))
    expect(active.filter(({ sealed, input }) => sealed || input === '')).toEqual([])
    expect(await actionsIn(store)).toContain('rotation.opened')
  })

  it('comes by itself after a day, not before, and not for what was undone', async () => {
    const undone = await rotate()
    time.at += 1_000
    await undoRotation(store, filled.owner, undone)
    const id = await rotate()
    time.at += DAY - 1
    expect(await queueDueOpenings(store)).toBe(0)
    time.at += 1
    expect(await queueDueOpenings(store, filled.project.id)).toBe(1)
    await opened()
    expect(await queueDueOpenings(store)).toBe(0)
    expect(await readRotation(store, filled.owner, id)).toMatchObject({ stillSealed: 0 })
  })

  it('does nothing where the rotation was undone meanwhile', async () => {
    const id = await rotate()
    await openRotation(store, filled.owner, id)
    await undoRotation(store, filled.owner, id)
    const before = await stateOf(store, filled.project.id)
    await opened()
    expect(await stateOf(store, filled.project.id)).toEqual(before)
  })
})
