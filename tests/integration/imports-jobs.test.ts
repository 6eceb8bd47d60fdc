import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { count, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { importHandler, uploadPath } from '#app/evaluation/imports/job.ts'
import { listImports, queueImport, readImport } from '#app/evaluation/imports/list.ts'
import { finishJob, LEASE_MS, LostLease, renew, takeJob } from '#app/evaluation/jobs/lease.ts'
import { type Handler, startWorker, workOne } from '#app/evaluation/jobs/worker.ts'
import { cases } from '#db/schema/cases.ts'
import { memberships } from '#db/schema/people.ts'
import { auditEntries, jobs } from '#db/schema/work.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let owner: Scope
let dataDir = ''
let back = () => {}
beforeEach(async () => {
  store = await freshStore()
  dataDir = mkdtempSync(join(tmpdir(), 'assay-jobs-'))
  owner = await store.write(async (tx) => {
    const project = await addProject(tx)
    return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
  })
})
afterEach(() => {
  back()
  rmSync(dataDir, { recursive: true, force: true })
})

const CASES = Array.from({ length: 40 }, (_, i) =>
  JSON.stringify({ key: `c${i}`, input: `Q ${i}?`, category: 'reasoning', user_segment: 'novice' }),
).join('\n')

async function upload(content = CASES): Promise<string> {
  const id = newId()
  const path = uploadPath(dataDir, id)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  await queueImport(store, owner, id, { kind: 'cases', fileName: 'cases.jsonl', bytes: content.length, options: {} })
  return id
}

const caseCount = async () => (await store.read.select({ n: count() }).from(cases))[0]?.n

describe('an import job', () => {
  it('is worked off, told of, and its upload removed', async () => {
    const id = await upload()
    expect(await readImport(store, owner, id)).toMatchObject({
      state: 'waiting',
      by: owner.user.name,
      bytes: CASES.length,
    })
    const handlers = { import: importHandler(dataDir) }
    expect(await workOne(store, handlers)).toBe(true)
    expect(await readImport(store, owner, id)).toMatchObject({
      state: 'done',
      done: { records: 40, added: 40, unchanged: 0, notes: [] },
      failed: null,
    })
    expect(existsSync(uploadPath(dataDir, id))).toBe(false)
    expect(await workOne(store, handlers)).toBe(false)
    const [entry] = await store.read.select().from(auditEntries)
    expect(entry).toMatchObject({ action: 'cases.imported', subjectId: id, actorId: owner.user.id })
  })

  it('keeps the errors of a file that is refused', async () => {
    const id = await upload(`${CASES}\n{"key":"x"}\n`)
    await workOne(store, { import: importHandler(dataDir) })
    expect(await readImport(store, owner, id)).toMatchObject({
      state: 'failed',
      failed: {
        message: expect.stringContaining('Nothing was stored'),
        errors: [{ line: 41, field: 'input', reason: 'is missing' }],
      },
    })
    expect(existsSync(uploadPath(dataDir, id))).toBe(false)
    expect(await caseCount()).toBe(0)
  })

  it('acts with the roles its owner holds when it runs', async () => {
    const id = await upload()
    await store.write(async (tx) => void (await tx.delete(memberships).where(eq(memberships.userId, owner.user.id))))
    await workOne(store, { import: importHandler(dataDir) })
    expect(await readImport(store, owner, id)).toMatchObject({
      state: 'failed',
      failed: { message: expect.stringContaining('does not belong to the project any more') },
    })
  })

  it('waits for a process that has its upload', async () => {
    await upload()
    expect(await workOne(store, { import: importHandler(join(dataDir, 'elsewhere')) })).toBe(false)
    expect(await workOne(store, { import: importHandler(dataDir) })).toBe(true)
  })

  it('of another project, or for somebody without the role, is not there', async () => {
    const id = await upload()
    const other = await store.write(async (tx) => {
      const project = await addProject(tx)
      return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    })
    await expect(readImport(store, other, id)).rejects.toMatchObject({ kind: 'missing' })
    expect(await listImports(store, other, { page: 1, size: 10 })).toEqual({ imports: [], total: 0 })
    await expect(readImport(store, { ...owner, roles: ['rater'] }, id)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

const queued = async (n: number) => {
  for (let i = 0; i < n; i++) {
    await store.write(async (tx) => {
      await tx.insert(jobs).values({ id: newId(), kind: 'count', state: 'waiting', payload: {}, createdAt: i })
    })
  }
}

describe('jobs', () => {
  it('are each done once by several workers', async () => {
    await queued(12)
    const ran: string[] = []
    const handler: Handler = {
      run: async (_, job) => {
        ran.push(job.id)
        await store.write((tx) => finishJob(tx, job, 'done', {}))
      },
      fail: () => Promise.reject(new Error('not expected')),
    }
    const workers = [1, 2, 3].map(() => startWorker(store, { count: handler }, 5))
    try {
      await expect.poll(() => ran.length, { timeout: 50_000, interval: 10 }).toBe(12)
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()))
    }
    expect(new Set(ran).size).toBe(12)
  })

  it('are taken again only when the lease of a dead process has run out, and not for ever', async () => {
    let clock = 1_000_000
    back = replaceAmbient({ now: () => clock })
    await queued(1)
    expect((await takeJob(store, ['count']))?.attempts).toBe(1)
    expect(await takeJob(store, ['count'])).toBeNull()
    clock += LEASE_MS + 1
    const second = await takeJob(store, ['count'])
    expect(second?.attempts).toBe(2)
    if (!second) return
    clock += LEASE_MS - 1
    await renew(store, second, { done: 3, total: 4 })
    clock += LEASE_MS - 1
    expect(await takeJob(store, ['count'])).toBeNull()
    for (let attempt = 3; attempt <= 5; attempt++) {
      clock += LEASE_MS + 1
      expect((await takeJob(store, ['count']))?.attempts).toBe(attempt)
    }
    clock += LEASE_MS + 1
    const failed: unknown[] = []
    const handler: Handler = {
      run: () => Promise.reject(new Error('not expected')),
      fail: async (_, job, error) => {
        failed.push(error)
        await store.write((tx) => finishJob(tx, job, 'failed', {}))
      },
    }
    await workOne(store, { count: handler })
    expect(String(failed[0])).toContain('ended without a result')
  })

  it('take back what they did when another process has taken them over', async () => {
    let clock = 1_000_000
    back = replaceAmbient({ now: () => clock })
    await upload()
    const slow = await takeJob(store, ['import'])
    clock += LEASE_MS + 1
    const quick = await takeJob(store, ['import'])
    if (!slow || !quick) throw new Error('both were to take it')
    const late = store.write(async (tx) => {
      await addProject(tx, { slug: 'late' })
      await finishJob(tx, slow, 'done', {})
    })
    await expect(late).rejects.toBeInstanceOf(LostLease)
    await store.write((tx) => finishJob(tx, quick, 'done', {}))
    const [row] = await store.read.select().from(jobs)
    expect(row).toMatchObject({ state: 'done', startedAt: quick.startedAt })
  })
})
