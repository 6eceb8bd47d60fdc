import { eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { caseRisks, madeAfter } from '#app/evaluation/contamination/amounts.ts'
import { caseRisk, contaminationOf } from '#app/evaluation/contamination/read.ts'
import { riskOf } from '#app/evaluation/contamination/risk.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { exposures } from '#db/schema/seal.ts'
import { addCase, addPerson, addProject, addSystemVersion, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'

const DAY = 86_400_000
const ENTERED = Date.UTC(2026, 0, 5)

let store: Store
let project: Project
let lead: Scope
let caseId: string
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    lead = scopeOf(await addPerson(tx, project, ['lead']), project, ['lead'])
    const old = await addSystemVersion(tx, project)
    await tx
      .update(systemVersions)
      .set({ createdAt: ENTERED - DAY })
      .where(eq(systemVersions.id, old.id))
    const made = await addCase(tx, project, old.id, { key: 'a' })
    caseId = made.caseId
    await tx
      .update(cases)
      .set({ createdAt: ENTERED - 300 * DAY, enteredPoolAt: ENTERED })
      .where(eq(cases.id, caseId))
    // What it was answered before it came into its pool does not count.
    await tx
      .update(responses)
      .set({ createdAt: ENTERED - DAY })
      .where(eq(responses.id, made.responseId))
  })
})

const addVersion = (at: number, answered: boolean) =>
  store.write(async (tx) => {
    const version = await addSystemVersion(tx, project)
    await tx.update(systemVersions).set({ createdAt: at }).where(eq(systemVersions.id, version.id))
    if (!answered) return
    const row = { id: newId(), projectId: project.id, caseId, systemVersionId: version.id, text: 'x', metadata: {} }
    await tx.insert(responses).values({ ...row, contentHash: 'x', createdAt: at })
  })

it('counts days, runs and versions since the case came into its pool, and exposures of its whole life', async () => {
  await addVersion(ENTERED + DAY, true)
  await addVersion(ENTERED + 2 * DAY, true)
  await addVersion(ENTERED + 3 * DAY, false)
  await store.write((tx) =>
    tx.insert(exposures).values({
      id: newId(),
      projectId: project.id,
      caseId,
      userId: lead.user.id,
      exposedFor: 'rating',
      openedAt: ENTERED - 100 * DAY,
    }),
  )
  const [one] = await caseRisks(store.read, project.id, { at: ENTERED + 10 * DAY })
  const amounts = { found: 0, runs: 2, changes: 3, age: 10, exposures: 1 }
  expect(one).toMatchObject({ id: caseId, key: 'a', pool: 'active', amounts, risk: riskOf(amounts) })
})

it('reckons no age for a sealed case, and nothing at all for a retired one', async () => {
  const set = (values: Partial<typeof cases.$inferInsert>) =>
    store.write((tx) => tx.update(cases).set(values).where(eq(cases.id, caseId)))
  await set({ pool: 'holdout', sealed: true })
  expect((await caseRisks(store.read, project.id, { at: ENTERED + 99 * DAY }))[0]?.amounts.age).toBe(0)
  await set({ pool: 'retired', sealed: false })
  expect(await caseRisk(store, lead, caseId)).toBeNull()
})

it('spreads the risk over pools and segments, lists the worst first, and changes when something happens', async () => {
  await store.write(async (tx) => {
    const system = await addSystemVersion(tx, project)
    await addCase(tx, project, system.id, { key: 'b', category: 'refusal' })
  })
  const before = await contaminationOf(store, lead)
  expect(before.spreads.map(({ pool, category, cases: n }) => [pool, category, n])).toEqual([
    ['active', null, 2],
    ['active', 'factual lookup', 1],
    ['active', 'refusal', 1],
  ])
  expect(before.worst.map(({ key }) => key)).toEqual(['a', 'b'])
  for (const { bins, cases: n } of before.spreads) expect(bins.reduce((sum, one) => sum + one, 0)).toBe(n)
  await addVersion(Date.now(), true)
  const after = await contaminationOf(store, lead)
  expect(after.worst[0]?.risk).toBeGreaterThan(before.worst[0]?.risk ?? 100)
})

it('is for owners and leads', async () => {
  await expect(contaminationOf(store, { ...lead, roles: ['builder'] })).rejects.toMatchObject({ kind: 'forbidden' })
})

it('counts moments later than another in a rising list', () => {
  expect([0, 1, 2, 3, 4].map((since) => madeAfter([1, 2, 2, 4], since))).toEqual([4, 3, 1, 1, 0])
})
