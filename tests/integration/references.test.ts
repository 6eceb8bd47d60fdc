import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { caseHistory } from '#app/evaluation/cases/history.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { listReferences } from '#app/evaluation/references/list.ts'
import { type NewReference, writeReference } from '#app/evaluation/references/write.ts'
import { addCase, addPerson, addProject, addSystemVersion, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()

let store: Store
let owner: Scope
let lead: Scope
let caseId = ''
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    const project = await addProject(tx)
    owner = scopeOf(await addPerson(tx, project, ['owner'], { name: 'Olu' }), project, ['owner'])
    lead = scopeOf(await addPerson(tx, project, ['lead'], { name: 'Lea' }), project, ['lead'])
    const system = await addSystemVersion(tx, project)
    caseId = (await addCase(tx, project, system.id, { key: 'a' })).caseId
  })
})

const write = (text: string, over: Partial<NewReference> = {}, scope = owner) =>
  writeReference(store, scope, { caseId, quality: 'high', text, supersedes: null, ...over })

const current = async () =>
  (await listReferences(store, owner, caseId))
    .filter(({ supersededAt }) => supersededAt === null)
    .map(({ text, quality, author }) => [quality, text, author])

describe('writing a reference', () => {
  it('keeps who wrote it, in both qualities, and says so in the history', async () => {
    await write('  The best answer.\r\nOn two lines. ')
    await write('The least.', { quality: 'borderline' }, lead)
    expect(await current()).toEqual([
      ['high', 'The best answer.\nOn two lines.', 'Olu'],
      ['borderline', 'The least.', 'Lea'],
    ])
    const { events: history } = await caseHistory(store, owner, { id: caseId, createdAt: 0 })
    expect(history.map(({ actor }) => actor)).toEqual(['', 'Olu', 'Lea'])
  })

  it('supersedes the former and keeps it', async () => {
    const first = await write('First.')
    const second = await write('Second.', { supersedes: first.id })
    expect(await current()).toEqual([['high', 'Second.', 'Olu']])
    expect((await listReferences(store, owner, caseId)).map(({ id }) => id)).toEqual([first.id, second.id])
  })

  it('puts a former text back under its first author instead of storing it twice', async () => {
    const first = await write('First.')
    const second = await write('Second.', { supersedes: first.id }, lead)
    expect(await write('First.', { supersedes: second.id }, lead)).toEqual(first)
    expect(await current()).toEqual([['high', 'First.', 'Olu']])
    expect(await listReferences(store, owner, caseId)).toHaveLength(2)
  })

  it('refuses what is empty, endless or there already', async () => {
    await write('Same.')
    for (const text of [' \n ', 'x'.repeat(100_001), 'a\0b', 'Same.']) {
      await expect(write(text)).rejects.toMatchObject({ kind: 'invalid', fields: { text: expect.any(String) } })
    }
    await write('Same.', { quality: 'borderline' })
    expect(await current()).toHaveLength(2)
  })

  it('stops where somebody else has replaced the reference since, and stores nothing', async () => {
    const first = await write('First.')
    await write('Hers.', { supersedes: first.id }, lead)
    await expect(write('Mine.', { supersedes: first.id })).rejects.toMatchObject({ kind: 'conflict', code: 'stale' })
    expect(await current()).toEqual([['high', 'Hers.', 'Lea']])
  })

  it('is for owners and leads of the project the case is in', async () => {
    await expect(write('x', {}, { ...owner, roles: ['rater', 'builder'] })).rejects.toMatchObject({ kind: 'forbidden' })
    const elsewhere = await store.write(async (tx) => {
      const project = await addProject(tx)
      return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    })
    await expect(write('x', {}, elsewhere)).rejects.toMatchObject({ kind: 'missing' })
  })

  it('comes validated with a file that names who checked it, and is written otherwise', async () => {
    const rows = [
      { case: 'a', quality: 'high', text: 'Checked.', author: 'Ann', validated: true, validated_by: 'Bea' },
      { case: 'a', quality: 'high', text: 'Not checked.', author: 'Ann' },
    ]
    await importFile(store, owner, { kind: 'references', path: files.jsonl('two.jsonl', rows), fileName: 'two.jsonl' })
    expect((await listReferences(store, owner, caseId)).map(({ state, check }) => [state, check?.by])).toEqual([
      ['validated', 'Bea'],
      ['written', undefined],
    ])
    for (const wrong of [
      { author: 'Ann', validated: true },
      { author: 'Ann', validated_by: 'Bea' },
      { author: 'Ann', validated: true, validated_by: 'Ann' },
    ]) {
      const path = files.jsonl('wrong.jsonl', [{ case: 'a', quality: 'high', text: 'Wrong.', ...wrong }])
      await expect(
        importFile(store, owner, { kind: 'references', path, fileName: 'wrong.jsonl' }),
      ).rejects.toMatchObject({ errors: [{ line: 1, field: 'validated_by' }] })
    }
  })

  it('meets the import: a file with the same text changes nothing, superseded or not', async () => {
    const first = await write('First.')
    await write('Second.', { supersedes: first.id })
    const path = files.jsonl('same.jsonl', [
      { case: 'a', quality: 'high', text: 'First.' },
      { case: 'a', quality: 'high', text: 'Second.' },
    ])
    const report = await importFile(store, owner, { kind: 'references', path, fileName: 'same.jsonl' })
    expect(report).toMatchObject({ added: 0, unchanged: 2 })
  })
})
