import { asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { archiveCase } from '#app/evaluation/cases/archive.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { countPools } from '#app/evaluation/pools/count.ts'
import { poolsCsv } from '#app/evaluation/pools/csv.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { nextRotation, sealedUntil } from '#app/evaluation/pools/next-rotation.ts'
import { POOL_DEFAULTS, readPoolSettings, savePoolSettings } from '#app/evaluation/pools/settings.ts'
import { cases, references } from '#db/schema/cases.ts'
import { poolMoves, poolSettings, rotations, samplings } from '#db/schema/pools.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addCase, addPerson, addProject, addReference, addSystemVersion, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()

let store: Store
let project: Project
let owner: Scope
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    owner = scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
  })
})

const made = () =>
  store.write(async (tx) => (await addCase(tx, project, (await addSystemVersion(tx, project)).id)).caseId)
const movesOf = (caseId: string) =>
  store.read.select().from(poolMoves).where(eq(poolMoves.caseId, caseId)).orderBy(asc(poolMoves.number))
const move = (caseIds: string[], to: 'active' | 'holdout' | 'retired', at: number) =>
  store.write((tx) => moveCases(tx, project.id, caseIds, { to, at }))

describe('moving cases between pools', () => {
  it('writes each coming into a pool into the history, the first from nowhere', async () => {
    const id = await made()
    await move([id], 'holdout', 5_000)
    await move([id], 'retired', 6_000)
    const history = (await movesOf(id)).map(({ number, fromPool, toPool, movedAt }) => [
      number,
      fromPool,
      toPool,
      movedAt,
    ])
    const [row] = await store.read.select().from(cases).where(eq(cases.id, id))
    expect(history).toEqual([
      [1, null, 'active', row?.createdAt],
      [2, 'active', 'holdout', 5_000],
      [3, 'holdout', 'retired', 6_000],
    ])
    expect(row).toMatchObject({ pool: 'retired', enteredPoolAt: 6_000 })
  })

  it('passes over a case that is in the pool already, and one of another project', async () => {
    const id = await made()
    await move([id, id], 'active', 5_000)
    await store.write(async (tx) => moveCases(tx, (await addProject(tx)).id, [id], { to: 'retired', at: 6_000 }))
    expect(await movesOf(id)).toHaveLength(1)
  })

  it('takes a case from before histories were kept to have been active', async () => {
    const id = await made()
    const old = 'from-before'
    await store.write(async (tx) => {
      const [row] = await tx.select().from(cases).where(eq(cases.id, id))
      if (row) await tx.insert(cases).values({ ...row, id: old, key: old, enteredPoolAt: null, createdAt: 1_000 })
    })
    await move([old], 'active', 4_000)
    await move([old], 'retired', 5_000)
    expect((await movesOf(old)).map(({ number, fromPool, toPool }) => [number, fromPool, toPool])).toEqual([
      [1, 'active', 'retired'],
    ])
  })

  it('gives every imported case its first move at the moment of the import', async () => {
    const path = files.jsonl(
      'cases.jsonl',
      Array.from({ length: 600 }, (_, i) => ({
        key: `c${i}`,
        input: `Question ${i}?`,
        category: 'reasoning',
        user_segment: 'novice',
      })),
    )
    await importFile(store, owner, { kind: 'cases', path, fileName: 'cases.jsonl' })
    const rows = await store.read
      .select({ made: cases.createdAt, moved: poolMoves.movedAt, from: poolMoves.fromPool, to: poolMoves.toPool })
      .from(cases)
      .leftJoin(poolMoves, eq(poolMoves.caseId, cases.id))
    expect(rows).toHaveLength(600)
    expect(rows.every(({ made, moved, from, to }) => made === moved && from === null && to === 'active')).toBe(true)
  })
})

describe('the counts of the pools', () => {
  it('go by pool and segment, archived cases apart, for builders too', async () => {
    const [active, archived] = [await made(), await made()]
    await move([await made()], 'holdout', 5_000)
    await move([await made()], 'retired', 5_000)
    await archiveCase(store, owner, archived)
    await store.write(async (tx) => {
      const both = { state: 'validated' as const }
      for (const quality of ['high', 'borderline'] as const) {
        const { id } = await addReference(tx, project, active, { quality, text: quality })
        await tx.update(references).set(both).where(eq(references.id, id))
      }
    })
    const lacking = await made()
    await store.write((tx) => addReference(tx, project, lacking, { quality: 'high' }))
    const pools = await countPools(store, { ...owner, roles: ['builder'] })
    expect(pools).toMatchObject({ all: { active: 2, holdout: 1, retired: 1 }, lacking: 1 })
    expect(poolsCsv(pools)).toBe(
      'category,user_segment,active,holdout,holdout_target,retired\r\nfactual lookup,novice,2,1,1,1\r\n',
    )
    await expect(countPools(store, { ...owner, roles: ['rater'] })).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('the next rotation', () => {
  const DAY = 86_400_000
  const until = (at: number) => sealedUntil(store.read, project.id, at)

  it('is not due before anything was sampled, then a period after the first sampling or the last rotation', async () => {
    expect(await nextRotation(store.read, project.id)).toEqual({ since: null, dueAt: null, rotationDays: 90 })
    expect(await until(DAY)).toBe(91 * DAY)
    await store.write(async (tx) => {
      for (const day of [2, 9]) {
        await tx
          .insert(samplings)
          .values({ id: `s${day}`, projectId: project.id, seed: 1, plan: {}, doneAt: day * DAY })
      }
    })
    expect(await nextRotation(store.read, project.id)).toMatchObject({ since: 2 * DAY, dueAt: 92 * DAY })
    expect([await until(10 * DAY), await until(100 * DAY)]).toEqual([92 * DAY, 190 * DAY])
    await store.write(async (tx) => {
      const row = { projectId: project.id, plan: {} }
      await tx.insert(rotations).values({ ...row, id: 'r1', doneAt: 95 * DAY })
      await tx.insert(rotations).values({ ...row, id: 'r2', doneAt: 120 * DAY, undoneAt: 121 * DAY })
    })
    expect(await nextRotation(store.read, project.id)).toMatchObject({ since: 95 * DAY, dueAt: 185 * DAY })
  })
})

describe('the settings of the pools', () => {
  it('are the defaults until an owner changes them, and each change is recorded', async () => {
    expect(await readPoolSettings(store.read, project.id)).toEqual(POOL_DEFAULTS)
    await savePoolSettings(store, owner, { ...POOL_DEFAULTS, rotationDays: 60 })
    await savePoolSettings(store, owner, { ...POOL_DEFAULTS, rotationDays: 60, floorShare: 0.1 })
    expect(await readPoolSettings(store.read, project.id)).toEqual({
      ...POOL_DEFAULTS,
      rotationDays: 60,
      floorShare: 0.1,
    })
    const details = (await store.read.select().from(auditEntries).orderBy(asc(auditEntries.number))).map(
      ({ detail }) => JSON.parse(detail) as unknown,
    )
    expect(details).toEqual([{ rotationDays: { from: 90, to: 60 } }, { floorShare: { from: 0.15, to: 0.1 } }])
  })

  it('keep what else the row holds', async () => {
    await savePoolSettings(store, owner, { ...POOL_DEFAULTS, rotationDays: 60 })
    await store.write(async (tx) => {
      await tx.update(poolSettings).set({ calendarTokenHash: 'abc' })
    })
    await savePoolSettings(store, owner, { ...POOL_DEFAULTS, rotationDays: 30 })
    const [row] = await store.read.select().from(poolSettings)
    expect(row).toMatchObject({ calendarTokenHash: 'abc', rotationDays: 30 })
  })

  it('refuse what is out of bounds, saying which, and whoever is no owner', async () => {
    const wrong = { ...POOL_DEFAULTS, floorShare: 0.6, rotationDays: 1.5, graduatingShare: Number.NaN }
    await expect(savePoolSettings(store, owner, wrong)).rejects.toMatchObject({
      kind: 'invalid',
      fields: {
        floorShare: expect.any(String),
        rotationDays: expect.any(String),
        graduatingShare: expect.any(String),
      },
    })
    const lead = { ...owner, roles: ['lead'] as const }
    await expect(savePoolSettings(store, lead, POOL_DEFAULTS)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await store.read.select().from(poolSettings)).toEqual([])
  })
})
