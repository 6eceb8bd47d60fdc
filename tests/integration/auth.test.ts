import { count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { replaceAmbient } from '#app/ambient.ts'
import { forgetOldPlaces } from '#app/auth/known-places.server.ts'
import { hashPassword } from '#app/auth/password.server.ts'
import { type Credentials, signIn } from '#app/auth/sign-in.server.ts'
import { beginAttempt, forgetOldFailures } from '#app/auth/throttle.server.ts'
import { MINUTE_MS } from '#app/auth/throttle.ts'
import { knownPlaces, type sessions, signInFailures, users } from '#db/schema/people.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, type Person } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { times } from '#tests/support/kind-of.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'

const PASSWORD = 'three quiet words'
const HOME = '203.0.113.7'
const DAY_MS = 86_400_000

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

/** Counts a failed try without taking the time of a real one. */
const guessing = (over: { account?: string; network?: string } = {}) =>
  beginAttempt(store, {
    account: 'ada@example.org',
    network: HOME,
    browser: null,
    knownBrowser: false,
    knownNetwork: false,
    ...over,
  }).catch(() => undefined)

const countOf = async (table: typeof signInFailures | typeof knownPlaces | typeof sessions): Promise<number> => {
  const [row] = await store.read.select({ n: count() }).from(table)
  return row?.n ?? 0
}

describe('signing in', () => {
  it('takes the email in any case and with spaces around it', async () => {
    expect((await trying({ email: '  ADA@Example.org ' })).user).toEqual({ id: ada.id, name: 'Ada' })
  })

  it('says the same of a wrong password and of an email nobody has', async () => {
    const wrong = await trying({ password: 'x' }).catch((error: Error) => error.message)
    const nobody = await trying({ email: 'nobody@example.org' }).catch((error: Error) => error.message)
    expect(wrong).toBe(nobody)
    expect(wrong).toContain('do not belong together')
  })

  it('says what is missing', async () => {
    await expect(trying({ email: ' ', password: '' })).rejects.toMatchObject({
      fields: { email: expect.any(String), password: expect.any(String) },
    })
    expect(await countOf(signInFailures)).toBe(0)
  })

  it('lets nobody into a disabled account, and says so only to who knows the password', async () => {
    await store.write(
      async (tx) => void (await tx.update(users).set({ disabledAt: clock }).where(eq(users.id, ada.id))),
    )
    await expect(trying()).rejects.toThrow('disabled')
    await expect(trying({ password: 'x' })).rejects.toThrow('do not belong together')
  })

  it('is written to the audit log', async () => {
    await trying()
    const entries = await store.read.select().from(auditEntries)
    expect(entries.map(({ action, actorId }) => ({ action, actorId }))).toEqual([
      { action: 'session.opened', actorId: ada.id },
    ])
  })
})

describe('throttling', () => {
  it('asks to wait after five failures from one network, right password or not, and says how long', async () => {
    await times(5, () => failing())
    const refused = await trying().catch((error: Error) => error)
    expect(refused).toMatchObject({ kind: 'throttled', message: expect.stringContaining('15 minutes') })
    clock += 16 * MINUTE_MS
    expect((await trying()).user.id).toBe(ada.id)
  })

  it('holds for tries sent all at once', async () => {
    const kinds = await times(30, () => failing())
    expect(kinds.filter((kind) => kind === 'invalid')).toHaveLength(5)
    expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(25)
  })

  it('treats an email nobody has alike', async () => {
    const kinds = await times(6, () => failing({ email: 'nobody@example.org' }))
    expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(1)
  })

  it('keeps nobody out for an attacker: not their browser, not their network', async () => {
    const { browser } = await trying()
    await times(250, (i) => guessing({ network: `198.51.100.${i}` }))
    expect(await failing({ address: '198.51.100.1' })).toBe('throttled')
    expect((await trying()).user.id).toBe(ada.id)
    expect((await trying({ address: '192.0.2.50', browser })).user.id).toBe(ada.id)
    await times(60, (i) => guessing({ account: `someone-${i}@example.org` }))
    expect(await failing()).toBe('throttled')
    expect((await trying({ browser })).user.id).toBe(ada.id)
  })

  it('counts a known browser too', async () => {
    const { browser } = await trying()
    const kinds = await times(12, () => failing({ browser }))
    expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(2)
  })

  it('does not take another account’s browser for a known one', async () => {
    const passwordHash = await hashPassword(PASSWORD)
    await store.write(
      async (tx) => void (await addPerson(tx, { id: '' }, [], { email: 'eve@example.org', passwordHash })),
    )
    const { browser } = await trying({ email: 'eve@example.org', address: '198.51.100.9' })
    const kinds = await times(7, () => failing({ browser, address: '198.51.100.9' }))
    expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(2)
  })

  it('starts again after a success from the same place', async () => {
    await times(4, () => failing())
    await trying()
    expect(await countOf(signInFailures)).toBe(4 * 2)
    const kinds = await times(5, () => failing())
    expect(kinds).not.toContain('throttled')
  })

  it('does not let a success wipe what the network has done to others', async () => {
    await times(50, (i) => guessing({ account: `someone-${i}@example.org` }))
    await trying({ browser: (await trying({ address: '192.0.2.1' })).browser })
    expect(await failing({ email: 'one-more@example.org' })).toBe('throttled')
  })

  it('removes failures and places that count no more', async () => {
    await failing()
    await trying()
    expect(await countOf(knownPlaces)).toBe(2)
    clock += 61 * MINUTE_MS
    await forgetOldFailures(store)
    await forgetOldPlaces(store)
    expect(await countOf(signInFailures)).toBe(0)
    expect(await countOf(knownPlaces)).toBe(2)
    clock += 401 * DAY_MS
    await forgetOldPlaces(store)
    expect(await countOf(knownPlaces)).toBe(0)
  })
})
