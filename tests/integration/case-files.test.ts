import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { fileNameOf } from '#app/evaluation/cases/files/content.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { writeReference } from '#app/evaluation/references/write.ts'
import { cases, references } from '#db/schema/cases.ts'
import { addPerson, addProject, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { casesIn } from '#scripts/assay/cases.ts'
import { ownFolder } from '#tests/support/files.ts'
import { sealAway } from '#tests/support/sealed.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()

/** What is hard to lay out: line ends, blanks at ends, quotes, what looks like YAML, signs outside ASCII. */
const HARD =
  '  two blanks first\n\n- a list: "quoted" # no comment\ttab \nyes\n123\r\nlast line with blank \u00a0 é 漢字 🙂'

let store: Store
let project: Project
let owner: Scope
let folder = ''
beforeEach(async () => {
  store = await freshStore()
  folder = files.path(`set-${Math.random().toString(36).slice(2)}`)
  await store.write(async (tx) => {
    project = await addProject(tx, { slug: 'set' })
    owner = scopeOf(await addPerson(tx, project, ['owner'], { email: 'olu@example.org' }), project, ['owner'])
  })
  await importFile(store, owner, {
    kind: 'cases',
    fileName: 'cases.jsonl',
    path: files.jsonl('cases.jsonl', [
      {
        key: 'plain',
        input: 'What now?',
        category: 'reasoning',
        user_segment: 'novice',
        documents: [{ title: 'Rules', text: HARD }],
      },
      {
        key: 'Odd / Key',
        input: HARD,
        category: 'refusal',
        user_segment: 'expert',
        metadata: { b: [1, null], a: 'x' },
      },
      { key: 'secret', input: 'MARK of a secret.', category: 'refusal', user_segment: 'expert' },
    ]),
  })
  await importFile(store, owner, {
    kind: 'references',
    fileName: 'references.jsonl',
    path: files.jsonl('references.jsonl', [
      { case: 'plain', quality: 'high', text: HARD.trim(), author: 'Ann', validated: true, validated_by: 'Bea' },
      { case: 'plain', quality: 'borderline', text: 'The least.' },
      { case: 'secret', quality: 'high', text: 'MARK of an answer.' },
    ]),
  })
  const [secret] = await store.read.select().from(cases).where(eq(cases.key, 'secret'))
  await store.write((tx) => sealAway(tx, project, [secret?.id ?? '']))
})

async function assay(does: 'pull' | 'push', { force = false, slug = 'set' } = {}) {
  const [out, err]: [string[], string[]] = [[], []]
  const io = { stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text) }
  const status = await casesIn(store, { does, folder, project: slug, force }, io)
  return { status, out: out.join(''), err: err.join('') }
}

const bytes = () =>
  Object.fromEntries(
    ['cases', 'documents'].flatMap((within) =>
      readdirSync(join(folder, within)).map((name) => [name, readFileSync(join(folder, within, name), 'utf8')]),
    ),
  )

const edit = (key: string, from: string, to: string) => {
  const path = join(folder, 'cases', fileNameOf(key))
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
}

const textsOf = async (key: string, slug = project) => {
  const rows = await store.read
    .select({ text: references.text, state: references.state, supersededAt: references.supersededAt })
    .from(references)
    .innerJoin(cases, eq(cases.id, references.caseId))
    .where(and(eq(cases.key, key), eq(cases.projectId, slug.id)))
  return rows
    .filter(({ supersededAt }) => supersededAt === null)
    .map(({ text, state }) => `${state} ${text}`)
    .sort()
}

describe('cases as files', () => {
  it('come back to the last letter: pull, push, pull again changes nothing', async () => {
    expect(await assay('pull')).toMatchObject({ status: 0 })
    const first = bytes()
    expect(Object.keys(first)).toHaveLength(4)
    expect(await assay('push')).toMatchObject({ status: 0, out: '3 files, 3 of them unchanged.\n' })
    expect(await assay('pull')).toMatchObject({ out: '3 cases, 3 of them unchanged; 0 documents written.\n' })
    expect(bytes()).toEqual(first)
  })

  it('hold of a sealed case its key, hash, segment and date, and nothing it says', async () => {
    await assay('pull')
    expect(JSON.stringify(bytes())).not.toContain('MARK')
    const stub = bytes()['secret.yaml'] ?? ''
    expect(
      stub
        .split('\n')
        .filter((line) => line && !line.startsWith('#'))
        .map((line) => line.split(':')[0]),
    ).toEqual(['key', 'hash', 'category', 'user_segment', 'sealed_until'])
  })

  it('make an empty project the same, but for what is sealed', async () => {
    await assay('pull')
    const first = bytes()
    const other = await store.write((tx) => addProject(tx, { slug: 'other' }))
    const pushed = await assay('push', { slug: 'other' })
    expect(pushed).toMatchObject({ status: 0, err: '' })
    expect(pushed.out).toContain('secret.yaml: stands for a sealed case that is not here')
    expect(await textsOf('plain', other)).toEqual(await textsOf('plain'))
    expect(bytes()).toEqual(first)
    expect(await assay('push', { slug: 'other' })).toMatchObject({ out: expect.stringMatching(/3 files, 2 of them/) })
  })

  it('add, replace and validate references', async () => {
    await assay('pull')
    edit(
      'plain',
      'state: written\n    text: The least.',
      'state: validated\n    validated_by: Cy\n    text: The least.',
    )
    edit('Odd / Key', 'metadata:', 'references:\n  - quality: high\n    text: A new one.\nmetadata:')
    expect(await assay('push')).toMatchObject({
      status: 0,
      err: '',
      out: expect.stringContaining('changed its references'),
    })
    expect(await textsOf('plain')).toEqual(['validated The least.', `validated ${HARD.trim()}`])
    expect(await textsOf('Odd / Key')).toEqual(['written A new one.'])
    edit('Odd / Key', 'A new one.', 'A newer one.')
    expect(await assay('push')).toMatchObject({ status: 0 })
    expect(await textsOf('Odd / Key')).toEqual(['written A newer one.'])
    expect(await assay('push')).toMatchObject({ out: '3 files, 3 of them unchanged.\n' })
  })

  it('refuse what changed on both sides, with the difference, and do nothing by halves', async () => {
    await assay('pull')
    const [plain] = await store.read.select().from(cases).where(eq(cases.key, 'plain'))
    await writeReference(store, owner, { caseId: plain?.id ?? '', quality: 'high', text: 'Here.', supersedes: null })
    edit('plain', 'The least.', 'The very least.')
    edit('Odd / Key', 'metadata:', 'references:\n  - quality: high\n    text: A new one.\nmetadata:')
    const { status, err } = await assay('push')
    expect(status).toBe(1)
    expect(err).toContain('changed here and in the file since it was pulled')
    expect(err).toMatch(/^- .*text: Here\./m)
    expect(err).toMatch(/^\+ .*The very least\./m)
    expect(await textsOf('Odd / Key')).toEqual([])
    const pulled = await assay('pull')
    expect(pulled).toMatchObject({ status: 1, err: expect.stringContaining('edited since it was pulled') })
    expect(await assay('pull', { force: true })).toMatchObject({ status: 0 })
  })

  it('leave what only the project changed, and refuse to change what a case asks', async () => {
    await assay('pull')
    const [plain] = await store.read.select().from(cases).where(eq(cases.key, 'plain'))
    await writeReference(store, owner, { caseId: plain?.id ?? '', quality: 'high', text: 'Here.', supersedes: null })
    expect((await assay('push')).out).toContain('plain.yaml: not edited here')
    await assay('pull')
    edit('plain', 'What now?', 'What then?')
    expect(await assay('push')).toMatchObject({ status: 1, err: expect.stringContaining('final once it is here') })
  })

  it('say by line and field what is wrong with a file', async () => {
    mkdirSync(join(folder, 'cases'), { recursive: true })
    const whole = { key: 'new', pool: 'active', category: 'reasoning', user_segment: 'novice', input: 'Why?' }
    const put = (name: string, value: unknown) =>
      writeFileSync(join(folder, 'cases', name), JSON.stringify(value, null, 1))
    put('wrong-name.json', whole)
    put('b.json', { ...whole, key: 'b', documents: ['0'.repeat(64)] })
    put('c.json', { ...whole, key: 'c', references: [{ quality: 'high', state: 'validated', text: 'x' }] })
    put('d.json', { ...whole, key: 'd', pool: 'holdout' })
    const { status, err } = await assay('push')
    expect(status).toBe(2)
    expect(err).toMatch(/d\.json:3: pool/)
    put('d.json', { ...whole, key: 'd' })
    const second = await assay('push')
    expect(second.err).toMatch(/wrong-name\.json:2: key: is “new”/)
    expect(second.err).toMatch(/b\.json:\d+: documents\.0: there is no documents\//)
    expect(second.err).toMatch(/c\.json:\d+: references\.0\.state: is validated/)
    put('wrong-name.json', { ...whole, key: 'wrong-name', category: 'no such category' })
    put('b.json', { ...whole, key: 'b' })
    put('c.json', { ...whole, key: 'c' })
    expect(await assay('push')).toMatchObject({ status: 2, err: expect.stringContaining('wrong-name.json') })
    put('wrong-name.json', { ...whole, key: 'wrong-name', pool: 'retired' })
    expect(await assay('push')).toMatchObject({ status: 0 })
    const [retired] = await store.read.select().from(cases).where(eq(cases.key, 'wrong-name'))
    expect(retired?.pool).toBe('retired')
  })

  it('have names that no two keys share', () => {
    expect(fileNameOf('late-appeal')).toBe('late-appeal.yaml')
    expect(new Set(['A', 'a', 'a/b', 'a-b', 'a b', '漢', '字', 'con.'].map(fileNameOf)).size).toBe(8)
  })
})
