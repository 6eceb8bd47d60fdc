import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { draftHashOf, type RubricContent } from '#app/evaluation/rubrics/content.ts'
import { discardDraft, saveDraft, startDraft } from '#app/evaluation/rubrics/draft.ts'
import { faultsOfContent } from '#app/evaluation/rubrics/faults.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { listRubrics, readVersion } from '#app/evaluation/rubrics/read.ts'
import { retireVersion } from '#app/evaluation/rubrics/retire.ts'
import { createRubric } from '#app/evaluation/rubrics/write.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'
import type { Store } from '#db/store.server.ts'
import { rubricIn, rubricRequest } from '#scripts/assay/rubric.ts'
import { actionsIn } from '#tests/support/staff.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let owner: Scope
let folder = ''
let first = { rubricId: '', versionId: '' }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-rubrics-'))
  store = await freshStore()
  await store.write(async (tx) => {
    const project = await addProject(tx, { slug: 'heart', name: 'Heart' })
    owner = scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    await addProject(tx, { slug: 'lung' })
    first = await createRubric(tx, owner, factualQa)
    await publishVersion(tx, owner, first.versionId)
  })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function run(does: 'pull' | 'push', ...more: string[]) {
  let [stdout, stderr] = ['', '']
  const request = rubricRequest([does, folder, ...(more.includes('--project') ? [] : ['--project', 'heart']), ...more])
  if (typeof request === 'string' || 'wrong' in request) throw new Error(JSON.stringify(request))
  const status = await rubricIn(store, request, {
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr }
}

const DRAFT = 'factual-qa/draft.yaml'
const read = (path: string) => readFileSync(join(folder, path), 'utf8')
function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const edit = (path: string, from: string | RegExp, to: string) => put(path, read(path).replace(from, to))
const everything = () =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .sort()
      .map((path) => [path, read(path)]),
  )

const draft = () => store.write((tx) => startDraft(tx, owner, first.versionId))
async function saveHere(versionId: string, change: (content: RubricContent) => RubricContent): Promise<void> {
  const { contentHash, changeNote, dimensions } = await readVersion(store, owner, versionId)
  const content = change({ dimensions })
  await store.write((tx) => saveDraft(tx, owner, versionId, { content, seen: draftHashOf(contentHash, changeNote) }))
}
const without = (n: number) => (content: RubricContent) => ({ dimensions: content.dimensions.slice(0, -n) })
const versionsHere = async () =>
  (await listRubrics(store, owner)).flatMap(({ key, versions }) =>
    versions.map((one) => `${key} ${one.number} ${one.state}`),
  )

describe('rubrics as files', () => {
  it('are pulled, pushed without a change, and pulled again in the same bytes', async () => {
    await draft()
    expect(await run('pull')).toEqual({
      status: 0,
      stdout: 'factual-qa/v1.yaml: written\nfactual-qa/draft.yaml: written\n2 files, 0 of them unchanged.\n',
      stderr: '',
    })
    const pulled = everything()
    const before = await actionsIn(store)
    expect(await run('push')).toEqual({ status: 0, stdout: '2 files, 2 of them unchanged.\n', stderr: '' })
    expect(await actionsIn(store)).toEqual(before)
    expect((await run('pull')).stdout).toBe('2 files, 2 of them unchanged.\n')
    expect(everything()).toEqual(pulled)
    rmSync(join(folder, 'factual-qa'), { recursive: true })
    await run('pull')
    expect(everything()).toEqual(pulled)
  })

  it('change the draft here, again and again, and keep their comments', async () => {
    const { versionId } = await draft()
    await run('pull')
    edit(DRAFT, 'rubric: factual-qa', '# Ours.\nrubric: factual-qa')
    edit(DRAFT, 'label: Contains errors', 'label: Wrong')
    expect((await run('push')).stdout).toBe(
      'factual-qa/draft.yaml: changed the draft of version 2\n2 files, 1 of them unchanged.\n',
    )
    edit(DRAFT, 'label: Wrong', 'label: Unsafe')
    expect((await run('push')).status).toBe(0)
    expect((await readVersion(store, owner, versionId)).dimensions[0]?.levels[0]?.label).toBe('Unsafe')
    expect(read(DRAFT)).toContain('# Ours.')
    expect((await run('pull')).stdout).toBe('2 files, 2 of them unchanged.\n')
  })

  it('draft a next version, publish it with the note in the file, and are then its file', async () => {
    await run('pull')
    const text = read('factual-qa/v1.yaml')
      .replace('version: 1', 'version: 2')
      .replace('state: published', 'state: draft')
    put(DRAFT, text.replace(/^change_note: .*$/m, '').replace('label: Contains errors', 'label: Wrong'))
    expect((await run('push')).stdout).toContain('made the draft of version 2')
    expect(read(DRAFT)).toMatch(/^pulled: /m)
    const refused = await run('push', '--publish')
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('what this version changes') })
    edit(DRAFT, 'state: draft', 'state: draft\nchange_note: Said plainly.')
    expect((await run('push', '--publish')).stdout).toContain('published version 2')
    expect(await versionsHere()).toEqual(['factual-qa 2 published', 'factual-qa 1 published'])
    expect(existsSync(join(folder, DRAFT))).toBe(false)
    expect(read('factual-qa/v2.yaml')).toContain('change_note: Said plainly.')
    expect((await run('pull')).stdout).toBe('2 files, 2 of them unchanged.\n')
  })

  it('make rubrics that are not here: as drafts, or with all their versions', async () => {
    await draft()
    await run('pull')
    const text = read(DRAFT).replaceAll('factual-qa', 'tone').replace('version: 2', 'version: 1')
    put('tone/draft.yaml', text.replace(/^(pulled|based_on): .*\n/gm, ''))
    expect((await run('push', '--rubric', 'tone')).stdout).toContain('made the draft of version 1')
    expect(await versionsHere()).toContain('tone 1 draft')
    rmSync(join(folder, 'tone'), { recursive: true })
    const elsewhere = ['--project', 'lung']
    const refused = await run('push', ...elsewhere)
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('push with --publish') })
    edit(DRAFT, /^change_note: .*$/m, '')
    edit(DRAFT, 'state: draft', 'state: draft\nchange_note: Second.')
    edit(DRAFT, 'label: Contains errors', 'label: Wrong')
    expect((await run('push', '--publish', ...elsewhere)).stderr).toBe('')
    expect((await run('pull', '--force', ...elsewhere)).stdout).toBe('2 files, 2 of them unchanged.\n')
  })
})

describe('what is refused', () => {
  it('is a change on both sides, with the difference, and then nothing at all is stored', async () => {
    const { versionId } = await draft()
    await run('pull')
    await saveHere(versionId, without(1))
    expect(await run('push')).toMatchObject({ status: 0, stdout: expect.stringContaining('something newer') })
    expect(await run('push', '--publish')).toMatchObject({ status: 1, stderr: expect.stringContaining('Pull first') })
    edit(DRAFT, 'label: Contains errors', 'label: Wrong')
    put(
      'tone/draft.yaml',
      read(DRAFT)
        .replaceAll('factual-qa', 'tone')
        .replace(/^(pulled|based_on): .*\n/gm, '')
        .replace('version: 2', 'version: 1'),
    )
    const { status, stderr } = await run('push')
    expect(status).toBe(1)
    expect(stderr).toContain('changed here and in the file since it was pulled')
    expect(stderr).toMatch(/^--- factual-qa\/draft.yaml \(here\)$/m)
    expect(stderr).toMatch(/^-\s+label: Contains errors$/m)
    expect(stderr).toMatch(/^\+\s+label: Wrong$/m)
    expect(await versionsHere()).toEqual(['factual-qa 2 draft', 'factual-qa 1 published'])
    expect((await readVersion(store, owner, versionId)).dimensions).toHaveLength(4)
  })

  it('is to change what was published', async () => {
    await run('pull')
    edit('factual-qa/v1.yaml', 'label: Contains errors', 'label: Wrong')
    const { status, stderr } = await run('push')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^factual-qa\/v1.yaml: Version 1 is published, and what was published never changes/)
    expect(stderr).toMatch(/^\+\s+label: Wrong$/m)
    await store.write((tx) => retireVersion(tx, owner, first.versionId))
    await run('pull')
    expect(read('factual-qa/v1.yaml')).toContain('state: retired')
  })

  it('is to lose what a draft’s file holds', async () => {
    const { versionId } = await draft()
    await run('pull')
    edit(DRAFT, 'label: Contains errors', 'label: Wrong')
    const mine = read(DRAFT)
    await saveHere(versionId, without(1))
    expect(await run('pull')).toMatchObject({ status: 1, stderr: expect.stringContaining('would be lost') })
    await store.write((tx) => discardDraft(tx, owner, versionId))
    expect(await run('pull')).toMatchObject({ status: 1, stderr: expect.stringContaining('changes of its own') })
    expect(await run('push')).toMatchObject({ status: 1, stderr: expect.stringContaining('has been discarded here') })
    expect(read(DRAFT)).toBe(mine)
    expect((await run('pull', '--force')).stdout).toContain('removed')
  })

  it('is a draft of a version that was published meanwhile', async () => {
    const { versionId } = await draft()
    await saveHere(versionId, without(1))
    await run('pull')
    await store.write((tx) => publishVersion(tx, owner, versionId, { changeNote: 'Less.' }))
    expect(await run('push')).toMatchObject({ status: 0, stdout: expect.stringContaining('something newer') })
    edit(DRAFT, 'label: Contains errors', 'label: Wrong')
    const { status, stderr } = await run('push')
    expect([status, stderr]).toEqual([1, expect.stringContaining('Version 2 was published here')])
  })

  it('is every fault of every file, with line and field', async () => {
    await draft()
    await run('pull')
    edit(DRAFT, 'value: 2', 'value: 7')
    edit(DRAFT, 'key: groundedness', 'key: accuracy')
    put('factual-qa/v2.yaml', 'rubric: [\n')
    put('factual-qa/notes.yaml', 'a: 1\n')
    put('other/v1.yaml', read('factual-qa/v1.yaml'))
    const first = await run('push')
    expect(first.status).toBe(2)
    expect(first.stderr).toMatch(/^factual-qa\/v2.yaml:\d+: is not YAML/m)
    expect(first.stderr).toMatch(/^factual-qa\/notes.yaml: is not called draft.yaml/m)
    rmSync(join(folder, 'factual-qa/v2.yaml'))
    rmSync(join(folder, 'factual-qa/notes.yaml'))
    const { status, stderr } = await run('push')
    expect(status).toBe(2)
    expect(stderr).toMatch(
      /^factual-qa\/draft.yaml:\d+: dimensions\[0\].levels: Dimension "accuracy": its levels must be/m,
    )
    expect(stderr).toMatch(/^factual-qa\/draft.yaml:\d+: dimensions\[1\].key: .*used twice/m)
    expect(stderr).toMatch(/^other\/v1.yaml:3: rubric: must be “other”, as its folder is called/m)
    expect(stderr).toMatch(/Nothing was stored or written\.\n$/)
  })

  it('is a folder without rubrics, a project or a rubric that is not there', async () => {
    expect(await run('push')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no rubric in') })
    expect(await run('pull', '--rubric', 'x')).toEqual({ status: 2, stdout: '', stderr: 'Heart has no rubric "x".\n' })
    expect((await run('pull', '--project', 'liver')).stderr).toContain('There are: heart, lung.')
  })
})

describe('any content', () => {
  const text = (least: number) =>
    fc
      .oneof(fc.lorem({ maxCount: 30 }), fc.string({ unit: 'binary', minLength: least, maxLength: 60 }))
      .filter((value) => value.trim().length >= least && !value.includes('\0') && !/\p{Surrogate}/u.test(value))
  const content = fc
    .array(
      fc.record({
        key: fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,9}$/),
        name: text(1),
        description: text(0),
        weight: fc.double({ min: 0.001, max: 1000, noNaN: true }),
        notes: fc.boolean(),
        from: fc.integer({ min: -3, max: 3 }),
        levels: fc.array(
          fc.record({
            label: text(0).map((label) => label.slice(0, 10)),
            anchor: text(1),
            examples: fc.array(text(0), { maxLength: 2 }),
          }),
          { minLength: 2, maxLength: 5 },
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map(
      (dimensions): RubricContent => ({
        dimensions: dimensions.map(({ from, notes, levels, ...dimension }) => ({
          ...dimension,
          rationaleAtOrBelow: notes ? from : null,
          levels: levels.map((level, i) => ({ ...level, value: from + i })),
        })),
      }),
    )
    .filter((made) => faultsOfContent(made).length === 0)

  it('comes back from its file as it was', async () => {
    const { versionId } = await draft()
    await fc.assert(
      fc.asyncProperty(content, async (made) => {
        await saveHere(versionId, () => made)
        await run('pull', '--force')
        const pulled = everything()
        expect(await run('push')).toMatchObject({ status: 0, stdout: '2 files, 2 of them unchanged.\n' })
        await saveHere(versionId, () => factualQa)
        edit(DRAFT, /^pulled: .*$/m, `pulled: "${await pulledNow(versionId)}"`)
        expect((await run('push')).stderr).toBe('')
        await run('pull', '--force')
        expect(everything()).toEqual(pulled)
      }),
      { numRuns: 40 },
    )
  })

  async function pulledNow(versionId: string): Promise<string> {
    const { contentHash, changeNote } = await readVersion(store, owner, versionId)
    return draftHashOf(contentHash, changeNote).slice(0, 16)
  }
})

describe('its command line', () => {
  it.each([
    [['pull'], 'give the folder'],
    [['fetch', 'd'], 'pull or push'],
    [['pull', 'd'], '--project SLUG'],
    [['pull', 'd', 'e', '--project', 'p'], 'one folder'],
    [['pull', 'd', '--project', 'p', '--publish'], 'goes with push'],
    [['push', 'd', '--project', 'p', '--force'], 'never overwrites'],
    [['push', 'd', '--colour'], '--colour'],
  ])('says what is wrong with %j', (argv, wrong) => {
    expect(rubricRequest(argv)).toEqual({ wrong: expect.stringContaining(wrong) })
  })
})
