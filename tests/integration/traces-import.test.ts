import { count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import type { ImportOptions } from '#app/evaluation/imports/options.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { previewTraces } from '#app/evaluation/traces/preview.ts'
import { documents } from '#db/schema/cases.ts'
import { traceDocuments, traces } from '#db/schema/traces.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { importInto } from '#scripts/assay/import.ts'
import { importRequest } from '#scripts/assay/import-options.ts'
import { ownFolder } from '#tests/support/files.ts'
import { collectedOutput } from '#tests/support/output.ts'
import { freshStore } from '#tests/support/store.ts'
import { LANGFUSE_TRACES, LANGSMITH_RUNS } from '#tests/support/trace-exports.ts'

const files = ownFolder()
let store: Store
let owner: Scope
beforeEach(async () => {
  store = await freshStore()
  owner = await store.write(async (tx) => {
    const project = await addProject(tx, { slug: 'help' })
    return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
  })
})

const record = (i: number, more: object = {}) => ({
  key: `t-${i}`,
  input: `Question ${i} from ada@example.org?`,
  response: `Answer ${i}.`,
  documents: [{ title: 'Shared', text: 'The same for all.' }],
  ...more,
})

const bring = (path: string, options: ImportOptions = {}, scope = owner) =>
  importFile(store, scope, { kind: 'traces', path, fileName: 'traces.jsonl', options })

const all = () => store.read.select().from(traces).orderBy(traces.key)
const faultsOf = (error: unknown) => (error as { errors?: { line: number; field: string; reason: string }[] }).errors

describe('importing traces', () => {
  it('stores them with what they say, unassigned, and their documents once', async () => {
    const path = files.jsonl('plain.jsonl', [
      record(1, { model: 'm', system_version: 'v1', occurred_at: '2026-01-02T03:04:05Z', signals: { thumbs: 'up' } }),
      record(2, { category: 'Reasoning', user_segment: 'novice', metadata: { a: 1 } }),
    ])
    expect(await bring(path)).toMatchObject({ records: 2, added: 2, unchanged: 0, notes: [] })
    const [first, second] = await all()
    expect(first).toMatchObject({
      key: 't-1',
      model: 'm',
      systemVersion: 'v1',
      occurredAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      signals: { thumbs: 'up' },
      category: null,
      userSegment: null,
      state: 'waiting',
      duplicateOfId: null,
      redactions: {},
    })
    expect(second).toMatchObject({
      category: 'reasoning',
      categoryBy: 'import',
      userSegment: 'novice',
      metadata: { a: 1 },
    })
    expect((await store.read.select({ n: count() }).from(documents))[0]?.n).toBe(1)
    expect((await store.read.select({ n: count() }).from(traceDocuments))[0]?.n).toBe(2)
    const [entry] = await store.read.select().from(auditEntries)
    expect(entry?.action).toBe('traces.imported')
    expect(entry?.detail).not.toContain('Question')
  })

  it('changes nothing the second time, and renews signals that came since', async () => {
    const path = files.jsonl('again.jsonl', [record(1), record(2)])
    await bring(path)
    const before = await all()
    expect(await bring(path)).toMatchObject({ added: 0, unchanged: 2, notes: [] })
    expect(await all()).toEqual(before)
    const later = files.jsonl('later.jsonl', [record(1, { signals: { thumbs: 'down' } }), record(2), record(3)])
    expect(await bring(later)).toMatchObject({
      added: 1,
      unchanged: 2,
      notes: [expect.stringContaining('signals of 1 ')],
    })
    expect((await all())[0]?.signals).toEqual({ thumbs: 'down' })
  })

  it('refuses the whole file for a key with other content, or for a category that is not the project’s', async () => {
    await bring(files.jsonl('one.jsonl', [record(1)]))
    const path = files.jsonl('other.jsonl', [
      record(7),
      record(1, { response: 'Other.' }),
      record(7, { input: 'Other?' }),
      record(8, { category: 'nonsense' }),
    ])
    const error = await bring(path).catch((thrown: unknown) => thrown)
    expect(faultsOf(error)).toEqual([
      { line: 2, field: 'key', reason: expect.stringContaining('in the project already, with other content') },
      { line: 3, field: 'key', reason: expect.stringContaining('on line 1, with other content') },
      { line: 4, field: 'category', reason: expect.stringContaining('none of the project’s') },
    ])
    expect(await all()).toHaveLength(1)
  })

  it('masks what was chosen before anything is stored', async () => {
    const path = files.jsonl('pii.jsonl', [
      record(1, { response: 'Call +49 30 901820, says Ada Moreau.', metadata: { user: 'x@y.org' } }),
    ])
    const report = await bring(path, { redact: ['email', 'phone', 'names'], names: ['Ada Moreau'] })
    expect(report.notes).toEqual(['Masked before storing: 2 e-mail addresses, 1 telephone number, 1 name.'])
    expect((await all())[0]).toMatchObject({
      input: 'Question 1 from [email]?',
      response: 'Call [phone], says [name].',
      metadata: { user: '[email]' },
      redactions: { email: 2, phone: 1, name: 1 },
      searchText: 't-1 question 1 from [email]?',
    })
  })

  it('keeps traces of unbelievable times without one', async () => {
    const path = files.jsonl('skew.jsonl', [
      record(1, { occurred_at: '2199-01-01' }),
      record(2, { occurred_at: '1970-01-01' }),
    ])
    expect((await bring(path)).notes).toEqual([expect.stringContaining('The time of 2 was not believed')])
    expect((await all())[0]).toMatchObject({ occurredAt: null, metadata: { told_time: '2199-01-01' } })
  })

  it('reads exports, and says what in them became no trace', async () => {
    const path = files.write('runs.json', JSON.stringify(LANGSMITH_RUNS))
    expect(await bring(path)).toMatchObject({
      added: 2,
      notes: ['No traces of their own: 2 steps within an interaction.'],
    })
    expect(await bring(files.write('lf.json', JSON.stringify({ data: LANGFUSE_TRACES })))).toMatchObject({ added: 2 })
  })

  it('needs the permission to write cases', async () => {
    const path = files.jsonl('forbidden.jsonl', [record(1)])
    for (const role of ['rater', 'builder', 'lead', 'admin'] as const) {
      await expect(bring(path, {}, { ...owner, roles: [role] })).rejects.toMatchObject({ kind: 'forbidden' })
    }
  })
})

describe('the preview', () => {
  it('shows fields, masks and first traces, and stores nothing', async () => {
    const path = files.jsonl(
      'preview.jsonl',
      Array.from({ length: 9 }, (__, i) => record(i, i === 0 ? { response: '' } : {})),
    )
    const found = await previewTraces(path, { redact: ['email'] }, 1_000)
    expect(found).toMatchObject({
      format: 'assay',
      traces: 9,
      complete: true,
      withoutAnswer: 1,
      errors: [],
      redaction: [{ kind: 'email', count: 9, traces: 9, examples: ['a••@e•••.o••'] }],
    })
    expect(found.sample).toHaveLength(5)
    expect(JSON.stringify(found)).not.toContain('ada@example.org')
    expect(await all()).toEqual([])
  })
})

describe('the command line', () => {
  const run = async (...argv: string[]) => {
    const { io, written } = collectedOutput()
    const request = importRequest(argv)
    const status = request ? await importInto(store, request, io) : 0
    return { status, ...written }
  }

  it('imports with redaction and a list of names', async () => {
    const path = files.jsonl('cli.jsonl', [record(1, { response: 'Ada Moreau' })])
    const names = files.write('names.txt', 'Ada Moreau\n')
    const done = await run('traces', path, '--project', 'help', '--redact', 'email,phone', '--names', names)
    expect(done).toMatchObject({ status: 0, stderr: '' })
    expect(done.stdout).toContain('traces: 1 added')
    const [stored] = await store.read.select().from(traces).where(eq(traces.key, 't-1'))
    expect(stored?.response).toBe('[name]')
  })

  it('says what it does not understand', async () => {
    expect(() => importRequest(['traces', 'f', '--project', 'p', '--redact', 'shoes'])).toThrow(/redact/)
    expect(() => importRequest(['traces', 'f', '--project', 'p', '--format', 'xml'])).toThrow(/traceFormat/)
    expect(() => importRequest(['cases', 'f', '--project', 'p', '--preview'])).toThrow('--preview is for traces')
    expect(importRequest(['traces', 'f', '--preview'])).toMatchObject({ preview: true, project: undefined })
    expect(await run('traces', files.path('none'), '--project', 'help')).toMatchObject({ status: 2 })
  })
})
