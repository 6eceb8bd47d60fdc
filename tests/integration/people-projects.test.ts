import { beforeEach, describe, expect, it } from 'vitest'
import { newId, now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { changeProject, readProject } from '#app/evaluation/projects/change-project.ts'
import { makeProject } from '#app/evaluation/projects/make-project.ts'
import { traceRules } from '#db/schema/traces.ts'
import { addCase, addSystemVersion, type Person, type Project } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { kindOf } from '#tests/support/kind-of.ts'
import { actionsIn, addStaff, rolesOf } from '#tests/support/staff.ts'
import { freshStore } from '#tests/support/store.ts'
import { addTrace } from '#tests/support/traces.ts'

let store: Store
let project: Project
let admin: Person
let rater: Person
let scope: Scope

beforeEach(async () => {
  store = await freshStore()
  ;({ project, admin, rater, scope } = await addStaff(store))
})

describe('a project', () => {
  const values = { name: 'Other', slug: 'other', description: '', categories: ['a'], userSegments: ['b'] }

  it('is made by an admin of another, who becomes its admin', async () => {
    expect(await kindOf(makeProject(store, rater, values, []))).toBe('forbidden')
    const made = await makeProject(store, admin, values, ['owner', 'lead'])
    expect(await rolesOf(store, admin.id, made.id)).toEqual(['admin', 'lead', 'owner'])
    await expect(makeProject(store, admin, values, [])).rejects.toMatchObject({ fields: { slug: expect.any(String) } })
    expect(await actionsIn(store)).toEqual(['project.made'])
  })

  it('is not changed over somebody else’s change', async () => {
    const { version, ...settings } = await readProject(store, scope)
    await changeProject(store, scope, { ...settings, name: 'First', version })
    expect(await kindOf(changeProject(store, scope, { ...settings, name: 'Second', version }))).toBe('stale')
    expect((await readProject(store, scope)).name).toBe('First')
    expect(await actionsIn(store)).toEqual(['project.changed'])
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

  it('keeps those that traces and rules for traces carry', async () => {
    await store.write(async (tx) => {
      await addTrace(tx, project, { category: 'reasoning', categoryBy: 'hand' })
      await tx.insert(traceRules).values({
        id: newId(),
        projectId: project.id,
        position: 1,
        target: 'userSegment',
        value: 'novice',
        field: 'input',
        test: 'contains',
        pattern: 'please',
        createdAt: now(),
      })
    })
    const { version, ...settings } = await readProject(store, scope)
    await expect(
      changeProject(store, scope, { ...settings, categories: ['refusal'], userSegments: ['expert'], version }),
    ).rejects.toMatchObject({
      fields: {
        categories: expect.stringContaining('"reasoning" (1 trace)'),
        userSegments: expect.stringContaining('"novice" (1 rule)'),
      },
    })
  })
})
