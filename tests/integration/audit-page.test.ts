import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { PERMISSIONS, type Scope } from '#app/auth/permissions.ts'
import { type AuditFilter, listEntries, readEntries } from '#app/evaluation/audit/entries.ts'
import { type AuditEvent, hashOf, record } from '#app/evaluation/audit/record.ts'
import { ACTIONS } from '#app/evaluation/audit/sentence.ts'
import { IMPORT_KINDS } from '#app/evaluation/imports/kinds.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, type Person, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'

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
      'Ada changed the roles of Bo: gave lead',
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
    const recorded = dotted.filter((word) => !(word in PERMISSIONS) && !/\.(jsonl?|csv|key|md)$/.test(word))
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
