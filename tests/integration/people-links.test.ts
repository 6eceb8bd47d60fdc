import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { replaceAmbient } from '#app/ambient.ts'
import { acceptAsAccount, acceptAsNew, openInvitation, setPasswordByLink } from '#app/auth/invitation.server.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { openSession } from '#app/auth/session.server.ts'
import { listSessions } from '#app/auth/session-list.server.ts'
import { disableAccount } from '#app/evaluation/people/account-state.ts'
import { invitePerson, renewInvitation, revokeInvitation } from '#app/evaluation/people/invite.ts'
import { listInvitations } from '#app/evaluation/people/list-invitations.ts'
import { makePasswordLink } from '#app/evaluation/people/password-link.ts'
import { readPerson } from '#app/evaluation/people/read-person.ts'
import { memberships, type Role, users } from '#db/schema/people.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, type Person, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { kindOf } from '#tests/support/kind-of.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { actionsIn, addStaff, HASH, rolesOf } from '#tests/support/staff.ts'
import { freshStore } from '#tests/support/store.ts'

const DAY_MS = 86_400_000
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
  ;({ project, admin, rater, scope } = await addStaff(store))
  clock = Date.now()
  return replaceAmbient({ now: () => clock })
})

const person = (roles: Role[], over: Partial<Person> = {}, where: Project = project) =>
  store.write((tx) => addPerson(tx, where, roles, { passwordHash: HASH, ...over }))

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
    expect(await rolesOf(store, made?.id ?? '', project.id)).toEqual(['lead', 'rater'])
    expect(await kindOf(openInvitation(store, token))).toBe('gone')
    expect(await actionsIn(store)).toEqual(['invitation.made', 'invitation.accepted'])
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
    expect(await rolesOf(store, known.id, project.id)).toEqual(['lead', 'rater'])
    expect(await rolesOf(store, known.id, elsewhere.id)).toEqual(['owner'])
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
