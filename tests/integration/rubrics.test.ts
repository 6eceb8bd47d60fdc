import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { listRubrics, readVersion } from '#app/evaluation/rubrics/read.ts'
import { roundsUnder } from '#app/evaluation/rubrics/rounds.ts'
import { createRubric, createVersion } from '#app/evaluation/rubrics/write.ts'
import { dimensions, levels } from '#db/schema/rubrics.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, addRound, type Project, scopeOf } from '#db/seed/rows.ts'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let project: Project
let owner: Scope
let rater: Scope
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    owner = scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    rater = scopeOf(await addPerson(tx, project, ['rater']), project, ['rater'])
  })
})

const made = () => store.write((tx) => createRubric(tx, owner, factualQa))

describe('a rubric', () => {
  it('is read back as it was written, once published', async () => {
    const { versionId } = await made()
    await store.write((tx) => publishVersion(tx, owner, versionId))
    const version = await readVersion(store, rater, versionId)
    expect(version).toMatchObject({
      number: 1,
      state: 'published',
      createdBy: owner.user.name,
      rubric: { key: 'factual-qa' },
    })
    expect(version.dimensions.map(({ id: _, ...dimension }) => dimension)).toEqual(
      factualQa.dimensions.map((dimension) => ({
        weight: 1,
        ...dimension,
        levels: dimension.levels.map((level) => ({ examples: [], ...level })),
      })),
    )
  })

  it('is never changed after it was published', async () => {
    const { versionId } = await made()
    await store.write((tx) => publishVersion(tx, owner, versionId))
    const { dimensions: of } = await readVersion(store, owner, versionId)
    const id = of[0]?.id ?? ''
    await expect(
      store.write(async (tx) => void (await tx.update(levels).set({ anchor: 'x' }).where(eq(levels.dimensionId, id)))),
    ).rejects.toThrow()
    await expect(
      store.write(async (tx) => void (await tx.delete(dimensions).where(eq(dimensions.id, id)))),
    ).rejects.toThrow()
    await expect(store.write((tx) => publishVersion(tx, owner, versionId))).rejects.toThrow(/published already/)
  })

  it('gets numbered versions, and none that says the same as the last', async () => {
    const { rubricId, versionId } = await made()
    await store.write((tx) => publishVersion(tx, owner, versionId))
    await expect(store.write((tx) => createVersion(tx, owner, rubricId, factualQa))).rejects.toThrow(
      /same as version 1/,
    )
    const fewer = { dimensions: factualQa.dimensions.slice(0, 2), changeNote: 'Two dimensions only.' }
    const second = await store.write((tx) => createVersion(tx, owner, rubricId, fewer))
    expect(second.number).toBe(2)
    const [listed] = await listRubrics(store, owner)
    expect(listed?.versions.map(({ number, state }) => [number, state])).toEqual([
      [2, 'draft'],
      [1, 'published'],
    ])
    expect(listed?.versions[0]?.dimensions).toEqual([
      { name: 'Factual accuracy', lowest: 1, highest: 4 },
      { name: 'Groundedness', lowest: 1, highest: 4 },
    ])
  })

  it('shows its drafts to those who plan, and to nobody else', async () => {
    const { versionId } = await made()
    expect(await listRubrics(store, rater)).toEqual([])
    await expect(readVersion(store, rater, versionId)).rejects.toThrow(/not here/)
    expect((await readVersion(store, owner, versionId)).state).toBe('draft')
  })

  it('cannot be made twice under one key, nor by a rater, nor leaves a trace when it fails', async () => {
    await made()
    await expect(made()).rejects.toThrow(/already/)
    await expect(store.write((tx) => createRubric(tx, rater, { ...factualQa, key: 'b' }))).rejects.toThrow(/owner/)
    expect(await listRubrics(store, owner)).toHaveLength(1)
    const entries = await store.read.select({ action: auditEntries.action }).from(auditEntries)
    expect(entries).toEqual([{ action: 'rubric.created' }])
  })

  it('of another project is not here', async () => {
    const { rubricId, versionId } = await made()
    const stranger = await store.write(async (tx) => {
      const other = await addProject(tx)
      return scopeOf(await addPerson(tx, other, ['owner']), other, ['owner'])
    })
    await expect(readVersion(store, stranger, versionId)).rejects.toThrow(/not here/)
    await expect(store.write((tx) => publishVersion(tx, stranger, versionId))).rejects.toThrow(/not here/)
    await expect(
      store.write((tx) => createVersion(tx, stranger, rubricId, { dimensions: factualQa.dimensions.slice(1) })),
    ).rejects.toThrow(/not here/)
    expect(await listRubrics(store, stranger)).toEqual([])
  })

  it('knows the rounds that are rated under a version', async () => {
    const { versionId } = await made()
    await store.write((tx) => addRound(tx, project, versionId, [], [], { name: 'October' }))
    expect(await roundsUnder(store, owner, versionId)).toMatchObject([{ name: 'October', state: 'open', ratings: 0 }])
    await expect(roundsUnder(store, rater, versionId)).rejects.toThrow(/owner or lead/)
  })
})
