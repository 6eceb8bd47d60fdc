/** What the pages of a rubric answer, as a browser without scripts asks them. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { openSession } from '#app/auth/session.server.ts'
import { importRubric } from '#app/evaluation/imports/rubric.ts'
import { discardDraft, startDraft } from '#app/evaluation/rubrics/draft.ts'
import type { RubricEntry } from '#app/evaluation/rubrics/entry.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { listRubrics, readVersion } from '#app/evaluation/rubrics/read.ts'
import { createRubric } from '#app/evaluation/rubrics/write.ts'
import { addPerson, addProject, addRound, type Project, scopeOf } from '#db/seed/rows.ts'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { ask, type Params, routes } from '#tests/support/routes.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()

let store: Store
let project: Project
let owner: Scope
const cookies: Record<string, string> = {}
let published = ''
let draft = ''
beforeEach(async () => {
  store = await freshStore()
  serveFrom(store)
  const people = await store.write(async (tx) => {
    project = await addProject(tx)
    const olu = await addPerson(tx, project, ['owner'], { passwordHash: 'none' })
    const lea = await addPerson(tx, project, ['lead'], { passwordHash: 'none' })
    const ada = await addPerson(tx, project, ['rater'], { passwordHash: 'none' })
    owner = scopeOf(olu, project, ['owner'])
    published = (await createRubric(tx, owner, factualQa)).versionId
    await publishVersion(tx, owner, published)
    draft = (await startDraft(tx, owner, published)).versionId
    return { owner: olu, lead: lea, rater: ada }
  })
  for (const [role, { id }] of Object.entries(people)) cookies[role] = (await openSession(id, 'x')).split(';')[0] ?? ''
})

const page = (name: string) => {
  const found = routes.find(({ file }) => file === `routes/own/rubric/${name}.tsx`)
  if (!found) throw new Error(`no page ${name}`)
  return found
}
const headers = (role: string) => ({
  Cookie: cookies[role] ?? '',
  'Sec-Fetch-Site': 'same-origin',
  Origin: 'http://localhost:3000',
})
const params = (over: Params = {}): Params => ({ project: project.slug, version: draft, rubric: 'factual-qa', ...over })
const get = async (name: string, over: Params = {}, role = 'owner') => {
  const { text, status, location } = await ask(page(name), 'loader', { params: params(over), headers: headers(role) })
  return { status, location, text, body: text === '' ? null : JSON.parse(text) }
}
const post = async (name: string, form: Record<string, string> | [string, string][], over: Params = {}) => {
  const body = new URLSearchParams(form)
  const { text, status, location } = await ask(page(name), 'action', {
    params: params(over),
    headers: headers('owner'),
    body,
  })
  return { status, location, body: text === '' ? null : (JSON.parse(text).data ?? JSON.parse(text)) }
}

/** The editor's form as a browser sends it. */
function fieldsOf({ dimensions }: RubricEntry): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [d, { levels, ...dimension }] of dimensions.entries()) {
    for (const [name, value] of Object.entries(dimension)) fields[`d.${d}.${name}`] = String(value)
    for (const [l, { row, label, anchor }] of levels.entries()) {
      Object.assign(fields, {
        [`d.${d}.l.${l}.row`]: row,
        [`d.${d}.l.${l}.label`]: label,
        [`d.${d}.l.${l}.anchor`]: anchor,
      })
    }
  }
  return fields
}

async function opened() {
  const { body } = await get('edit')
  return { seen: body.seen as string, fields: fieldsOf(body.entry) }
}
const dimensionsHere = async () => (await readVersion(store, owner, draft)).dimensions

describe('the editor', () => {
  it('gives the form back with a row more, and stores nothing by that', async () => {
    const { seen, fields } = await opened()
    const typed = { ...fields, 'd.0.name': 'Truth', seen, do: 'add-dimension' }
    const { status, body } = await post('edit', typed)
    expect(status).toBe(200)
    expect(body.entry.dimensions.map(({ name }: { name: string }) => name)).toEqual([
      ...['Truth', 'Groundedness', 'Completeness', 'Conciseness', 'Appropriate uncertainty', ''],
    ])
    expect((await dimensionsHere())[0]?.name).toBe('Factual accuracy')
  })

  it('stores what was typed and comes back, or goes on', async () => {
    for (const [does, where] of [
      ['save', '/edit?saved'],
      ['preview', '/preview'],
      ['publish', '/publish'],
    ] as const) {
      const { seen, fields } = await opened()
      const { location } = await post('edit', { ...fields, 'd.1.l.0.anchor': `${does}.\r\nSo.`, seen, do: does })
      expect(location).toBe(`/p/${project.slug}/rubrics/${draft}${where}`)
      expect((await dimensionsHere())[1]?.levels[0]?.anchor).toBe(`${does}.\nSo.`)
    }
  })

  it('says what is wrong at its place and keeps the input', async () => {
    const { seen, fields } = await opened()
    const typed = { ...fields, 'd.0.weight': 'much', 'd.1.key': 'accuracy', seen, do: 'save' }
    const { status, body } = await post('edit', typed)
    expect(status).toBe(400)
    expect(body.faults.fields).toEqual({
      'dimensions.0.weight': 'Its weight must be a number, such as 1 or 0.5.',
      'dimensions.1.key': 'This key is used twice.',
    })
    expect(body.entry.dimensions[0].weight).toBe('much')
  })

  it('shows what somebody else made of the draft, and stores over it only when told to', async () => {
    const [mine, theirs] = [await opened(), await opened()]
    await post('edit', { ...theirs.fields, 'd.0.name': 'Theirs', seen: theirs.seen, do: 'save' })
    const typed = { ...mine.fields, 'd.0.name': 'Mine', seen: mine.seen }
    const { status, body } = await post('edit', { ...typed, do: 'save' })
    expect(status).toBe(409)
    expect(body.theirs.differences[0].texts[0].pieces).toEqual([
      { kind: 'removed', text: 'Theirs' },
      { kind: 'added', text: 'Mine' },
    ])
    expect(body.entry.dimensions[0].name).toBe('Mine')
    expect((await dimensionsHere())[0]?.name).toBe('Theirs')
    await post('edit', { ...typed, do: `save:${body.theirs.seen}` })
    expect((await dimensionsHere())[0]?.name).toBe('Mine')
  })

  it('leads to the version where the draft was published meanwhile', async () => {
    const { seen, fields } = await opened()
    await post('edit', { ...fields, 'd.0.name': 'Truth', seen, do: 'save' })
    await store.write((tx) => publishVersion(tx, owner, draft, { changeNote: 'Truth.' }))
    const there = `/p/${project.slug}/rubrics/${draft}`
    for (const name of ['edit', 'publish']) expect((await get(name)).location).toBe(there)
  })

  it('keeps what was entered where the draft was published meanwhile, and makes the next draft of it', async () => {
    const { seen, fields } = await opened()
    await post('edit', { ...fields, 'd.0.name': 'Truth', seen, do: 'save' })
    await store.write((tx) => publishVersion(tx, owner, draft, { changeNote: 'Truth.' }))
    const typed = { ...fields, 'd.0.name': 'Mine', seen, base: published }
    const { status, body } = await post('edit', { ...typed, do: 'save' })
    expect([status, body.gone.base, body.entry.dimensions[0].name]).toEqual([409, draft, 'Mine'])
    expect(body.faults.message).toContain('published while you edited it')
    const { location } = await post('edit', { ...typed, do: `anew:${draft}` })
    const made = location?.split('/').at(-2) ?? ''
    expect((await get('edit', { version: made })).body).toMatchObject({
      number: 3,
      base: { id: draft },
      entry: { dimensions: [{ name: 'Mine' }, {}, {}, {}, {}] },
    })
  })

  it('keeps what was entered where the draft was discarded meanwhile, and drafts it anew', async () => {
    const { seen, fields } = await opened()
    await store.write((tx) => discardDraft(tx, owner, draft))
    const typed = { ...fields, 'd.0.name': 'Mine', seen, base: published }
    const { status, body } = await post('edit', { ...typed, do: 'save' })
    expect([status, body.gone.base, body.entry.dimensions[0].name]).toEqual([409, published, 'Mine'])
    const { location } = await post('edit', { ...typed, do: `anew:${published}` })
    const made = location?.split('/').at(-2) ?? ''
    expect((await get('edit', { version: made })).body.entry.dimensions[0].name).toBe('Mine')
    const first = await post('edit', { ...typed, base: '', do: 'save' })
    expect([first.status, first.body.gone.base]).toEqual([409, null])
  })
})

describe('comparing', () => {
  it('tells versions apart by what a long name cannot push out of sight', async () => {
    expect((await get('compare')).body.choices.map(({ name }: { name: string }) => name)).toEqual([
      'Version 2 (draft)',
      'Version 1',
    ])
    await store.write((tx) => createRubric(tx, owner, { ...factualQa, key: 'other', name: 'Another' }))
    const [first] = (await get('compare')).body.choices
    expect(first.name).toBe('Version 1 (draft) of Another')
  })
})

describe('publishing', () => {
  it('asks for a note, and for what was looked at', async () => {
    const { seen, fields } = await opened()
    await post('edit', { ...fields, 'd.0.name': 'Truth', seen, do: 'save' })
    const looked = (await get('publish')).body
    expect(looked.bridge[0]).toContain('A bridge is worth having on Truth')
    const bare = await post('publish', { changeNote: ' ', seen: looked.seen })
    expect([bare.status, Object.keys(bare.body.faults.fields)]).toEqual([400, ['changeNote']])
    const stale = await post('publish', { changeNote: 'Why.', seen })
    expect([stale.status, stale.body.entered]).toEqual([409, { changeNote: 'Why.' }])
    const done = await post('publish', { changeNote: 'Why.', seen: looked.seen })
    expect(done.location).toBe(`/p/${project.slug}/rubrics/${draft}`)
  })

  it('lists what is not written yet', async () => {
    const { seen, fields } = await opened()
    await post('edit', { ...fields, 'd.0.l.1.anchor': '', seen, do: 'save' })
    expect((await get('publish')).body.gaps).toEqual([expect.stringContaining('level 2 needs an anchor')])
  })
})

describe('a version’s page', () => {
  it('starts a draft, discards it, retires and restores, or says why not', async () => {
    const again = await post('version', { intent: 'draft' }, { version: published })
    expect([again.status, again.body.faults.message]).toEqual([409, expect.stringContaining('drafted already')])
    const { body } = await get('version')
    expect((await post('version', { intent: 'discard', seen: 'old' })).status).toBe(409)
    expect((await post('version', { intent: 'discard', seen: body.seen })).location).toBe(`/p/${project.slug}/rubrics`)
    const { id } = await store.write((tx) => addRound(tx, project, published, [], [], { name: 'October' }))
    expect(id).toBeTruthy()
    const inUse = await post('version', { intent: 'retire' }, { version: published })
    expect([inUse.status, inUse.body.faults.message]).toEqual([409, expect.stringContaining('“October”')])
  })

  it('makes a new rubric from the starter or from nothing, with a key of its own', async () => {
    const taken = await post('new', { name: 'Factual QA', starter: 'factual' })
    expect([taken.status, Object.keys(taken.body.faults.fields)]).toEqual([409, ['key']])
    const nameless = await post('new', { name: '', starter: 'empty' })
    expect(nameless.body.faults.fields).toMatchObject({ name: 'Give the rubric a name.' })
    expect((await post('new', { name: 'Tone of voice', starter: 'empty' })).location).toMatch(/\/edit$/)
    expect((await listRubrics(store, owner)).map(({ key }) => key)).toEqual(['factual-qa', 'tone-of-voice'])
  })
})

describe('who rates', () => {
  it('reads what was published and is told of no bridge and no round', async () => {
    const { seen, fields } = await opened()
    await post('edit', { ...fields, 'd.0.l.0.anchor': 'Other.', seen, do: 'save' })
    expect((await get('compare', {}, 'lead')).text).toContain('A bridge is asked for')
    expect((await get('version', {}, 'rater')).status).toBe(404)
    await store.write((tx) => publishVersion(tx, owner, draft, { changeNote: 'Why.' }))
    await store.write((tx) => addRound(tx, project, draft, [], [], { name: 'October' }))
    for (const name of ['compare', 'changelog', 'version', 'preview', 'list']) {
      const { text, status } = await get(name, {}, 'rater')
      expect([name, status]).toEqual([name, 200])
      expect([name, /bridge is|October/i.test(text)]).toEqual([name, false])
    }
    expect((await get('changelog', {}, 'lead')).text).toMatch(/October.*bridge is asked for/)
  })
})

describe('who plans rounds', () => {
  it('is told whether a version is bridged from the one it was made from', async () => {
    const { seen, fields } = await opened()
    await post('edit', { ...fields, 'd.0.l.0.anchor': 'Other.', seen, do: 'save' })
    await store.write((tx) => publishVersion(tx, owner, draft, { changeNote: 'Why.' }))
    const bridged = async () => (await get('changelog', {}, 'lead')).body.versions[0].bridged
    expect(await bridged()).toMatchObject({ from: { id: published, number: 1 }, to: draft, wanted: true, rounds: [] })
    const over = { name: 'Green', bridgesFromId: published }
    await store.write((tx) => addRound(tx, project, draft, [], [], over))
    await store.write((tx) => addRound(tx, project, draft, [], [], { name: 'October' }))
    expect((await bridged()).rounds.map(({ name }: { name: string }) => name)).toEqual(['Green'])
    const [entry] = (await get('changelog', {}, 'lead')).body.versions
    expect([entry.bridged.rounds.length, entry.rounds.length]).toEqual([1, 2])
    const { compared } = (await get('compare', {}, 'lead')).body
    expect(compared.bridged.rounds.map(({ name }: { name: string }) => name)).toEqual(['Green'])
  })
})

describe('an imported rubric', () => {
  it('does not pass a draft by', async () => {
    const { key, name, dimensions } = factualQa
    const file = { key, name, dimensions: dimensions.slice(1).map(({ rationaleAtOrBelow: _, ...rest }) => rest) }
    const path = files.write('rubric.json', JSON.stringify(file))
    await expect(importRubric(store, owner, { path, fileName: 'rubric.json' })).rejects.toMatchObject({
      code: 'draft-exists',
    })
  })
})
