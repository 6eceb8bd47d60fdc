import { beforeEach, describe, expect, it } from 'vitest'
import { replaceAmbient } from '#app/ambient.ts'
import { openInvitation } from '#app/auth/invitation.server.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { openSession } from '#app/auth/session.server.ts'
import { listSessions } from '#app/auth/session-list.server.ts'
import { disableAccount, enableAccount } from '#app/evaluation/people/account-state.ts'
import { changeRoles } from '#app/evaluation/people/change-roles.ts'
import { listPeople } from '#app/evaluation/people/list-people.ts'
import { makePasswordLink } from '#app/evaluation/people/password-link.ts'
import { readPerson } from '#app/evaluation/people/read-person.ts'
import { memberships, type Role } from '#db/schema/people.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, type Person, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { kindOf } from '#tests/support/kind-of.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { actionsIn, addStaff, HASH, rolesOf } from '#tests/support/staff.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let project: Project
let admin: Person
let rater: Person
let scope: Scope
let clock = 0

beforeEach(async () => {
  store = await freshStore()
  serveFrom(store)
  ;({ project, admin, rater, scope } = await addStaff(store))
  clock = Date.now()
  return replaceAmbient({ now: () => clock })
})

const person = (roles: Role[], over: Partial<Person> = {}, where: Project = project) =>
  store.write((tx) => addPerson(tx, where, roles, { passwordHash: HASH, ...over }))

describe('roles', () => {
  it('are given and taken, and recorded as such', async () => {
    const changed = await changeRoles(store, scope, rater.id, { before: ['rater'], after: ['lead', 'owner'] })
    expect(changed).toEqual({ added: ['owner', 'lead'], removed: ['rater'] })
    expect(await rolesOf(store, rater.id, project.id)).toEqual(['lead', 'owner'])
    const [entry] = await store.read.select().from(auditEntries)
    expect(JSON.parse(entry?.detail ?? '')).toEqual({ name: 'Émile', added: ['owner', 'lead'], removed: ['rater'] })
  })

  it('are not changed on a stale page, and nothing is recorded where nothing changed', async () => {
    expect(await kindOf(changeRoles(store, scope, rater.id, { before: [], after: ['lead'] }))).toBe('stale')
    await changeRoles(store, scope, rater.id, { before: ['rater'], after: ['rater'] })
    expect(await actionsIn(store)).toEqual([])
  })

  it('all taken, end the membership', async () => {
    await changeRoles(store, scope, rater.id, { before: ['rater'], after: [] })
    expect(await kindOf(readPerson(store, scope, rater.id))).toBe('missing')
  })

  it('leave a project its last admin who can sign in', async () => {
    await person(['admin'], { disabledAt: clock })
    await person(['admin'], { passwordHash: null })
    expect(await kindOf(changeRoles(store, scope, admin.id, { before: ['admin'], after: [] }))).toBe('last-admin')
    expect((await readPerson(store, scope, admin.id)).lastAdmin).toBe(true)
    await person(['admin'])
    expect(await kindOf(changeRoles(store, scope, admin.id, { before: ['admin'], after: ['lead'] }))).toBe('done')
  })

  it('leave one of two admins who take each other’s away at the same moment', async () => {
    const second = await person(['admin'])
    const both = await Promise.all([
      kindOf(changeRoles(store, scope, second.id, { before: ['admin'], after: ['lead'] })),
      kindOf(changeRoles(store, scopeOf(second, project, ['admin']), admin.id, { before: ['admin'], after: ['lead'] })),
    ])
    expect(both.sort()).toEqual(['done', 'last-admin'])
  })
})

describe('an account', () => {
  it('is disabled with its sessions and password links, and enabled again', async () => {
    await openSession(rater.id, 'somewhere')
    const link = await makePasswordLink(store, scope, rater.id)
    await disableAccount(store, scope, rater.id)
    expect(await listSessions(store, rater.id, '')).toEqual([])
    expect(await kindOf(openInvitation(store, link))).toBe('gone')
    expect(await kindOf(makePasswordLink(store, scope, rater.id))).toBe('conflict')
    await disableAccount(store, scope, rater.id)
    await enableAccount(store, scope, rater.id)
    expect(await actionsIn(store)).toEqual(['password-link.made', 'account.disabled', 'account.enabled'])
  })

  it('is not one’s own to disable, nor the last admin’s of any project', async () => {
    expect(await kindOf(disableAccount(store, scope, admin.id))).toBe('conflict')
    const other = await store.write((tx) => addProject(tx))
    const theirs = await person(['admin'], {}, other)
    await store.write(async (tx) => {
      await tx.insert(memberships).values([
        { projectId: project.id, userId: theirs.id, role: 'rater', createdAt: clock },
        { projectId: other.id, userId: admin.id, role: 'admin', createdAt: clock },
      ])
    })
    await changeRoles(store, scopeOf(theirs, other, ['admin']), admin.id, { before: ['admin'], after: ['lead'] })
    expect(await kindOf(disableAccount(store, scope, theirs.id))).toBe('forbidden')
  })
})

describe('the list of people', () => {
  const find = (over: Partial<Parameters<typeof listPeople>[2]> = {}) =>
    listPeople(store, scope, { search: '', role: null, page: 1, size: 50, ...over })

  it('is sorted by name whatever the accents, and found without them', async () => {
    await person(['owner'], { name: 'Zoë', email: 'z@example.org' })
    await person(['lead', 'rater'], { name: 'ana', email: 'a@example.org' })
    expect((await find()).people.map(({ name }) => name)).toEqual(['ana', 'Edda', 'Émile', 'Zoë'])
    expect((await find({ search: 'EMILE' })).people.map(({ id }) => id)).toEqual([rater.id])
    expect((await find({ search: 'zoe' })).total).toBe(1)
    expect((await find({ search: 'a@ex' })).people[0]?.roles).toEqual(['rater', 'lead'])
    expect((await find({ role: 'rater' })).people.map(({ name }) => name)).toEqual(['ana', 'Émile'])
    expect((await find({ search: '%' })).total).toBe(0)
  })

  it('comes in pages', async () => {
    for (let i = 0; i < 5; i++) await person(['rater'], { name: `Rater ${i}` })
    const second = await find({ page: 2, size: 3 })
    expect(second.total).toBe(7)
    expect(second.people.map(({ name }) => name)).toEqual(['Rater 1', 'Rater 2', 'Rater 3'])
    expect((await find({ page: 9, size: 3 })).people).toEqual([])
  })

  it('is not for raters', async () => {
    const theirs = scopeOf(rater, project, ['rater'])
    const filter = { search: '', role: null, page: 1, size: 50 }
    expect(await kindOf(listPeople(store, theirs, filter))).toBe('forbidden')
    expect(await kindOf(readPerson(store, theirs, admin.id))).toBe('forbidden')
  })
})
