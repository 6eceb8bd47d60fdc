import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId, now, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { importHandler, namesPath, uploadPath } from '#app/evaluation/imports/job.ts'
import { listImports, readImport } from '#app/evaluation/imports/list.ts'
import { workOne } from '#app/evaluation/jobs/worker.ts'
import {
  changeUpload,
  discardUpload,
  forgetUploads,
  importUpload,
  keepUpload,
  readUpload,
} from '#app/evaluation/traces/upload.ts'
import { traces } from '#db/schema/traces.ts'
import { jobs } from '#db/schema/work.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { kindOf } from '#tests/support/kind-of.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()
let store: Store
let owner: Scope
let dataDir = ''
beforeEach(async () => {
  store = await freshStore()
  dataDir = files.path(newId())
  owner = await store.write(async (tx) => {
    const project = await addProject(tx)
    return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
  })
})

async function upload(names = ''): Promise<string> {
  const id = newId()
  mkdirSync(dirname(uploadPath(dataDir, id)), { recursive: true })
  writeFileSync(uploadPath(dataDir, id), `${JSON.stringify({ key: 'a', input: 'Ask Ada Moreau, a@b.org' })}\n`)
  if (names !== '') writeFileSync(namesPath(dataDir, id), names)
  await keepUpload(store, owner, id, { fileName: 'a.jsonl', bytes: 50, options: { redact: ['email'] } })
  return id
}

const work = () => workOne(store, { import: importHandler(dataDir) })

describe('an upload of traces', () => {
  it('is worked off by nobody before it is said to be, then masked as it was set, and its names deleted', async () => {
    const id = await upload('Ada Moreau\n')
    expect(await work()).toBe(false)
    expect((await listImports(store, owner, { page: 1, size: 10 })).total).toBe(0)
    await changeUpload(store, owner, id, { redact: ['email', 'names'] })
    await importUpload(store, owner, id)
    expect(await work()).toBe(true)
    expect(await readImport(store, owner, id)).toMatchObject({ kind: 'traces', state: 'done', done: { added: 1 } })
    expect((await store.read.select().from(traces))[0]?.input).toBe('Ask [name], [email]')
    expect(existsSync(uploadPath(dataDir, id)) || existsSync(namesPath(dataDir, id))).toBe(false)
    expect(JSON.stringify(await store.read.select().from(jobs))).not.toContain('Moreau')
    expect(await kindOf(importUpload(store, owner, id))).toBe('missing')
  })

  it('is refused, and stores nothing, where its names are gone', async () => {
    const id = await upload()
    await changeUpload(store, owner, id, { redact: ['names'] })
    await importUpload(store, owner, id)
    await work()
    expect(await readImport(store, owner, id)).toMatchObject({ state: 'failed' })
    expect(await store.read.select().from(traces)).toEqual([])
  })

  it('is discarded, or forgotten after a day', async () => {
    const [one, other] = [await upload(), await upload()]
    await discardUpload(store, owner, one)
    expect(await kindOf(readUpload(store, owner, one))).toBe('missing')
    expect(await forgetUploads(store)).toEqual([])
    const later = now() + 25 * 3_600_000
    const back = replaceAmbient({ now: () => later })
    expect(await forgetUploads(store)).toEqual([other])
    back()
  })

  it('belongs to the owners of its project', async () => {
    const id = await upload()
    for (const scope of [
      { ...owner, roles: ['lead' as const] },
      { ...owner, roles: ['admin' as const] },
    ]) {
      expect(await kindOf(readUpload(store, scope, id))).toBe('forbidden')
      expect(await kindOf(importUpload(store, scope, id))).toBe('forbidden')
    }
    const elsewhere = await store.write((tx) => addProject(tx))
    const stranger = { ...owner, project: { id: elsewhere.id, slug: '', name: '' } }
    expect(await kindOf(readUpload(store, stranger, id))).toBe('missing')
    expect(await kindOf(discardUpload(store, stranger, id))).toBe('missing')
  })
})
