import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { caseRisks } from '#app/evaluation/contamination/amounts.ts'
import { scanFiles } from '#app/evaluation/contamination/scan.ts'
import { scanFolder, scanHandler, scanPath } from '#app/evaluation/contamination/scans/job.ts'
import { listScans, queueScan, readScan } from '#app/evaluation/contamination/scans/list.ts'
import { workOne } from '#app/evaluation/jobs/worker.ts'
import { cases } from '#db/schema/cases.ts'
import { scans } from '#db/schema/scans.ts'
import { exposures, sealedSets, sealedTexts } from '#db/schema/seal.ts'
import { jobs } from '#db/schema/work.ts'
import { addPerson, addProject, addSystemVersion, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { addWholeCase, sealAway, textsWith, type WholeCase } from '#tests/support/sealed.ts'
import { freshStore } from '#tests/support/store.ts'
import { scanIn } from '../../scripts/assay/scan.ts'

const files = ownFolder()

const OPEN = 'which of the two thyroid tests is right for a member who was told to wait another month'
const SEALED = 'how long does the plan keep paying for a hospital bed at home after surgery on a hip'

let store: Store
let project: Project
let owner: Scope
let builder: Scope
let open: WholeCase
let sealed: WholeCase
let canary: string
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    owner = scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    builder = scopeOf(await addPerson(tx, project, ['builder']), project, ['builder'])
    const system = await addSystemVersion(tx, project)
    open = await addWholeCase(tx, project, system.id, textsWith(OPEN, 'open'))
    sealed = await addWholeCase(tx, project, system.id, textsWith(SEALED, 'held'))
    const set = await sealAway(tx, project, [sealed.caseId])
    canary = set.canary
  })
})

/** A prompt that holds one input of each, the sealed one in other capitals and without punctuation. */
function prompt(more = ''): string {
  const text = `Be brief.\nQuestion with ${OPEN}?\n\nQUESTION WITH ${SEALED.toUpperCase()}\n${more}`
  const path = files.path('prompt.txt')
  writeFileSync(path, text)
  return path
}

const scan = (path: string) => scanFiles(store.read, project.id, [{ path, name: 'prompt.txt' }])

describe('a scan', () => {
  it('finds open and sealed cases, says of a sealed one how much in tenths, and neither where nor any text', async () => {
    const found = await scan(prompt())
    expect(found).toMatchObject({ cases: 2, files: [{ name: 'prompt.txt', fault: null, canaries: [] }] })
    const inputs = found.files[0]?.leaks.filter(({ part }) => part === 'input')
    expect(inputs).toEqual([
      { caseId: sealed.caseId, key: 'held', part: 'input', sealed: true, share: 1, near: 1, lines: null },
      expect.objectContaining({ caseId: open.caseId, sealed: false, share: 1, lines: { first: 2, last: 2 } }),
    ])
    for (const leak of found.files[0]?.leaks.filter((one) => one.sealed) ?? []) {
      expect([leak.share * 10, leak.near * 10].every(Number.isInteger)).toBe(true)
    }
    expect(JSON.stringify(found).toLowerCase()).not.toContain('hospital')
  })

  it('leaves no exposure, and what is sealed as it was', async () => {
    const before = await store.read.select().from(sealedTexts).orderBy(asc(sealedTexts.id))
    await scan(prompt())
    expect(await store.read.select().from(sealedTexts).orderBy(asc(sealedTexts.id))).toEqual(before)
    expect(await store.read.select().from(exposures)).toEqual([])
  })

  it('finds the canary of a set, whatever its capitals, and none of another project', async () => {
    const elsewhere = await store.write(async (tx) => {
      const other = await addProject(tx)
      const system = await addSystemVersion(tx, other)
      const one = await addWholeCase(tx, other, system.id, textsWith('other', 'other'))
      return sealAway(tx, other, [one.caseId])
    })
    const { files: found } = await scan(prompt(`x ${canary.toUpperCase()} y ${elsewhere.canary}`))
    const [set] = await store.read.select().from(sealedSets).where(eq(sealedSets.canary, canary))
    expect(found[0]?.canaries).toEqual([{ setId: set?.id, sealedAt: set?.sealedAt }])
  })

  it('says of a file that is no text why, and goes on with the next', async () => {
    const bad = files.path('bad.bin')
    writeFileSync(bad, Buffer.from([0, 1, 2, 255]))
    const { files: found } = await scanFiles(store.read, project.id, [
      { path: bad, name: 'bad.bin' },
      { path: files.path('nowhere.txt'), name: 'nowhere.txt' },
      { path: prompt(), name: 'prompt.txt' },
    ])
    expect(found.map(({ fault }) => fault)).toEqual([expect.stringContaining('NUL'), 'There is no such file.', null])
    expect(found[2]?.leaks.length).toBeGreaterThan(0)
  })

  it('does not look for archived cases', async () => {
    await store.write((tx) => tx.update(cases).set({ archivedAt: 1 }).where(eq(cases.id, open.caseId)))
    expect((await scan(prompt())).cases).toBe(1)
  })
})

describe('a scan by the command line', () => {
  it('prints what was found without a word of it, and ends with status 1', async () => {
    const out: string[] = []
    const io = { stdout: (text: string) => out.push(text), stderr: (text: string) => out.push(text) }
    const request = { files: [prompt(canary)], project: project.slug, json: false }
    expect(await scanIn(store, request, io)).toBe(1)
    const said = out.join('')
    expect(said).toMatch(/held {2}input {2}100 % word for word {2}sealed, so not told where/)
    expect(said).toMatch(/open {2}input {2}100 % word for word {2}line 2/)
    expect(said).toContain('sealed text has left Assay')
    expect(said.toLowerCase()).not.toContain('hospital')
  })
})

describe('a scan as a job', () => {
  const dataDir = files.path('data')

  async function queue(scope: Scope, text: string): Promise<string> {
    const id = newId()
    mkdirSync(scanFolder(dataDir, id), { recursive: true })
    writeFileSync(scanPath(dataDir, id, 0), text)
    await queueScan(store, scope, id, { files: [{ name: 'few-shot.txt', bytes: text.length }] })
    return id
  }
  const work = () => workOne(store, { scan: scanHandler(dataDir) })

  it('is stored with what it found, deletes its files, and counts towards the risk of cases', async () => {
    const id = await queue(builder, `Question with ${SEALED}?`)
    expect(await readScan(store, builder, id)).toMatchObject({ state: 'waiting', findings: null })
    expect(await work()).toBe(true)
    const done = await readScan(store, builder, id)
    expect(done).toMatchObject({ state: 'done', failed: null, fileNames: ['few-shot.txt'] })
    expect(done.findings?.files[0]?.leaks[0]).toMatchObject({ key: 'held', share: 1, lines: null })
    expect(existsSync(scanFolder(dataDir, id))).toBe(false)
    const [risk] = await caseRisks(store.read, project.id, { at: Date.now(), caseId: sealed.caseId })
    expect(risk).toMatchObject({ risk: 100, amounts: { found: 1, age: 0 } })
    const rows = [...(await store.read.select().from(scans)), ...(await store.read.select().from(jobs))]
    expect(JSON.stringify(rows)).not.toContain('hospital')
  })

  it('is for owners, leads and builders, and each project sees its own', async () => {
    const rater = { ...owner, roles: ['rater'] as const }
    await expect(queueScan(store, rater, newId(), { files: [] })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(listScans(store, rater, { page: 1, size: 10 })).rejects.toMatchObject({ kind: 'forbidden' })
    const id = await queue(owner, 'nothing of it')
    const other = await store.write((tx) => addProject(tx))
    const elsewhere = { ...owner, project: other }
    expect((await listScans(store, elsewhere, { page: 1, size: 10 })).total).toBe(0)
    await expect(readScan(store, elsewhere, id)).rejects.toMatchObject({ kind: 'missing' })
  })

  it('fails with a word when whoever asked may not any more', async () => {
    const gone = await store.write(async (tx) => scopeOf(await addPerson(tx, project, []), project, ['owner']))
    const id = await queue(gone, 'some text')
    await work()
    expect(await readScan(store, owner, id)).toMatchObject({ state: 'failed', failed: expect.any(String) })
    expect(existsSync(scanFolder(dataDir, id))).toBe(false)
  })
})
