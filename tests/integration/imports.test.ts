import { asc, count, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import type { ImportKind } from '#app/evaluation/imports/kinds.ts'
import type { ImportOptions } from '#app/evaluation/imports/options.ts'
import type { ImportRefused } from '#app/evaluation/imports/refused.ts'
import { importRubric } from '#app/evaluation/imports/rubric.ts'
import { importFile, type Progress } from '#app/evaluation/imports/run.ts'
import { readVersion } from '#app/evaluation/rubrics/read.ts'
import { engine } from '#db/dialect.ts'
import { caseDocuments, cases, documents, references, responses, systemVersions } from '#db/schema/cases.ts'
import { projects, raterKeys, users } from '#db/schema/people.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, type Project, scopeOf } from '#db/seed/rows.ts'
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
    owner = scopeOf(await addPerson(tx, project, ['owner'], { email: 'owner@example.org' }), project, ['owner'])
  })
})

const TABLES = { cases, documents, caseDocuments, responses, references, systemVersions, users, auditEntries }

async function counts(): Promise<Record<string, number>> {
  const made: Record<string, number> = {}
  for (const [name, table] of Object.entries(TABLES)) {
    const [row] = await store.read.select({ n: count() }).from(table)
    made[name] = row?.n ?? 0
  }
  return made
}

const run = (kind: ImportKind, path: string, options: ImportOptions = {}, scope = owner) =>
  importFile(store, scope, { kind, path, fileName: `${kind}.jsonl`, options })

const refused = async (promise: Promise<unknown>): Promise<ImportRefused> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toMatchObject({ code: 'import-refused' })
  return error as ImportRefused
}

const aCase = (n: number, over: object = {}) => ({
  key: `c-${n}`,
  input: `Question ${n}?`,
  category: 'reasoning',
  user_segment: 'novice',
  documents: [{ title: 'Handbook', text: 'Shared.' }, `Own ${n}`],
  metadata: { n, tags: ['a', 'b'] },
  ...over,
})
const manyCases = (n: number) => Array.from({ length: n }, (_, i) => aCase(i))

describe('cases', () => {
  it('are stored with their documents, each document once', async () => {
    const path = files.jsonl('cases.jsonl', manyCases(1_000))
    expect(await run('cases', path)).toMatchObject({ records: 1_000, added: 1_000, unchanged: 0 })
    expect(await counts()).toMatchObject({ cases: 1_000, documents: 1_001, caseDocuments: 2_000, auditEntries: 1 })
    const [row] = await store.read.select().from(cases).where(eq(cases.key, 'c-7'))
    expect(row).toMatchObject({
      input: 'Question 7?',
      category: 'reasoning',
      userSegment: 'novice',
      metadata: { n: 7, tags: ['a', 'b'] },
      searchText: 'c-7 question 7?',
      archivedAt: null,
    })
    const texts = await store.read
      .select({ title: documents.title, text: documents.text })
      .from(caseDocuments)
      .innerJoin(documents, eq(documents.id, caseDocuments.documentId))
      .where(eq(caseDocuments.caseId, row?.id ?? ''))
      .orderBy(asc(caseDocuments.position))
    expect(texts).toEqual([
      { title: 'Handbook', text: 'Shared.' },
      { title: 'Document 2', text: 'Own 7' },
    ])
  })

  it('are left alone by the same file again, whatever the order of names in it', async () => {
    await run('cases', files.jsonl('once.jsonl', manyCases(300)))
    const before = await counts()
    const turned = manyCases(300).map((one) => Object.fromEntries(Object.entries(one).reverse()))
    const report = await run('cases', files.jsonl('twice.jsonl', turned))
    expect(report).toMatchObject({ added: 0, unchanged: 300 })
    expect(await counts()).toEqual(before)
  })

  it('add what is new in a longer file', async () => {
    await run('cases', files.jsonl('short.jsonl', manyCases(3)))
    expect(await run('cases', files.jsonl('long.jsonl', manyCases(5)))).toMatchObject({ added: 2, unchanged: 3 })
  })

  it('keep their content: the same key with another text is refused, and so is the rest of the file', async () => {
    await run('cases', files.jsonl('old.jsonl', manyCases(2)))
    const before = await counts()
    const changed = [aCase(5), aCase(1, { input: 'Another question?' }), aCase(6), aCase(6, { metadata: { n: 7 } })]
    const { errors } = await refused(run('cases', files.jsonl('changed.jsonl', changed)))
    expect(errors).toEqual([
      { line: 2, field: 'key', reason: expect.stringContaining('“c-1” is in the project already, with other content') },
      { line: 4, field: 'key', reason: expect.stringContaining('“c-6” is on line 3, with other content') },
    ])
    expect(await counts()).toEqual(before)
  })

  it('are all refused for one bad line, however late it comes', async () => {
    const records = [...manyCases(2_000), { key: 'bad' }]
    const before = await counts()
    const { errors, message } = await refused(run('cases', files.jsonl('late.jsonl', records)))
    expect(errors).toEqual([{ line: 2_001, field: 'input', reason: 'is missing' }])
    expect(message).toContain('Nothing was stored')
    expect(await counts()).toEqual(before)
  })

  it('tell what is wrong with their form and with the project’s words in one go', async () => {
    const records = [{ key: 'a' }, aCase(2, { category: 'magic' }), aCase(3)]
    const before = await counts()
    const { errors } = await refused(run('cases', files.jsonl('both.jsonl', records), { userSegment: 'casual' }))
    expect(errors.map(({ line, field }) => [line, field])).toEqual([
      [1, 'input'],
      [2, 'category'],
    ])
    expect(await counts()).toEqual(before)
  })

  it('name at most a hundred errors', async () => {
    const { errors, message } = await refused(
      run(
        'cases',
        files.jsonl(
          'many.jsonl',
          Array.from({ length: 500 }, (_, i) => ({ key: `k${i}` })),
        ),
      ),
    )
    expect(errors).toHaveLength(100)
    expect(message).toContain('at least 100 errors')
  })

  it('take the categories of the project in any capitals, refuse others, or add them when asked to', async () => {
    const records = [aCase(1, { category: 'Reasoning' }), aCase(2, { category: 'triage', user_segment: 'nurse' })]
    const path = files.jsonl('segments.jsonl', records)
    const { errors } = await refused(run('cases', path))
    expect(errors.map(({ line, field }) => [line, field])).toEqual([
      [2, 'category'],
      [2, 'user_segment'],
    ])
    expect(errors[0]?.reason).toContain('“factual lookup”, “reasoning”')
    const report = await run('cases', path, { addSegments: true })
    expect(report.notes).toEqual(['Added to the project’s categories and user segments: “triage”, “nurse”.'])
    const [row] = await store.read.select().from(projects)
    expect(row?.categories.at(-1)).toBe('triage')
    expect(row?.userSegments.at(-1)).toBe('nurse')
    const [first] = await store.read.select().from(cases).where(eq(cases.key, 'c-1'))
    expect(first?.category).toBe('reasoning')
  })

  it('take a category and user segment given for all, and ask for them where none is', async () => {
    const path = files.write('bare.csv', 'key,input\na,One?\nb,Two?\n')
    const { errors } = await refused(run('cases', path))
    expect(errors[0]?.reason).toContain('lacks the columns “category”, “user_segment”')
    await run('cases', path, { category: 'refusal', userSegment: 'casual' })
    expect(await store.read.select({ c: cases.category, s: cases.userSegment }).from(cases)).toEqual([
      { c: 'refusal', s: 'casual' },
      { c: 'refusal', s: 'casual' },
    ])
  })

  it('are for owners', async () => {
    const lead = { ...owner, roles: ['lead' as const] }
    await expect(run('cases', files.jsonl('lead.jsonl', [aCase(1)]), {}, lead)).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('tell how far they are', async () => {
    const path = files.jsonl('progress.jsonl', manyCases(2_000))
    const told: Progress[] = []
    await importFile(store, owner, { kind: 'cases', path, fileName: 'p', onProgress: (one) => told.push(one) })
    expect(told.length).toBeGreaterThan(3)
    expect(told.map(({ done }) => done)).toEqual([...told.map(({ done }) => done)].sort((a, b) => a - b))
    expect(told.at(-1)?.done).toBe(told.at(-1)?.total)
  })

  it('survive two imports of the same file at once', async () => {
    const path = files.jsonl('race.jsonl', manyCases(500))
    const reports = await Promise.all([run('cases', path), run('cases', path)])
    expect(reports.map(({ added }) => added).sort()).toEqual([0, 500])
    expect(await counts()).toMatchObject({ cases: 500, documents: 501 })
  })
})

describe('what cannot be read', () => {
  it.each([
    ['an empty file', '', null, 'The file is empty.'],
    ['blank lines', '\n\n', null, 'no record'],
    ['a header alone', 'key,input,category,user_segment\n', null, 'no record'],
    ['a workbook', 'PK\x03\x04 and so on and on', null, 'Save the sheet as “CSV UTF-8”'],
    ['a JSON array', '[{"key":"a"}]', 1, 'jq -c'],
    ['a cut-off line', '{"key":"a","input":"On', 1, 'is cut off'],
  ])('is told for %s', async (_name, content, line, reason) => {
    const { errors } = await refused(run('cases', files.write('unreadable', content)))
    expect(errors[0]?.reason).toContain(reason)
    if (line !== null) expect(errors[0]?.line).toBe(line)
  })

  it('is told for a file that is not there', async () => {
    await expect(run('cases', files.path('nowhere.jsonl'))).rejects.toMatchObject({ kind: 'missing' })
  })

  it.skipIf(engine !== 'sqlite')('leaves nothing behind on a full disk', async () => {
    await run('cases', files.jsonl('fits.jsonl', manyCases(10)))
    const before = await counts()
    const reader = store.read as unknown as { get: (query: unknown) => Promise<Record<string, number>> }
    const pragma = (text: string) => reader.get(sql.raw(`pragma ${text}`))
    const { page_count: pages = 0 } = await pragma('page_count')
    await pragma(`max_page_count = ${pages + 20}`)
    const path = files.jsonl('large.jsonl', manyCases(3_000))
    await expect(run('cases', path)).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('Nothing was stored'),
    })
    await pragma('max_page_count = 1000000')
    expect(await counts()).toEqual(before)
    expect(await run('cases', path)).toMatchObject({ added: 2_990, unchanged: 10 })
  })
})

describe('responses', () => {
  const answer = (n: number, system: string, text = `Answer ${n}`) => ({ case: `c-${n}`, system_version: system, text })

  beforeEach(async () => {
    await run('cases', files.jsonl('for-responses.jsonl', manyCases(3)))
  })

  it('make system versions as they appear, and change nothing the second time', async () => {
    const path = files.jsonl('responses.jsonl', [answer(0, 'v1'), answer(1, 'v1'), answer(0, 'v2')])
    const report = await run('responses', path)
    expect(report).toMatchObject({ added: 3, notes: ['Made the system versions “v1”, “v2”.'] })
    const before = await counts()
    expect(await run('responses', path)).toMatchObject({ added: 0, unchanged: 3, notes: [] })
    expect(await counts()).toEqual(before)
  })

  it('take one system version for all', async () => {
    await run('responses', files.write('r.csv', 'case,text\nc-0,Zero\nc-1,One\n'), { systemVersion: 'v9' })
    expect(await counts()).toMatchObject({ responses: 2, systemVersions: 1 })
  })

  it('refuse unknown cases and other answers of the same system version', async () => {
    await run('responses', files.jsonl('first.jsonl', [answer(0, 'v1')]))
    const before = await counts()
    const bad = [answer(1, 'v1'), answer(0, 'v1', 'Other'), answer(99, 'v1'), { case: 'c-2', text: 'x' }]
    const { errors } = await refused(run('responses', files.jsonl('bad.jsonl', bad)))
    expect(errors).toEqual([
      { line: 2, field: 'text', reason: expect.stringContaining('Answers are final') },
      { line: 3, field: 'case', reason: expect.stringContaining('no case of the project has the key “c-99”') },
      { line: 4, field: 'system_version', reason: expect.stringContaining('is missing') },
    ])
    expect(await counts()).toEqual(before)
  })
})

describe('references', () => {
  beforeEach(async () => {
    await run('cases', files.jsonl('for-references.jsonl', manyCases(2)))
  })

  it('keep their quality and author, found by email or by an earlier name', async () => {
    const path = files.jsonl('references.jsonl', [
      { case: 'c-0', quality: 'high', text: 'Best.', author: 'Owner@example.org' },
      { case: 'c-0', quality: 'borderline', text: 'Least.', author: 'w3' },
      { case: 'c-1', quality: 'high', text: 'Best.', author: 'w3' },
      { case: 'c-1', quality: 'high', text: 'Also good.' },
    ])
    expect(await run('references', path)).toMatchObject({ added: 4 })
    const rows = await store.read
      .select({ text: references.text, quality: references.quality, author: users.name, key: raterKeys.key })
      .from(references)
      .leftJoin(users, eq(users.id, references.authorId))
      .leftJoin(raterKeys, eq(raterKeys.userId, references.authorId))
      .orderBy(asc(references.id))
    expect(rows).toEqual([
      { text: 'Best.', quality: 'high', author: owner.user.name, key: null },
      { text: 'Least.', quality: 'borderline', author: 'w3', key: 'w3' },
      { text: 'Best.', quality: 'high', author: 'w3', key: 'w3' },
      { text: 'Also good.', quality: 'high', author: null, key: null },
    ])
    const before = await counts()
    expect(await run('references', path)).toMatchObject({ added: 0, unchanged: 4 })
    expect(await counts()).toEqual(before)
  })

  it('refuse an unknown quality', async () => {
    const path = files.write('q.csv', 'case,quality,text\nc-0,gold,x\n')
    const { errors } = await refused(run('references', path))
    expect(errors).toEqual([{ line: 2, field: 'quality', reason: 'must be “high” or “borderline”, but is “gold”' }])
  })
})

describe('rubrics', () => {
  const level = (value: number) => ({ value, anchor: `Means ${value}.` })
  const rubric = {
    key: 'tone',
    name: 'Tone',
    dimensions: [{ key: 'warm', name: 'Warmth', levels: [level(0), level(1)] }],
  }
  const load = (content: unknown) =>
    importRubric(store, owner, { path: files.write('rubric.json', JSON.stringify(content)), fileName: 'rubric.json' })

  it('are published, once for the same content', async () => {
    const made = await load(rubric)
    expect(made).toMatchObject({ key: 'tone', number: 1, unchanged: false })
    expect(await load(rubric)).toEqual({ ...made, unchanged: true })
    const second = await load({ ...rubric, dimensions: [{ ...rubric.dimensions[0], name: 'How warm' }] })
    expect(second).toMatchObject({ number: 2, unchanged: false })
    expect(await readVersion(store, owner, second.versionId)).toMatchObject({
      state: 'published',
      dimensions: [{ key: 'warm', name: 'How warm', levels: [{ value: 0 }, { value: 1 }] }],
    })
  })

  it('are refused with the field that is wrong', async () => {
    const { errors } = await refused(
      load({ ...rubric, dimensions: [{ key: 'warm', name: 'Warmth', levels: [level(1), level(3)] }] }),
    )
    expect(errors).toEqual([
      { line: null, field: 'dimensions[0].levels', reason: 'must be consecutive whole numbers, the lowest first' },
    ])
  })
})

it('records what was imported, by whom, and never what was in it', async () => {
  const back = replaceAmbient({ now: () => 1_700_000_000_000 })
  await run('cases', files.jsonl('audited.jsonl', manyCases(2))).finally(back)
  const [entry] = await store.read.select().from(auditEntries)
  expect(entry).toMatchObject({ action: 'cases.imported', subject: 'import', actorId: owner.user.id })
  expect(JSON.parse(entry?.detail ?? '')).toEqual({
    fileName: 'cases.jsonl',
    records: 2,
    added: 2,
    unchanged: 0,
    notes: [],
    at: 1_700_000_000_000,
  })
})

it('imports for the command line, which has no account', async () => {
  const scope: Scope = { ...owner, user: { id: '', name: 'command line' } }
  await run('cases', files.jsonl('cli.jsonl', [aCase(1)]), {}, scope)
  const [entry] = await store.read.select().from(auditEntries)
  expect(entry).toMatchObject({ actorId: null, actorName: 'command line' })
})
