import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { workloads } from '#app/evaluation/rounds/workload.ts'
import { items } from '#db/schema/rounds.ts'
import { addCase, addPerson, addProject, addRound, addRubric, addSystemVersion, scopeOf } from '#db/seed/rows.ts'
import { freshStore } from '#tests/support/store.ts'

it('shares the open work of open rounds out among their raters', async () => {
  const store = await freshStore()
  const { lead, ada, beth, kofi, first } = await store.write(async (tx) => {
    const project = await addProject(tx)
    const system = await addSystemVersion(tx, project)
    const rubric = await addRubric(tx, project)
    const people = { ada: '', beth: '', kofi: '' }
    for (const name of ['ada', 'beth', 'kofi'] as const) people[name] = (await addPerson(tx, project, ['rater'])).id
    const rated = []
    for (let i = 0; i < 10; i++) rated.push(await addCase(tx, project, system.id))
    const { ada: a, beth: b, kofi: k } = people
    const open = await addRound(tx, project, rubric.versionId, [a, b], rated, { overlap: 1, secondsPerItem: 60 })
    await addRound(tx, project, rubric.versionId, [a], rated.slice(0, 3), { overlap: 3, secondsPerItem: 100 })
    await addRound(tx, project, rubric.versionId, [k], rated, { state: 'closed' })
    const scope = scopeOf(await addPerson(tx, project, ['lead']), project, ['lead'])
    return { lead: scope, ...people, ada: a, beth: b, kofi: k, first: open.itemIds[0] ?? '' }
  })
  await store.write(async (tx) => {
    await tx.update(items).set({ taken: 1, done: 1 }).where(eq(items.id, first))
  })
  const found = await workloads(store.read, lead)
  // Nine ratings are left for two raters; of three items nobody can rate more than three.
  expect(found.get(beth)).toEqual({ rounds: 1, items: 5, seconds: 300 })
  expect(found.get(ada)).toEqual({ rounds: 2, items: 8, seconds: 600 })
  expect(found.has(kofi)).toBe(false)
})
