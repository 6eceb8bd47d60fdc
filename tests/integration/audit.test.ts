import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { PERMISSIONS, type Scope } from '#app/auth/permissions.ts'
import { type AuditFilter, listEntries, readEntries } from '#app/evaluation/audit/entries.ts'
import { type AuditEvent, GENESIS, hashOf, record } from '#app/evaluation/audit/record.ts'
import { ACTIONS } from '#app/evaluation/audit/sentence.ts'
import { verifyChain } from '#app/evaluation/audit/verify.ts'
import { IMPORT_KINDS } from '#app/evaluation/imports/kinds.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, type Person, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { exportFrom, runAudit, verifyIn } from '#scripts/assay/audit.ts'
import { collectedOutput } from '#tests/support/output.ts'
import { freshStore } from '#tests/support/store.ts'
import { tamper } from '#tests/support/tampering.ts'

let store: Store
let project: Project
let ada: Person
let admin: Scope
let lead: Scope

beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    ada = await addPerson(tx, project, ['admin', 'lead'], { name: 'Ada' })
  })
  admin = scopeOf(ada, project, ['admin'])
  lead = scopeOf(ada, project, ['lead'])
})

const event = (over: Partial<AuditEvent> = {}): AuditEvent => ({
  projectId: project.id,
  actor: { id: ada.id, name: ada.name },
  action: 'project.changed',
  subject: 'project',
  subjectId: project.id,
  detail: { name: { from: 'ä', to: '"quoted"\n' } },
  ...over,
})

const write = (...events: AuditEvent[]) => store.write((tx) => record(tx, ...events))

const written = (n: number) => write(...Array.from({ length: n }, (_, i) => event({ subjectId: `subject-${i + 1}` })))

const rehashed = async (number: number, change: Partial<typeof auditEntries.$inferSelect>) => {
  const [row] = await store.read.select().from(auditEntries).where(eq(auditEntries.number, number))
  if (!row) throw new Error('no such entry')
  const fields = { ...row, ...change }
  return { ...fields, hash: hashOf(fields) }
}

describe('the chain', () => {
  it('is whole where nothing was written, and where much was', async () => {
    expect(await verifyChain(store)).toEqual({ entries: 0, head: GENESIS, broken: null })
    await written(2500)
    const { entries, head, broken } = await verifyChain(store)
    expect({ entries, broken }).toEqual({ entries: 2500, broken: null })
    const [last] = await store.read.select().from(auditEntries).where(eq(auditEntries.number, 2500))
    expect(head).toBe(last?.hash)
  })

  it('stays whole when many write at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) =>
        store.write(async (tx) => {
          await record(tx, event({ subjectId: `${i}-a` }), event({ subjectId: `${i}-b` }))
          if (i % 3 === 0) throw new Error('taken back')
        }),
      ),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(40)
    expect(await verifyChain(store)).toMatchObject({ entries: 80, broken: null })
  })

  it('is not to be changed by the way the app has to the database', async () => {
    await written(2)
    const change = store.write(async (tx) => void (await tx.update(auditEntries).set({ actorName: 'Eve' })))
    await expect(change).rejects.toThrow()
    await expect(store.write(async (tx) => void (await tx.delete(auditEntries)))).rejects.toThrow()
  })
})

describe('tampering with the database itself', () => {
  beforeEach(() => written(9))

  it.each([
    ['a detail', sql`update audit_entries set detail = '{}' where number = 4`, 4],
    ['who it was', sql`update audit_entries set actor_name = 'Eve' where number = 5`, 5],
    ['when it was', sql`update audit_entries set at = at + 1 where number = 9`, 9],
    ['the project', sql`update audit_entries set project_id = null where number = 2`, 2],
    ['a hash', sql`update audit_entries set hash = ${'f'.repeat(64)} where number = 3`, 3],
    ['an entry, taken out', sql`delete from audit_entries where number = 6`, 7],
    ['the first entries, taken out', sql`delete from audit_entries where number < 4`, 4],
  ])('is found: %s', async (_what, change, number) => {
    await tamper(store, change)
    const { broken, entries } = await verifyChain(store)
    expect(broken?.number).toBe(number)
    expect(entries).toBeLessThan(number)
  })

  it('says which entries are missing', async () => {
    await tamper(store, sql`delete from audit_entries where number in (5, 6)`)
    expect((await verifyChain(store)).broken).toEqual({ number: 7, why: 'Entries 5 to 6 are missing.' })
    await tamper(store, sql`delete from audit_entries where number = 2`)
    expect((await verifyChain(store)).broken).toEqual({ number: 3, why: 'Entry 2 is missing.' })
  })

  it('is found at the next entry where an entry was written anew with a hash that fits', async () => {
    const { detail, hash } = await rehashed(4, { detail: '{}' })
    await tamper(store, sql`update audit_entries set detail = ${detail}, hash = ${hash} where number = 4`)
    expect((await verifyChain(store)).broken).toMatchObject({ number: 5, why: expect.stringContaining('entry 4') })
  })

  it('is found against a head kept elsewhere where the end was cut off, or all of it written anew', async () => {
    const { head } = await verifyChain(store)
    await written(3)
    expect((await verifyChain(store, head)).broken).toBeNull()
    await tamper(store, sql`delete from audit_entries where number > 8`)
    expect((await verifyChain(store)).broken).toBeNull()
    expect((await verifyChain(store, head)).broken).toMatchObject({ number: 9, why: expect.stringContaining('cut') })
    await written(5)
    expect((await verifyChain(store, head)).broken).not.toBeNull()
    await tamper(store, sql`delete from audit_entries`)
    expect(await verifyChain(store, head)).toMatchObject({ entries: 0, broken: { number: 1 } })
    expect((await verifyChain(store, GENESIS)).broken).toBeNull()
  })
})

const ALL: AuditFilter = {
  action: null,
  personId: null,
  subject: null,
  subjectId: null,
  from: null,
  to: null,
  before: null,
}

const sentences = async (scope: Scope, over: Partial<AuditFilter> = {}) =>
  (await listEntries(store, scope, { ...ALL, ...over }, 50)).entries.map(
    ({ actor, sentence }) => `${actor} ${sentence}`,
  )

describe('the page', () => {
  it('tells each entry as a sentence, with names as they are now', async () => {
    const bo = await store.write((tx) => addPerson(tx, project, ['rater'], { name: 'Bo' }))
    await write(
      event({ action: 'roles.changed', subject: 'person', subjectId: bo.id, detail: { added: ['lead'], removed: [] } }),
      event({ action: 'invitation.made', subject: 'invitation', detail: { name: 'Cy', roles: ['rater', 'lead'] } }),
      event({ action: 'gizmo.turned-over', subject: 'gizmo', subjectId: 'g', detail: { name: 'The big one' } }),
    )
    expect(await sentences(lead)).toEqual([
      'Ada turned over the gizmo “The big one”',
      'Ada invited Cy as rater, lead',
      'Ada changed the roles of Bo: gave lead, took nothing',
    ])
  })

  it('has a sentence for every action that the code records', () => {
    const sources = ['app/evaluation', 'app/auth', 'db/seed'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|sentence\.ts$/.test(path))
        .map((path) => readFileSync(join(folder, path), 'utf8')),
    )
    const dotted = sources.flatMap((source) =>
      [...source.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map((found) => found[1] ?? ''),
    )
    const recorded = dotted.filter((word) => !(word in PERMISSIONS) && !/\.(jsonl?|csv)$/.test(word))
    expect(recorded.length).toBeGreaterThan(20)
    expect(recorded.filter((action) => !ACTIONS.includes(action))).toEqual([])
    const imports = IMPORT_KINDS.map((kind) => `${kind}.imported`)
    expect(ACTIONS.filter((action) => !recorded.includes(action) && !imports.includes(action))).toEqual([])
  })

  it('shows a project its own entries, and to its admins also what its people did with their accounts', async () => {
    const other = await store.write((tx) => addProject(tx))
    const eve = await store.write((tx) => addPerson(tx, other, ['admin'], { name: 'Eve' }))
    const signedIn = (person: Person) =>
      event({
        projectId: null,
        actor: { id: person.id, name: person.name },
        action: 'session.opened',
        subject: 'person',
        subjectId: person.id,
      })
    await write(event(), event({ projectId: other.id }), signedIn(ada), signedIn(eve))
    expect(await sentences(lead)).toHaveLength(1)
    expect(await sentences(admin)).toEqual(['Ada signed in', expect.stringContaining('settings')])
    await expect(listEntries(store, { ...admin, roles: ['owner'] }, ALL, 50)).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('is filtered by action, person, subject and date, and comes in pages', async () => {
    const bo = await store.write((tx) => addPerson(tx, project, ['rater'], { name: 'Bo' }))
    await written(7)
    await write(event({ action: 'item.skipped', subject: 'item', subjectId: 'i', actor: { id: bo.id, name: 'Bo' } }))
    const [entry] = await store.read.select().from(auditEntries).where(eq(auditEntries.number, 8))
    const at = entry?.at ?? 0
    expect(await sentences(lead, { action: 'item.skipped' })).toHaveLength(1)
    expect(await sentences(lead, { personId: bo.id })).toHaveLength(1)
    expect(await sentences(lead, { subject: 'project' })).toHaveLength(7)
    expect(await sentences(lead, { subject: 'project', subjectId: 'subject-3' })).toHaveLength(1)
    expect(await sentences(lead, { from: at + 1 })).toHaveLength(0)
    expect(await sentences(lead, { to: at + 1 })).toHaveLength(8)
    const first = await listEntries(store, lead, ALL, 5)
    expect([first.entries.map(({ number }) => number), first.older]).toEqual([[8, 7, 6, 5, 4], 4])
    const second = await listEntries(store, lead, { ...ALL, before: first.older }, 5)
    expect([second.entries.map(({ number }) => number), second.older]).toEqual([[3, 2, 1], null])
  })

  it('exports what can be hashed again', async () => {
    await written(5)
    const rows = []
    for await (const page of readEntries(store, lead, ALL, 2)) rows.push(...page)
    expect(rows.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1])
    expect(rows.every((row) => hashOf(row) === row.hash)).toBe(true)
  })
})

describe('assay audit', () => {
  it('prints the head, and takes it back as proof', async () => {
    await written(3)
    const { written: said, io } = collectedOutput()
    expect(await verifyIn(store, io)).toBe(0)
    const head = /head ([0-9a-f]{64})/.exec(said.stdout)?.[1]
    expect(said.stdout).toContain('in order: 3 entries')
    expect(await verifyIn(store, io, head)).toBe(0)
    await tamper(store, sql`delete from audit_entries where number = 3`)
    expect(await verifyIn(store, io, head)).toBe(1)
    expect(said.stderr).toContain('broken at entry 3')
  })

  it('exports the whole chain, the oldest first', async () => {
    await write(event(), event({ projectId: null }))
    const { written: said, io } = collectedOutput()
    await exportFrom(store, io)
    const rows = said.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.map((row) => row.number)).toEqual([1, 2])
    expect(rows.every((row) => hashOf(row) === row.hash)).toBe(true)
  })

  it.each([
    [['verify', '--expect', 'abc'], '64 hexadecimal digits'],
    [['mend'], 'no command "mend"'],
    [['verify', '--frob'], '--frob'],
  ])('explains itself when asked %j', async (argv, message) => {
    const { written: said, io } = collectedOutput()
    expect(await runAudit(argv, io)).toBe(2)
    expect(said.stderr).toContain(message)
    expect(said.stderr).toContain('usage:')
  })
})
