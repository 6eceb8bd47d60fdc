import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { now, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import {
  answerToBreak,
  askToBreak,
  listBreakings,
  listWaiting,
  mayAnswer,
  OPEN_FOR_MS,
  withdrawBreaking,
} from '#app/evaluation/seal/break-glass.ts'
import { listExposures } from '#app/evaluation/seal/exposures.ts'
import { factsOfSealed } from '#app/evaluation/seal/facts.ts'
import { readBroken } from '#app/evaluation/seal/read-broken.ts'
import { cases } from '#db/schema/cases.ts'
import type { Role } from '#db/schema/roles.ts'
import { exposures } from '#db/schema/seal.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, addSystemVersion, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { addWholeCase, sealAway, textsWith } from '#tests/support/sealed.ts'
import { freshStore } from '#tests/support/store.ts'

const MARK = 'the-secret-mark'
const REASON = 'A member says that it holds her name.'

let store: Store
let project: Project
let caseId = ''
let restore = () => {}

beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    const system = await addSystemVersion(tx, project, 'v1')
    caseId = (await addWholeCase(tx, project, system.id, textsWith(MARK))).caseId
    await sealAway(tx, project, [caseId])
  })
})
afterEach(() => restore())

const as = (...roles: Role[]): Promise<Scope> =>
  store.write(async (tx) => scopeOf(await addPerson(tx, project, roles), project, roles))
const ask = (scope: Scope, role: 'lead' | 'admin' = 'lead') =>
  askToBreak(store, scope, { caseId, reason: REASON, as: role })
const answer = (scope: Scope, id: string, agreed = true) => answerToBreak(store, scope, { caseId, id, agreed })

describe('breaking a seal', () => {
  it('lets the two read the case for an hour, each reading on record; the case is burnt', async () => {
    const [lead, admin, other] = [await as('lead'), await as('admin'), await as('admin', 'lead')]
    const { id } = await ask(lead)
    await expect(readBroken(store, lead, id)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await listWaiting(store, admin)).toMatchObject([{ id, askedAs: 'lead', case: { id: caseId } }])
    await answer(admin, id)
    expect(await listWaiting(store, admin)).toEqual([])
    const broken = await readBroken(store, lead, id)
    expect(broken.input).toContain(MARK)
    expect(broken.documents[0]?.text).toContain(MARK)
    expect(broken.responses[0]).toMatchObject({ system: 'v1', text: expect.stringContaining(MARK) })
    expect(broken.references).toHaveLength(2)
    await readBroken(store, admin, id)
    await expect(readBroken(store, other, id)).rejects.toMatchObject({ kind: 'forbidden' })
    const rows = await store.read.select().from(exposures)
    expect(rows.map(({ exposedFor, breakGlassId }) => [exposedFor, breakGlassId])).toEqual([
      ['break-glass', id],
      ['break-glass', id],
    ])
    const [row] = await store.read.select().from(cases).where(eq(cases.id, caseId))
    expect(row?.burntAt).not.toBeNull()
    expect(row?.sealed).toBe(true)
    const later = now() + OPEN_FOR_MS + 1
    restore = replaceAmbient({ now: () => later })
    await expect(readBroken(store, lead, id)).rejects.toMatchObject({ kind: 'forbidden' })
    const told = (await store.read.select().from(auditEntries)).map(({ action }) => action)
    expect(told).toEqual(['seal.break-asked', 'seal.broken'])
  })

  it('takes two people in the two roles, of whom none is an owner or a builder', async () => {
    const [lead, second, both] = [await as('lead'), await as('lead'), await as('admin', 'lead')]
    const { id } = await ask(both, 'admin')
    await expect(answer(both, id)).rejects.toMatchObject({ kind: 'forbidden' })
    for (const barred of [await as('lead', 'owner'), await as('lead', 'builder')]) {
      await expect(answer(barred, id)).rejects.toMatchObject({ kind: 'forbidden' })
    }
    for (const none of [await as('rater'), await as('owner')]) {
      await expect(answer(none, id)).rejects.toMatchObject({ kind: 'forbidden' })
      await expect(ask(none)).rejects.toMatchObject({ kind: 'forbidden' })
    }
    await withdrawBreaking(store, both, { caseId, id })
    const asked = await ask(lead)
    await expect(answer(second, asked.id)).rejects.toMatchObject({ kind: 'forbidden' })
    const [shown] = await listBreakings(store, second, caseId)
    expect([second, both].map((scope) => shown && mayAnswer(scope, shown))).toEqual([false, true])
  })

  it('may be refused, and is asked for once at a time, with a reason', async () => {
    const [lead, admin] = [await as('lead'), await as('admin')]
    const empty = askToBreak(store, lead, { caseId, reason: '  ', as: 'lead' })
    await expect(empty).rejects.toMatchObject({ fields: { reason: expect.stringContaining('Say why') } })
    const { id } = await ask(lead)
    await expect(ask(admin, 'admin')).rejects.toMatchObject({ kind: 'conflict' })
    await answer(admin, id, false)
    await expect(answer(admin, id)).rejects.toMatchObject({ kind: 'conflict' })
    await expect(readBroken(store, lead, id)).rejects.toMatchObject({ kind: 'forbidden' })
    const [row] = await store.read.select().from(cases).where(eq(cases.id, caseId))
    expect(row?.burntAt).toBeNull()
    await ask(lead)
  })

  it('is no way into another project', async () => {
    const elsewhere = await store.write((tx) => addProject(tx))
    const stranger = await store.write(async (tx) =>
      scopeOf(await addPerson(tx, elsewhere, ['lead', 'admin']), elsewhere, ['lead', 'admin']),
    )
    await expect(ask(stranger)).rejects.toMatchObject({ kind: 'missing' })
    const { id } = await ask(await as('lead'))
    await expect(answer(stranger, id)).rejects.toMatchObject({ kind: 'missing' })
    await expect(readBroken(store, stranger, id)).rejects.toMatchObject({ kind: 'missing' })
  })
})

describe('the ledger', () => {
  it('counts and filters openings, and tells nothing of what is in the case', async () => {
    const [lead, admin, owner] = [await as('lead'), await as('admin'), await as('owner')]
    const { id } = await ask(lead)
    await answer(admin, id)
    await readBroken(store, lead, id)
    await readBroken(store, lead, id)
    await readBroken(store, admin, id)
    const everything = { key: '', personId: null, exposedFor: null, from: null, to: null, page: 1, size: 2 }
    const listed = await listExposures(store, owner, everything)
    expect(listed).toMatchObject({ total: 3, cases: 1, people: 2 })
    expect(listed.exposures).toHaveLength(2)
    expect(JSON.stringify(listed)).not.toContain(MARK)
    const only = async (over: object) => (await listExposures(store, owner, { ...everything, ...over })).total
    expect(await only({ personId: admin.user.id })).toBe(1)
    expect(await only({ exposedFor: 'rating' })).toBe(0)
    expect(await only({ key: 'no such case' })).toBe(0)
    expect(await only({ to: now() - 86_400_000 })).toBe(0)
    const facts = await factsOfSealed(store, owner, caseId)
    expect(facts).toMatchObject({ sealed: true, pool: 'holdout', answeredBy: ['v1'], seal: { openings: 3, people: 2 } })
    expect(JSON.stringify(facts)).not.toContain(MARK)
    await expect(listExposures(store, await as('rater'), everything)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
