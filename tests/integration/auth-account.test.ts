import { count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { replaceAmbient } from '#app/ambient.ts'
import { changeName, changePassword, setSingleKeys, signOutEverywhere } from '#app/auth/account.server.ts'
import { hashPassword } from '#app/auth/password.server.ts'
import { openSession, readSession } from '#app/auth/session.server.ts'
import { endSession, listSessions } from '#app/auth/session-list.server.ts'
import { createSetupToken, isSetupToken, isUntouched, setUp } from '#app/auth/setup.server.ts'
import { type Credentials, signIn } from '#app/auth/sign-in.server.ts'
import { knownPlaces, memberships, sessions, type signInFailures, users } from '#db/schema/people.ts'
import { addPerson, addProject, type Person } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { times } from '#tests/support/kind-of.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'

const PASSWORD = 'three quiet words'
const HOME = '203.0.113.7'

let store: Store
let ada: Person
let clock = 0

beforeEach(async () => {
  store = await freshStore()
  serveFrom(store)
  clock = Date.now()
  const back = replaceAmbient({ now: () => clock })
  const passwordHash = await hashPassword(PASSWORD)
  ada = await store.write(async (tx) =>
    addPerson(tx, await addProject(tx), ['rater'], { name: 'Ada', email: 'ada@example.org', passwordHash }),
  )
  return back
})

const trying = (over: Partial<Credentials> = {}) =>
  signIn(store, { email: 'ada@example.org', password: PASSWORD, address: HOME, browser: null, ...over })

const failing = (over: Partial<Credentials> = {}) =>
  trying({ password: 'not this one', ...over }).then(
    () => 'in',
    (error: { kind?: string; message: string }) => error.kind ?? error.message,
  )

const countOf = async (table: typeof signInFailures | typeof knownPlaces | typeof sessions): Promise<number> => {
  const [row] = await store.read.select({ n: count() }).from(table)
  return row?.n ?? 0
}

const cookieOf = (header: string) => header.split(';')[0] ?? ''
const requestWith = (cookie: string) => new Request('http://localhost:3000/', { headers: { Cookie: cookie } })

describe('sessions', () => {
  it('are known by a cookie whose content is not in the database', async () => {
    const cookie = cookieOf(await openSession(ada.id, 'Firefox'))
    const signedIn = await readSession(requestWith(cookie))
    expect(signedIn?.user.id).toBe(ada.id)
    const [row] = await store.read.select().from(sessions)
    expect(cookie).not.toContain(row?.id)
    expect(await readSession(requestWith(`assay=${row?.id}`))).toBeNull()
  })

  it('are listed, and end one by one; not those of others', async () => {
    const here = await readSession(requestWith(cookieOf(await openSession(ada.id, 'here'))))
    await openSession(ada.id, 'there')
    const other = await store.write(async (tx) => addPerson(tx, await addProject(tx), ['rater']))
    await openSession(other.id, 'elsewhere')
    const [elsewhere] = await listSessions(store, other.id, '')
    const listed = await listSessions(store, ada.id, here?.sessionId ?? '')
    expect(listed.map(({ userAgent, current }) => [userAgent, current]).sort()).toEqual([
      ['here', true],
      ['there', false],
    ])
    await endSession(store, ada.id, elsewhere?.id ?? '')
    expect(await listSessions(store, other.id, '')).toHaveLength(1)
    await endSession(store, ada.id, listed.find((one) => !one.current)?.id ?? '')
    expect(await listSessions(store, ada.id, '')).toHaveLength(1)
  })

  it('all end at once, with what was known of places', async () => {
    await trying()
    const cookie = cookieOf(await openSession(ada.id, 'here'))
    await signOutEverywhere(store, ada)
    expect(await readSession(requestWith(cookie))).toBeNull()
    expect(await countOf(knownPlaces)).toBe(0)
  })

  it('end when the account is disabled', async () => {
    const cookie = cookieOf(await openSession(ada.id, 'here'))
    await store.write(
      async (tx) => void (await tx.update(users).set({ disabledAt: clock }).where(eq(users.id, ada.id))),
    )
    expect(await readSession(requestWith(cookie))).toBeNull()
  })
})

describe('one’s own account', () => {
  it('changes the password after the present one, and signs every other browser out', async () => {
    const here = await readSession(requestWith(cookieOf(await openSession(ada.id, 'here'))))
    await openSession(ada.id, 'there')
    const change = { next: 'other quiet words', sessionId: here?.sessionId ?? '', address: HOME, browser: null }
    await expect(changePassword(store, ada, { ...change, present: 'wrong' })).rejects.toMatchObject({
      fields: { present: expect.any(String) },
    })
    await expect(changePassword(store, ada, { ...change, present: PASSWORD, next: 'short' })).rejects.toMatchObject({
      fields: { next: expect.any(String) },
    })
    await changePassword(store, ada, { ...change, present: PASSWORD })
    expect((await listSessions(store, ada.id, here?.sessionId ?? '')).map((one) => one.current)).toEqual([true])
    expect(await failing({ password: PASSWORD })).toBe('invalid')
    expect((await trying({ password: 'other quiet words' })).user.id).toBe(ada.id)
  })

  it('is no place to guess the present password at leisure', async () => {
    const change = { next: 'other quiet words', sessionId: '', address: HOME, browser: null, present: 'wrong' }
    const kinds = await times(7, () =>
      changePassword(store, ada, change).catch((error: { kind: string }) => error.kind),
    )
    expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(2)
  })

  it('changes name and keys', async () => {
    await changeName(store, ada, '  Ada   Moreau ')
    await setSingleKeys(store, ada, false)
    const [row] = await store.read.select().from(users).where(eq(users.id, ada.id))
    expect(row).toMatchObject({ name: 'Ada Moreau', singleKeys: false })
    await expect(changeName(store, ada, ' ')).rejects.toMatchObject({ fields: { name: 'Enter a name.' } })
  })
})

describe('the first start', () => {
  const entered = (token: string) => ({
    token,
    person: { name: 'Ruth', email: ' Ruth@Example.org', password: PASSWORD },
    project: { name: 'Answers', slug: 'answers', description: '', categories: ['a'], userSegments: ['b'] },
    roles: ['owner', 'lead'] as const,
  })

  it('is over where there is anybody', async () => {
    expect(await createSetupToken(store)).toBeNull()
    expect(await isUntouched(store)).toBe(false)
  })

  it('makes the first admin and project once, with the token printed last', async () => {
    const empty = await freshStore()
    serveFrom(empty)
    const former = await createSetupToken(empty)
    const token = await createSetupToken(empty)
    expect(await isSetupToken(empty, former ?? '')).toBe(false)
    expect(await isSetupToken(empty, token ?? '')).toBe(true)
    await expect(setUp(empty, entered(former ?? ''))).rejects.toMatchObject({ kind: 'gone' })
    const ways = await times(2, () => setUp(empty, entered(token ?? '')).catch((error: { kind: string }) => error.kind))
    expect(ways.filter((way) => way === 'gone')).toHaveLength(1)
    const held = await empty.read.select({ role: memberships.role }).from(memberships)
    expect(held.map(({ role }) => role).sort()).toEqual(['admin', 'lead', 'owner'])
    expect(await isSetupToken(empty, token ?? '')).toBe(false)
    expect(await createSetupToken(empty)).toBeNull()
    const { user } = await signIn(empty, {
      email: 'ruth@example.org',
      password: PASSWORD,
      address: HOME,
      browser: null,
    })
    expect(user.name).toBe('Ruth')
  })

  it('makes nothing of what is not right', async () => {
    const empty = await freshStore()
    const token = (await createSetupToken(empty)) ?? ''
    const wrong = { ...entered(token), person: { name: 'Ruth', email: 'ruth', password: 'short' } }
    await expect(setUp(empty, wrong)).rejects.toMatchObject({
      fields: { email: expect.any(String), password: expect.any(String) },
    })
    expect(await isSetupToken(empty, token)).toBe(true)
  })
})
