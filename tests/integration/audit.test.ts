import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { type AuditEvent, GENESIS, hashOf, record } from '#app/evaluation/audit/record.ts'
import { verifyChain } from '#app/evaluation/audit/verify.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, type Person, type Project } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { exportFrom, runAudit, verifyIn } from '#scripts/assay/audit.ts'
import { collectedOutput } from '#tests/support/output.ts'
import { freshStore } from '#tests/support/store.ts'
import { tamper } from '#tests/support/tampering.ts'

let store: Store
let project: Project
let ada: Person

beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    ada = await addPerson(tx, project, ['admin', 'lead'], { name: 'Ada' })
  })
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
