import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { createRound } from '#app/evaluation/rounds/create.ts'
import { closeRound, openRound } from '#app/evaluation/rounds/state.ts'
import { readChangelog } from '#app/evaluation/rubrics/changelog.ts'
import { draftHashOf, type RubricContent } from '#app/evaluation/rubrics/content.ts'
import { discardDraft, saveDraft, startDraft } from '#app/evaluation/rubrics/draft.ts'
import { emptyContent } from '#app/evaluation/rubrics/entry.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { listRubrics, readVersion } from '#app/evaluation/rubrics/read.ts'
import { restoreVersion, retireVersion } from '#app/evaluation/rubrics/retire.ts'
import { changesFromTo, changesSinceBase } from '#app/evaluation/rubrics/versions.ts'
import { createRubric, createVersion } from '#app/evaluation/rubrics/write.ts'
import { addCase, addPerson, addProject, addSystemVersion, type Project, scopeOf } from '#db/seed/rows.ts'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'
import type { Database, Store } from '#db/store.server.ts'
import { actionsIn } from '#tests/support/staff.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let project: Project
let owner: Scope
let lead: Scope
let rater: Scope
let first = { rubricId: '', versionId: '' }
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    owner = scopeOf(await addPerson(tx, project, ['owner'], { name: 'Olu' }), project, ['owner'])
    lead = scopeOf(await addPerson(tx, project, ['lead']), project, ['lead'])
    rater = scopeOf(await addPerson(tx, project, ['rater'], { name: 'Ada' }), project, ['rater'])
    first = await createRubric(tx, owner, factualQa)
    await publishVersion(tx, owner, first.versionId)
  })
})

const write = <T>(fn: (tx: Database) => Promise<T>) => store.write(fn)
const hashOf = async (id: string) => {
  const { contentHash, changeNote } = await readVersion(store, owner, id)
  return draftHashOf(contentHash, changeNote)
}

/** The starter with one anchor reworded, and one dimension less. */
const changed: RubricContent = {
  dimensions: factualQa.dimensions.slice(0, 4).map((dimension, i) => ({
    ...dimension,
    levels: dimension.levels.map((level, j) =>
      i === 0 && j === 0 ? { ...level, anchor: 'Unsafe to act on.' } : level,
    ),
  })),
}

const draft = () => write((tx) => startDraft(tx, owner, first.versionId))
async function published(content: RubricContent, changeNote: string): Promise<string> {
  const { versionId } = await draft()
  const seen = await hashOf(versionId)
  await write((tx) => saveDraft(tx, owner, versionId, { content, seen }))
  await write((tx) => publishVersion(tx, owner, versionId, { changeNote }))
  return versionId
}

describe('a draft', () => {
  it('begins as its base says, one at a time, from any version', async () => {
    const made = await draft()
    expect(made.number).toBe(2)
    const version = await readVersion(store, owner, made.versionId)
    expect(version).toMatchObject({ state: 'draft', basedOnId: first.versionId, changeNote: '' })
    expect(version.dimensions.map(({ name }) => name)).toEqual(factualQa.dimensions.map(({ name }) => name))
    await expect(draft()).rejects.toMatchObject({ code: 'draft-exists', message: expect.stringContaining('Version 2') })
    await expect(write((tx) => createVersion(tx, owner, first.rubricId, changed))).rejects.toThrow(/drafted already/)
    await write((tx) => discardDraft(tx, owner, made.versionId))
    await published(changed, 'Less.')
    const third = await draft()
    expect(third.number).toBe(3)
    expect((await readVersion(store, owner, third.versionId)).basedOnId).toBe(first.versionId)
  })

  it('is started once when two start at the same time', async () => {
    const tried = await Promise.allSettled([draft(), draft(), draft()])
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of tried) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'draft-exists' })
  })

  it('refuses names and notes with characters that no database keeps, at their field', async () => {
    const { versionId } = await draft()
    const seen = await hashOf(versionId)
    const refused = (field: string) => ({
      kind: 'invalid',
      fields: { [field]: expect.stringContaining('NUL character') },
    })
    await expect(
      write((tx) => saveDraft(tx, owner, versionId, { content: changed, changeNote: 'a\0b', seen })),
    ).rejects.toMatchObject(refused('changeNote'))
    await write((tx) => saveDraft(tx, owner, versionId, { content: changed, seen }))
    await expect(write((tx) => publishVersion(tx, owner, versionId, { changeNote: 'a\0b' }))).rejects.toMatchObject(
      refused('changeNote'),
    )
    await expect(
      write((tx) => createRubric(tx, owner, { ...factualQa, key: 'other', name: 'a\0b' })),
    ).rejects.toMatchObject(refused('name'))
  })

  it('is saved with gaps and published without', async () => {
    const { versionId } = await draft()
    const gaps = { dimensions: [...changed.dimensions, ...emptyContent().dimensions] }
    const seen = await hashOf(versionId)
    expect(await write((tx) => saveDraft(tx, owner, versionId, { content: gaps, seen }))).toEqual({ changed: true })
    await expect(write((tx) => publishVersion(tx, owner, versionId, { changeNote: 'x' }))).rejects.toMatchObject({
      kind: 'invalid',
      fields: { 'dimensions.4.name': 'It needs a name.' },
    })
    const doubled = { dimensions: [...factualQa.dimensions, ...factualQa.dimensions] }
    await expect(
      write(async (tx) => saveDraft(tx, owner, versionId, { content: doubled, seen })),
    ).rejects.toMatchObject({ kind: 'invalid', fields: { 'dimensions.5.key': 'This key is used twice.' } })
    expect((await readVersion(store, owner, versionId)).dimensions).toHaveLength(5)
  })

  it('is not written over when somebody changed it since, and is when that comes to the same', async () => {
    const { versionId } = await draft()
    const seen = await hashOf(versionId)
    await write((tx) => saveDraft(tx, owner, versionId, { content: changed, seen }))
    const mine = { dimensions: changed.dimensions.slice(0, 1) }
    const stale = { kind: 'conflict', code: 'stale' }
    await expect(write((tx) => saveDraft(tx, owner, versionId, { content: mine, seen }))).rejects.toMatchObject(stale)
    await expect(write((tx) => discardDraft(tx, owner, versionId, seen))).rejects.toMatchObject(stale)
    await expect(write((tx) => publishVersion(tx, owner, versionId, { changeNote: 'x', seen }))).rejects.toMatchObject(
      stale,
    )
    const again = { content: changed, seen }
    expect(await write((tx) => saveDraft(tx, owner, versionId, again))).toEqual({ changed: false })
    expect((await readVersion(store, owner, versionId)).dimensions).toHaveLength(4)
  })

  it('is saved once when two save at the same time', async () => {
    const { versionId } = await draft()
    const seen = await hashOf(versionId)
    const mine = (n: number) => ({ dimensions: changed.dimensions.slice(0, n) })
    const tried = await Promise.allSettled(
      [1, 2, 3].map((n) => write((tx) => saveDraft(tx, owner, versionId, { content: mine(n), seen }))),
    )
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { dimensions } = await readVersion(store, owner, versionId)
    expect(tried[dimensions.length - 1]?.status).toBe('fulfilled')
  })

  it('is published with a note that says why, once, and never changes again', async () => {
    const versionId = await published(changed, ' Uncertainty is judged elsewhere.\r\n ')
    expect(await readVersion(store, rater, versionId)).toMatchObject({
      state: 'published',
      changeNote: 'Uncertainty is judged elsewhere.',
    })
    const seen = await hashOf(versionId)
    const gone = { kind: 'conflict', code: 'published' }
    await expect(write((tx) => saveDraft(tx, owner, versionId, { content: factualQa, seen }))).rejects.toMatchObject(
      gone,
    )
    await expect(write((tx) => discardDraft(tx, owner, versionId))).rejects.toMatchObject(gone)
    const next = await write((tx) => startDraft(tx, owner, versionId))
    for (const changeNote of ['', ' \n ']) {
      await expect(write((tx) => publishVersion(tx, owner, next.versionId, { changeNote }))).rejects.toMatchObject({
        fields: { changeNote: expect.stringContaining('what this version changes') },
      })
    }
    await expect(write((tx) => publishVersion(tx, owner, next.versionId, { changeNote: 'Nothing.' }))).rejects.toThrow(
      /same as version 2/,
    )
  })

  it('is discarded whole, and with its only version the rubric', async () => {
    const { versionId } = await draft()
    expect(await write((tx) => discardDraft(tx, owner, versionId))).toEqual({ rubricGone: false })
    await expect(readVersion(store, owner, versionId)).rejects.toThrow(/not here/)
    const other = { key: 'other', name: 'Other', ...emptyContent() }
    const made = await write((tx) => createRubric(tx, owner, other))
    expect(await write((tx) => discardDraft(tx, owner, made.versionId))).toEqual({ rubricGone: true })
    expect(await listRubrics(store, owner)).toHaveLength(1)
    await write((tx) => createRubric(tx, owner, other))
  })

  it('is for owners to write, and nothing of it without a trace', async () => {
    const { versionId } = await draft()
    const seen = await hashOf(versionId)
    const tries = [
      (tx: Database) => startDraft(tx, lead, first.versionId),
      (tx: Database) => saveDraft(tx, lead, versionId, { content: changed, seen }),
      (tx: Database) => discardDraft(tx, lead, versionId),
      (tx: Database) => publishVersion(tx, lead, versionId, { changeNote: 'x' }),
      (tx: Database) => retireVersion(tx, lead, first.versionId),
      (tx: Database) => restoreVersion(tx, lead, first.versionId),
    ]
    for (const one of tries) await expect(store.write<unknown>(one)).rejects.toMatchObject({ kind: 'forbidden' })
    await write((tx) => saveDraft(tx, owner, versionId, { content: changed, seen }))
    await write((tx) => discardDraft(tx, owner, versionId))
    expect(await actionsIn(store)).toEqual([
      ...['rubric.created', 'rubric.version-published', 'rubric.version-created'],
      ...['rubric.draft-saved', 'rubric.draft-discarded'],
    ])
  })

  it('of another project is not here', async () => {
    const { versionId } = await draft()
    const stranger = await write(async (tx) => {
      const other = await addProject(tx)
      return scopeOf(await addPerson(tx, other, ['owner']), other, ['owner'])
    })
    const seen = await hashOf(versionId)
    const tries = [
      (tx: Database) => startDraft(tx, stranger, first.versionId),
      (tx: Database) => saveDraft(tx, stranger, versionId, { content: changed, seen }),
      (tx: Database) => discardDraft(tx, stranger, versionId),
      (tx: Database) => retireVersion(tx, stranger, first.versionId),
    ]
    for (const one of tries) await expect(store.write<unknown>(one)).rejects.toMatchObject({ kind: 'missing' })
    expect(await changesFromTo(store, stranger, first.versionId, versionId)).toBeNull()
    expect(await changesSinceBase(store, stranger, [versionId])).toEqual(new Map())
    await expect(readChangelog(store, stranger, 'factual-qa')).rejects.toThrow(/not here/)
  })
})

describe('a retired version', () => {
  async function round() {
    const ids = await write(async (tx) => {
      const system = await addSystemVersion(tx, project)
      await addCase(tx, project, system.id)
      return { system: system.id }
    })
    const made = await createRound(store, lead, {
      name: 'October',
      rubricVersionId: first.versionId,
      systemVersionIds: [ids.system],
      categories: [],
      pool: 'active' as const,
      userSegments: [],
      anchorShare: 0,
      referencesRated: 'none' as const,
      search: '',
      sample: null,
      overlap: 1,
      raterIds: [rater.user.id],
      referencesShown: 'never',
      instructions: '',
      secondsPerItem: 60,
      startsAt: null,
      endsAt: null,
    })
    await openRound(store, lead, made.id)
    return made.id
  }

  it('waits for its open rounds, stays readable, is chosen for no round, and can come back', async () => {
    const id = await round()
    await expect(write((tx) => retireVersion(tx, owner, first.versionId))).rejects.toMatchObject({
      code: 'in-use',
      message: 'Version 1 is being rated in “October”. Close that first.',
    })
    await closeRound(store, lead, id)
    await write((tx) => retireVersion(tx, owner, first.versionId))
    expect(await readVersion(store, rater, first.versionId)).toMatchObject({ state: 'retired' })
    await expect(round()).rejects.toMatchObject({ fields: { rubricVersionId: expect.stringContaining('published') } })
    await expect(write((tx) => retireVersion(tx, owner, first.versionId))).rejects.toThrow(/retired already/)
    await write((tx) => restoreVersion(tx, owner, first.versionId))
    expect(await readVersion(store, rater, first.versionId)).toMatchObject({ state: 'published', retiredAt: null })
    await expect(write((tx) => restoreVersion(tx, owner, first.versionId))).rejects.toThrow(/not retired/)
  })
})

describe('what became of a rubric', () => {
  it('is told version by version, with what changed and what is to be bridged', async () => {
    const second = await published(changed, 'Uncertainty is judged elsewhere.')
    await write((tx) => startDraft(tx, owner, second))
    const log = await readChangelog(store, lead, 'factual-qa')
    expect(
      log.versions.map(({ number, state, publishedBy, draftedBy }) => [number, state, publishedBy, draftedBy]),
    ).toEqual([
      [3, 'draft', null, 'Olu'],
      [2, 'published', 'Olu', 'Olu'],
      [1, 'published', 'Olu', 'Olu'],
    ])
    expect(log.versions[1]?.since).toMatchObject({
      base: { number: 1 },
      bridge: { asked: ['accuracy'], worthHaving: [], noPast: [], ends: ['uncertainty'] },
    })
    expect(log.versions[2]?.since).toMatchObject({ base: null, change: null, bridge: { asked: [] } })
    expect(log.versions[0]?.since?.change?.kinds).toEqual([])
    const forRater = await readChangelog(store, rater, 'factual-qa')
    expect(forRater.versions.map(({ number, rounds }) => [number, rounds])).toEqual([
      [2, null],
      [1, null],
    ])
    const back = await changesFromTo(store, rater, second, first.versionId)
    expect(back?.bridge).toEqual({ asked: ['accuracy'], worthHaving: [], noPast: ['uncertainty'], ends: [] })
  })
})
