import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { archiveCase, restoreCase } from '#app/evaluation/cases/archive.ts'
import { caseHistory } from '#app/evaluation/cases/history.ts'
import { type CaseQuery, countCases, listCases } from '#app/evaluation/cases/list.ts'
import { readCase } from '#app/evaluation/cases/read.ts'
import { countSegments } from '#app/evaluation/cases/segments.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { listResponses } from '#app/evaluation/responses/list.ts'
import { sealCases } from '#app/evaluation/seal/seal-cases.ts'
import { listSystems } from '#app/evaluation/systems/list.ts'
import { references } from '#db/schema/cases.ts'
import { auditEntries } from '#db/schema/work.ts'
import {
  addCase,
  addPerson,
  addProject,
  addReference,
  addRound,
  addRubric,
  addSystemVersion,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()

let store: Store
let project: Project
let owner: Scope
let systemId = ''
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    owner = scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    systemId = (await addSystemVersion(tx, project, 'v1')).id
  })
})

const make = (over: Parameters<typeof addCase>[3] = {}) => store.write((tx) => addCase(tx, project, systemId, over))

const EVERYTHING: CaseQuery = {
  search: '',
  category: null,
  userSegment: null,
  pool: null,
  references: 'any',
  state: 'current',
  order: 'key',
  page: 1,
  size: 50,
}
const keysOf = async (over: Partial<CaseQuery> = {}) =>
  (await listCases(store, owner, { ...EVERYTHING, ...over })).cases.map(({ key }) => key)

describe('the list of cases', () => {
  it('is searched by words in key and input, whatever the capitals; wildcards are letters', async () => {
    await make({ key: 'hip-1', input: 'Does the plan cover 100% of a hip replacement?' })
    await make({ key: 'hip-2', input: 'Does the plan cover a HIP scan?' })
    await make({ key: 'eye_1', input: 'Wo finde ich ÄRZTE?' })
    expect(await keysOf({ search: 'hip' })).toEqual(['hip-1', 'hip-2'])
    expect(await keysOf({ search: ' SCAN  plan ' })).toEqual(['hip-2'])
    expect(await keysOf({ search: 'ärzte' })).toEqual(['eye_1'])
    expect(await keysOf({ search: '%' })).toEqual(['hip-1'])
    expect(await keysOf({ search: 'e_1' })).toEqual(['eye_1'])
    expect(await keysOf({ search: '\\' })).toEqual([])
    expect(await keysOf({ search: 'hip eye' })).toEqual([])
  })

  it('is filtered by pool, and tells a sealed case from one without words', async () => {
    await make({ key: 'open' })
    const held = await make({ key: 'held' })
    await store.write(async (tx) => {
      await moveCases(tx, project.id, [held.caseId], { to: 'holdout', at: 5_000 })
      await sealCases(tx, project.id, [held.caseId], { until: 9_000 })
    })
    expect(await keysOf({ pool: 'holdout' })).toEqual(['held'])
    expect(await keysOf({ pool: 'active' })).toEqual(['open'])
    const { cases: listed } = await listCases(store, owner, EVERYTHING)
    expect(listed.map(({ pool, sealed, beginning }) => [pool, sealed, beginning])).toEqual([
      ['holdout', true, ''],
      ['active', false, 'Question open?'],
    ])
    expect(await readCase(store, owner, held.caseId)).toMatchObject({ pool: 'holdout', enteredPoolAt: 5_000 })
    const { events: told } = await caseHistory(store, owner, { id: held.caseId, createdAt: 1 })
    expect(told.map(({ what }) => what)).toContain('Moved from the pool “active” to “holdout”')
  })

  it('is filtered by segment and by the references there are', async () => {
    const both = await make({ key: 'both', category: 'refusal' })
    const high = await make({ key: 'high', userSegment: 'expert' })
    await make({ key: 'none' })
    await store.write(async (tx) => {
      await addReference(tx, project, both.caseId, { quality: 'high' })
      await addReference(tx, project, both.caseId, { quality: 'borderline' })
      await addReference(tx, project, high.caseId, { quality: 'high' })
      const old = await addReference(tx, project, high.caseId, { quality: 'borderline' })
      await tx.update(references).set({ supersededAt: 1 }).where(eq(references.id, old.id))
    })
    expect(await keysOf({ references: 'both' })).toEqual(['both'])
    expect(await keysOf({ references: 'missing' })).toEqual(['high', 'none'])
    expect(await keysOf({ category: 'refusal' })).toEqual(['both'])
    expect(await keysOf({ userSegment: 'expert', references: 'missing' })).toEqual(['high'])
    const { cases } = await listCases(store, owner, EVERYTHING)
    expect(cases.map(({ key, references: qualities, responses }) => [key, [...qualities].sort(), responses])).toEqual([
      ['both', ['borderline', 'high'], 1],
      ['high', ['high'], 1],
      ['none', [], 1],
    ])
  })

  it('comes in pages that hold every case once', async () => {
    for (let i = 0; i < 7; i++) await make({ key: `k${i}` })
    for (const order of ['key', 'newest'] as const) {
      const pages = await Promise.all([1, 2, 3, 4].map((page) => keysOf({ order, page, size: 3 })))
      expect(pages.map((page) => page.length)).toEqual([3, 3, 1, 0])
      expect(pages.flat().sort()).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6'])
    }
    expect((await keysOf({ order: 'newest' }))[0]).toBe('k6')
    expect((await listCases(store, owner, { ...EVERYTHING, page: 9 })).total).toBe(7)
  })

  it('is of this project only, and not for raters', async () => {
    const other = await store.write(async (tx) => {
      const elsewhere = await addProject(tx)
      const system = await addSystemVersion(tx, elsewhere)
      return addCase(tx, elsewhere, system.id, { key: 'theirs' })
    })
    await make({ key: 'mine' })
    expect(await keysOf()).toEqual(['mine'])
    await expect(readCase(store, owner, other.caseId)).rejects.toMatchObject({ kind: 'missing' })
    await expect(archiveCase(store, owner, other.caseId)).rejects.toMatchObject({ kind: 'missing' })
    await expect(listCases(store, { ...owner, roles: ['rater'] }, EVERYTHING)).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })
})

describe('archiving', () => {
  it('takes a case out of lists and counts until it is restored, on record, and twice is as once', async () => {
    const { caseId } = await make({ key: 'a' })
    await make({ key: 'b' })
    await archiveCase(store, owner, caseId)
    await archiveCase(store, owner, caseId)
    expect(await keysOf()).toEqual(['b'])
    expect(await keysOf({ state: 'archived' })).toEqual(['a'])
    expect(await countCases(store, owner)).toEqual({ current: 1, archived: 1 })
    expect((await countSegments(store, owner)).all).toBe(1)
    await restoreCase(store, owner, caseId)
    expect(await keysOf()).toEqual(['a', 'b'])
    const entries = await store.read.select().from(auditEntries)
    expect(entries.map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['case.archived', caseId],
      ['case.restored', caseId],
    ])
    expect((await caseHistory(store, owner, { id: caseId, createdAt: 5 })).events.map(({ actor }) => actor)).toEqual([
      '',
      owner.user.name,
      owner.user.name,
    ])
  })

  it('is for owners', async () => {
    const { caseId } = await make()
    await expect(archiveCase(store, { ...owner, roles: ['lead'] }, caseId)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

it('a case knows its documents, its answers and the import it came with', async () => {
  const path = files.jsonl('history.jsonl', [
    {
      key: 'x',
      input: 'X?',
      category: 'refusal',
      user_segment: 'casual',
      documents: ['One', 'Two'],
      metadata: { a: 1 },
    },
  ])
  await importFile(store, owner, { kind: 'cases', path, fileName: 'history.jsonl' })
  const [listed] = (await listCases(store, owner, EVERYTHING)).cases
  const whole = await readCase(store, owner, listed?.id ?? '')
  expect(whole).toMatchObject({ key: 'x', metadata: { a: 1 }, documents: [{ text: 'One' }, { text: 'Two' }] })
  expect(await listResponses(store, owner, whole.id)).toEqual([])
  const answers = files.jsonl('answers.jsonl', [{ case: 'x', system_version: 'v2', text: 'Yes.' }])
  await importFile(store, owner, { kind: 'responses', path: answers, fileName: 'answers.jsonl' })
  expect(await listResponses(store, owner, whole.id)).toMatchObject([{ system: 'v2', text: 'Yes.' }])
  const [first] = (await caseHistory(store, owner, whole)).events
  expect(first?.actor).toBe(owner.user.name)
  expect(first?.what).toContain('imported')
})

it('system versions say how much of the project they answered, and what was rated of it', async () => {
  const rated = await make({ key: 'a' })
  const archived = await make({ key: 'b' })
  await store.write(async (tx) => {
    await addSystemVersion(tx, project, 'v2')
    const rubric = await addRubric(tx, project)
    await addRound(tx, project, rubric.versionId, [], [rated])
  })
  await archiveCase(store, owner, archived.caseId)
  const systems = await listSystems(store, owner)
  expect(systems.map(({ name, responses, share, items, ratings }) => [name, responses, share, items, ratings])).toEqual(
    [
      ['v2', 0, 0, 0, 0],
      ['v1', 1, 1, 1, 0],
    ],
  )
})
