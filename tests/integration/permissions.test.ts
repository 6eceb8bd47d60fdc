/**
 * Asks every route of app/routes.ts, as everybody there is, and compares with the table of permissions. A new route fails
 * here until tests/support/expected-routes.ts says what it asks for.
 */
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { can, PERMISSIONS, type Permission } from '#app/auth/permissions.ts'
import { users } from '#db/schema/people.ts'
import type { Role } from '#db/schema/roles.ts'
import type { Store } from '#db/store.server.ts'
import { type Asked, EXPECTED, type Expected } from '#tests/support/expected-routes.ts'
import { type Answer, ask, type Route, routes } from '#tests/support/routes.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'
import { addTerritory, marksIn, type Territory, VISITORS, type Visitor } from '#tests/support/territory.ts'

/** What a rater's browser may be told of the project, on the pages where an item is rated or looked back on; elsewhere less. */
const RATERS_MAY_SEE = ['input', 'answer', 'round', 'project']

/** A database of its own, for what may change it. */
async function freshTerritory(): Promise<Territory> {
  const store: Store = await freshStore()
  serveFrom(store)
  const territory = await addTerritory(store)
  await store.write(async (tx) => {
    const { id } = territory.people.disabled
    await tx.update(users).set({ disabledAt: 1 }).where(eq(users.id, id))
  })
  return territory
}

const SAME_ORIGIN = { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost:3000' }

const headersOf = ({ cookies }: Territory, visitor: Visitor): Record<string, string> => ({
  ...SAME_ORIGIN,
  Cookie: cookies[visitor],
})

const NO_BODY_FITS: readonly (readonly [string, BodyInit, string])[] = [
  ['an empty form', '', 'application/x-www-form-urlencoded'],
  ['empty JSON', '{}', 'application/json'],
  ['broken JSON', '{"a":', 'application/json'],
  ['another kind of JSON', '[1]', 'application/json'],
  ['a broken upload', '--x\r\nContent-', 'multipart/form-data; boundary=x'],
  ['bytes', new Uint8Array([0xff, 0xfe, 0x00]), 'application/octet-stream'],
]

function verdictOf({ status, text, location }: Answer): string {
  if (status === 401 || location.startsWith('/sign-in?')) return 'signed out'
  if (status === 403) return 'forbidden'
  if (status === 404 && text.includes('This project')) return 'hidden'
  if (status === 404 && text.includes('This calendar')) return 'shut out'
  return 'let in'
}

/** What the table of permissions says to a visitor who asks for this. */
function due(asked: Asked, visitor: Visitor): string {
  if (asked === 'anybody') return 'let in'
  if (asked === 'by secret') return 'shut out'
  if (visitor === 'signed out' || visitor === 'disabled') return 'signed out'
  if (asked === 'signed in') return 'let in'
  if (asked === 'admins') return visitor === 'admin' || visitor === 'outsider' ? 'let in' : 'forbidden'
  if (visitor === 'outsider') return 'hidden'
  return can([visitor], asked) ? 'let in' : 'forbidden'
}

describe('the table of routes', () => {
  it('says of each what it asks for, and of none that is not there', () => {
    expect([...new Set(routes.map(({ file }) => file))].sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  it('has no page of a project that anybody may see', () => {
    const open = routes.filter(
      ({ file, path }) =>
        path.startsWith('/p/:project') &&
        Object.values(EXPECTED[file] ?? {}).some((asked) => asked !== 'by secret' && !(asked in PERMISSIONS)),
    )
    expect(open).toEqual([])
  })
})

const expectedOf = ({ file }: Route): Expected => EXPECTED[file] ?? {}
const inProject = ({ params }: Route): boolean => params.includes('project')
const reading = routes.filter((route) => expectedOf(route).loader !== undefined)
const changing = routes.filter((route) => expectedOf(route).action !== undefined)

const FOREIGN: readonly Record<string, string>[] = [
  {},
  { Origin: 'https://evil.example' },
  { Origin: 'null' },
  { Origin: 'http://localhost:3001' },
  { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost:3000' },
  { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:3000' },
  { 'Sec-Fetch-Site': 'none' },
]

/** Somebody who gets as far as the route's own work. */
function welcome(route: Route): Visitor {
  const asked = expectedOf(route).action ?? 'anybody'
  return VISITORS.find((visitor) => due(asked, visitor) === 'let in') ?? 'signed out'
}

/** Asks as everybody there is, and holds each answer against the table, and against what the visitor may read. */
async function probe(territory: Territory, route: Route, kind: 'loader' | 'action'): Promise<void> {
  const asked = expectedOf(route)[kind] ?? 'anybody'
  const allowed = /routes\/rate\//.test(route.file) ? RATERS_MAY_SEE : ['project', 'round']
  for (const visitor of VISITORS) {
    const answer = await ask(route, kind, { params: territory.params, headers: headersOf(territory, visitor) })
    expect([visitor, verdictOf(answer)]).toEqual([visitor, due(asked, visitor)])
    const marks = marksIn(answer.text)
    if (visitor === 'rater') expect(marks.filter((mark) => !allowed.includes(mark))).toEqual([])
    if (visitor === 'outsider' || visitor === 'disabled' || visitor === 'signed out') expect(marks).toEqual([])
  }
}

/** Asks for what is in one project by the address of another, in which the visitor may do everything. */
async function reachAcross(territory: Territory, route: Route, kind: 'loader' | 'action'): Promise<void> {
  const params = { ...territory.params, project: territory.elsewhere.slug }
  const { text } = await ask(route, kind, { params, headers: headersOf(territory, 'outsider') })
  expect(marksIn(text)).toEqual([])
}

describe('every route', () => {
  it.each(routes)('answers exactly what it is expected to, and has a loader if it is a page: $file', async (route) => {
    const { loader, action, default: page } = await route.load()
    const expected = expectedOf(route)
    expect({ loader: Boolean(loader), action: Boolean(action) }).toEqual({
      loader: expected.loader !== undefined,
      action: expected.action !== undefined,
    })
    if (page) expect(loader).toBeDefined()
  })
})

describe('what is read', () => {
  let territory: Territory
  beforeAll(async () => {
    territory = await freshTerritory()
  })

  it.each(reading)('lets in those whom the table grants it, and tells nobody more: $file', async (route) => {
    await probe(territory, route, 'loader')
  })

  it.each(reading.filter(inProject))('shows nothing of one project through another: $file', async (route) => {
    await reachAcross(territory, route, 'loader')
  })
})

describe('what changes something', () => {
  let territory: Territory
  beforeEach(async () => {
    territory = await freshTerritory()
  })

  it.each(changing)('lets in those whom the table grants it, and tells nobody more: $file', async (route) => {
    await probe(territory, route, 'action')
    if (inProject(route)) await reachAcross(territory, route, 'action')
  })

  it.each(changing)('refuses a foreign page, and does not break of what is no form: $file', async (route) => {
    const visitor = welcome(route)
    for (const headers of FOREIGN) {
      const sent = { ...headers, Cookie: territory.cookies[visitor] }
      const { status } = await ask(route, 'action', { params: territory.params, headers: sent })
      expect([headers, status]).toEqual([headers, route.file === 'routes/account/missing.tsx' ? 404 : 403])
    }
    for (const [what, body, type] of NO_BODY_FITS) {
      const headers = { ...headersOf(territory, visitor), 'Content-Type': type }
      const answer = await ask(route, 'action', { params: territory.params, headers, body }).catch(String)
      expect([what, answer]).toEqual([what, expect.objectContaining({ status: expect.any(Number) })])
      expect([what, typeof answer === 'object' && answer.status < 500]).toEqual([what, true])
    }
  })

  it('lets an older browser in, which tells its Origin only', async () => {
    const route = routes.find(({ file }) => file === 'routes/account/account.tsx') as Route
    const headers = { Origin: 'http://localhost:3000', Cookie: territory.cookies.rater }
    const body = new URLSearchParams({ intent: 'keys' })
    expect((await ask(route, 'action', { params: {}, headers, body })).status).toBe(200)
  })
})

const ROLES_IN_TABLE: readonly Role[] = ['rater', 'owner', 'lead', 'builder', 'admin']

describe('the table of permissions', () => {
  it('keeps an admin, and a builder, from cases and ratings', () => {
    for (const permission of [
      'cases.read',
      'cases.write',
      'references.write',
      'ratings.read',
      'rounds.read',
    ] as const) {
      expect(
        ROLES_IN_TABLE.filter((role) => can([role], permission) && ['admin', 'builder', 'rater'].includes(role)),
      ).toEqual([])
    }
  })

  it('gives a rater the items, references to write, rubrics and this table alone', () => {
    const granted = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => can(['rater'], permission))
    expect(granted).toEqual(['items.rate', 'references.take', 'rubrics.read', 'calibration.own', 'permissions.read'])
  })
})
