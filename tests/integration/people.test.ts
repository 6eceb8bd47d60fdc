import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { replaceAmbient } from '#app/ambient.ts'
import { acceptAsAccount, acceptAsNew, openInvitation, setPasswordByLink } from '#app/auth/invitation.server.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { openSession } from '#app/auth/session.server.ts'
import { listSessions } from '#app/auth/session-list.server.ts'
import { disableAccount, enableAccount } from '#app/evaluation/people/account-state.ts'
import { changeRoles } from '#app/evaluation/people/change-roles.ts'
import { invitePerson, renewInvitation, revokeInvitation } from '#app/evaluation/people/invite.ts'
import { listInvitations } from '#app/evaluation/people/list-invitations.ts'
import { listPeople } from '#app/evaluation/people/list-people.ts'
import { makePasswordLink } from '#app/evaluation/people/password-link.ts'
import { readPerson } from '#app/evaluation/people/read-person.ts'
import { changeProject, readProject } from '#app/evaluation/projects/change-project.ts'
import { makeProject } from '#app/evaluation/projects/make-project.ts'
import { memberships, type Role, users } from '#db/schema/people.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addCase, addPerson, addProject, addSystemVersion, type Person, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'

const DAY_MS = 86_400_000
const HASH = 'not a real hash'
const WORDS = 'four very quiet words'

let store: Store
let project: Project
let admin: Person
let rater: Person
let scope: Scope
let clock = 0

beforeEach(async () => {
  store = await freshStore()
  serveFrom(store)
  clock = Date.now()
  const back = replaceAmbient({ now: () => clock })
  await store.write(async (tx) => {
    project = await addProject(tx)
    admin = await addPerson(tx, project, ['admin'], { name: 'Edda', passwordHash: HASH })
    rater = await addPerson(tx, project, ['rater'], { name: 'Émile', email: 'emile@example.org', passwordHash: HASH })
  })
  scope = scopeOf(admin, project, ['admin'])
  return back
})

const person = (roles: Role[], over: Partial<Person> = {}, where: Project = project) =>
  store.write((tx) => addPerson(tx, where, roles, { passwordHash: HASH, ...over }))

const rolesOf = async (id: string, where: Project = project): Promise<string[]> => {
  const rows = await store.read
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, id), eq(memberships.projectId, where.id)))
  return rows.map(({ role }) => role).sort()
}

const actions = async (): Promise<string[]> =>
  (await store.read.select().from(auditEntries).orderBy(auditEntries.number)).map(({ action }) => action)

const kindOf = (result: Promise<unknown>): Promise<string> =>
  result.then(
    () => 'done',
    (error: { kind?: string; code?: string; message: string }) => error.code ?? error.kind ?? error.message,
  )

const invitee = { email: 'new@example.org', name: 'New', roles: ['rater', 'lead'] as Role[] }

describe('an invitation', () => {
  it('lets one person in, once, with the roles it names', async () => {
    const token = await invitePerson(store, scope, invitee)
    expect(await openInvitation(store, token)).toMatchObject({ kind: 'join', invitedBy: 'Edda', email: invitee.email })
    const tries = await Promise.all(
      [1, 2].map(() => kindOf(acceptAsNew(store, token, { name: 'Newcomer', password: WORDS }))),
    )
    expect(tries.filter((kind) => kind === 'done')).toHaveLength(1)
    const [made] = await store.read.select().from(users).where(eq(users.email, invitee.email))
    expect(made?.name).toBe('Newcomer')
    expect(await rolesOf(made?.id ?? '')).toEqual(['lead', 'rater'])
    expect(await kindOf(openInvitation(store, token))).toBe('gone')
    expect(await actions()).toEqual(['invitation.made', 'invitation.accepted'])
  })

  it('is stored as a hash only', async () => {
    const token = await invitePerson(store, scope, invitee)
    const [row] = await store.read.select().from(auditEntries)
    expect(JSON.stringify([await listInvitations(store, scope), row])).not.toContain(token)
    expect(await kindOf(openInvitation(store, `${token}x`))).toBe('missing')
  })

  it('asks for a better password and keeps the link usable', async () => {
    const token = await invitePerson(store, scope, invitee)
    expect(await kindOf(acceptAsNew(store, token, { name: 'New', password: 'short' }))).toBe('invalid')
    expect(await kindOf(acceptAsNew(store, token, { name: ' ', password: WORDS }))).toBe('invalid')
    expect(await kindOf(acceptAsNew(store, token, { name: 'New', password: WORDS }))).toBe('done')
  })

  it('expires after 14 days, and can be renewed: then only the new link works', async () => {
    const token = await invitePerson(store, scope, invitee)
    clock += 14 * DAY_MS
    expect(await kindOf(openInvitation(store, token))).toBe('gone')
    expect(await kindOf(acceptAsNew(store, token, { name: 'New', password: WORDS }))).toBe('gone')
    const [listed] = await listInvitations(store, scope)
    expect(listed?.state).toBe('expired')
    const renewed = await renewInvitation(store, scope, listed?.id ?? '')
    expect(await kindOf(openInvitation(store, token))).toBe('missing')
    expect(await kindOf(openInvitation(store, renewed.token))).toBe('done')
  })

  it('can be revoked', async () => {
    const token = await invitePerson(store, scope, invitee)
    const [listed] = await listInvitations(store, scope)
    await revokeInvitation(store, scope, listed?.id ?? '')
    expect(await kindOf(acceptAsNew(store, token, { name: 'New', password: WORDS }))).toBe('gone')
    expect(await kindOf(revokeInvitation(store, scope, listed?.id ?? ''))).toBe('gone')
    expect(await listInvitations(store, scope)).toEqual([])
  })

  it('is refused for somebody who works here or is invited already', async () => {
    expect(await kindOf(invitePerson(store, scope, { ...invitee, email: 'emile@example.org' }))).toBe('conflict')
    await invitePerson(store, scope, invitee)
    expect(await kindOf(invitePerson(store, scope, invitee))).toBe('conflict')
    clock += 15 * DAY_MS
    expect(await kindOf(invitePerson(store, scope, invitee))).toBe('done')
  })

  it('adds roles to an account from another project, and to nobody else’s', async () => {
    const elsewhere = await store.write((tx) => addProject(tx))
    const known = await person(['owner'], { email: 'known@example.org' }, elsewhere)
    const token = await invitePerson(store, scope, { ...invitee, email: 'known@example.org' })
    expect((await openInvitation(store, token)).kind).toBe('add')
    expect(await kindOf(acceptAsAccount(store, token, rater))).toBe('conflict')
    await acceptAsAccount(store, token, known)
    expect(await rolesOf(known.id)).toEqual(['lead', 'rater'])
    expect(await rolesOf(known.id, elsewhere)).toEqual(['owner'])
  })

  it('is made, renewed and revoked by admins of the project alone', async () => {
    const lead = { ...scope, roles: ['lead', 'owner'] as Role[] }
    expect(await kindOf(invitePerson(store, lead, invitee))).toBe('forbidden')
    await invitePerson(store, scope, invitee)
    const [listed] = await listInvitations(store, scope)
    const other = await store.write((tx) => addProject(tx))
    const foreign = scopeOf(await person(['admin'], {}, other), other, ['admin'])
    expect(await kindOf(renewInvitation(store, foreign, listed?.id ?? ''))).toBe('missing')
    expect(await kindOf(revokeInvitation(store, foreign, listed?.id ?? ''))).toBe('missing')
    expect(await kindOf(listInvitations(store, lead))).toBe('forbidden')
  })
})

describe('a password link', () => {
  it('sets a new password once and ends every session', async () => {
    await openSession(rater.id, 'somewhere')
    const former = await makePasswordLink(store, scope, rater.id)
    const token = await makePasswordLink(store, scope, rater.id)
    expect(await kindOf(openInvitation(store, former))).toBe('gone')
    expect((await openInvitation(store, token)).kind).toBe('password')
    expect(await kindOf(acceptAsNew(store, token, { name: 'X', password: WORDS }))).not.toBe('done')
    const link = await makePasswordLink(store, scope, rater.id)
    expect(await setPasswordByLink(store, link, WORDS)).toBe(rater.id)
    expect(await listSessions(store, rater.id, '')).toEqual([])
    expect(await kindOf(setPasswordByLink(store, link, WORDS))).toBe('gone')
  })

  it('is not what an invitation is', async () => {
    const token = await invitePerson(store, scope, invitee)
    expect(await kindOf(setPasswordByLink(store, token, WORDS))).toBe('conflict')
    expect((await openInvitation(store, token)).kind).toBe('join')
  })

  it('is not to be had for an account that also works where one is no admin', async () => {
    const elsewhere = await store.write((tx) => addProject(tx))
    await store.write(async (tx) => {
      await tx
        .insert(memberships)
        .values({ projectId: elsewhere.id, userId: rater.id, role: 'owner', createdAt: clock })
    })
    expect(await kindOf(makePasswordLink(store, scope, rater.id))).toBe('forbidden')
    expect(await kindOf(disableAccount(store, scope, rater.id))).toBe('forbidden')
    expect((await readPerson(store, scope, rater.id)).beyond).toBe(true)
    await store.write(async (tx) => {
      await tx
        .insert(memberships)
        .values({ projectId: elsewhere.id, userId: admin.id, role: 'admin', createdAt: clock })
    })
    expect(await kindOf(makePasswordLink(store, scope, rater.id))).toBe('done')
  })

  it('is no use for a rater known from an import, nor for somebody of another project', async () => {
    const imported = await person(['rater'], { email: null, passwordHash: null })
    expect(await kindOf(makePasswordLink(store, scope, imported.id))).toBe('conflict')
    const elsewhere = await store.write((tx) => addProject(tx))
    expect(await kindOf(makePasswordLink(store, scope, (await person(['rater'], {}, elsewhere)).id))).toBe('missing')
  })
})

describe('roles', () => {
  it('are given and taken, and recorded as such', async () => {
    const changed = await changeRoles(store, scope, rater.id, { before: ['rater'], after: ['lead', 'owner'] })
    expect(changed).toEqual({ added: ['owner', 'lead'], removed: ['rater'] })
    expect(await rolesOf(rater.id)).toEqual(['lead', 'owner'])
    const [entry] = await store.read.select().from(auditEntries)
    expect(JSON.parse(entry?.detail ?? '')).toEqual({ name: 'Émile', added: ['owner', 'lead'], removed: ['rater'] })
  })

  it('are not changed on a stale page, and nothing is recorded where nothing changed', async () => {
    expect(await kindOf(changeRoles(store, scope, rater.id, { before: [], after: ['lead'] }))).toBe('stale')
    await changeRoles(store, scope, rater.id, { before: ['rater'], after: ['rater'] })
    expect(await actions()).toEqual([])
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
    expect(await actions()).toEqual(['password-link.made', 'account.disabled', 'account.enabled'])
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

describe('a project', () => {
  const values = { name: 'Other', slug: 'other', description: '', categories: ['a'], userSegments: ['b'] }

  it('is made by an admin of another, who becomes its admin', async () => {
    expect(await kindOf(makeProject(store, rater, values, []))).toBe('forbidden')
    const made = await makeProject(store, admin, values, ['owner', 'lead'])
    expect(await rolesOf(admin.id, { ...project, id: made.id })).toEqual(['admin', 'lead', 'owner'])
    await expect(makeProject(store, admin, values, [])).rejects.toMatchObject({ fields: { slug: expect.any(String) } })
    expect(await actions()).toEqual(['project.made'])
  })

  it('is not changed over somebody else’s change', async () => {
    const { version, ...settings } = await readProject(store, scope)
    await changeProject(store, scope, { ...settings, name: 'First', version })
    expect(await kindOf(changeProject(store, scope, { ...settings, name: 'Second', version }))).toBe('stale')
    expect((await readProject(store, scope)).name).toBe('First')
    expect(await actions()).toEqual(['project.changed'])
  })

  it('keeps the categories and user segments that cases carry', async () => {
    await store.write(async (tx) => {
      const system = await addSystemVersion(tx, project)
      await addCase(tx, project, system.id, { category: 'reasoning', userSegment: 'novice' })
    })
    const { version, ...settings } = await readProject(store, scope)
    await expect(
      changeProject(store, scope, { ...settings, categories: ['refusal'], userSegments: ['expert'], version }),
    ).rejects.toMatchObject({
      fields: {
        categories: expect.stringContaining('"reasoning" (1 case)'),
        userSegments: expect.stringContaining('"novice" (1 case)'),
      },
    })
    await changeProject(store, scope, { ...settings, categories: ['reasoning', 'new'], version })
    expect((await readProject(store, scope)).categories).toEqual(['reasoning', 'new'])
  })
})
