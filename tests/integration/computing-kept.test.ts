import { expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { NO_FILTER } from '#app/evaluation/agreement/filter.ts'
import { computed, computedWithin } from '#app/evaluation/computing/computed.server.ts'
import { ratings } from '#db/schema/ratings.ts'
import { addCase, addPerson, addProject, addRound, addRubric, addSystemVersion } from '#db/seed/rows.ts'
import { freshStore } from '#tests/support/store.ts'

it('keeps computed agreement until a rating is made', async () => {
  const store = await freshStore()
  const { row, rubricVersionId } = await store.write(async (tx) => {
    const project = await addProject(tx)
    const system = await addSystemVersion(tx, project)
    const rubric = await addRubric(tx, project)
    const rater = await addPerson(tx, project, ['rater'])
    const round = await addRound(tx, project, rubric.versionId, [], [await addCase(tx, project, system.id)])
    const made = {
      itemId: round.itemIds[0] ?? '',
      roundId: round.id,
      raterId: rater.id,
      rubricVersionId: rubric.versionId,
    }
    return { row: { ...made, source: 'app' as const, evidence: [], submittedAt: 1 }, rubricVersionId: rubric.versionId }
  })
  const filter = { ...NO_FILTER, rubricVersionId }
  const before = await computed(store.read, 'agreement', filter)
  expect(before.ratings).toBe(0)
  expect(await computed(store.read, 'agreement', filter)).toBe(before)
  expect(await computed(store.read, 'agreement', { ...filter, source: 'app' })).not.toBe(before)

  await store.write(async (tx) => {
    await tx.insert(ratings).values({ ...row, id: newId(), submissionId: newId(), revision: 1 })
  })
  expect((await computed(store.read, 'agreement', filter)).ratings).toBe(1)
  expect(await computedWithin(10_000, store.read, 'agreement', filter)).toMatchObject({
    ready: true,
    value: { ratings: 1 },
  })
})

it('keeps no failure', async () => {
  const store = await freshStore()
  const filter = { ...NO_FILTER, rubricVersionId: newId() }
  const asked = { filter, dimensionId: newId() }
  await expect(computed(store.read, 'dimension', asked)).rejects.toThrow()
  await expect(computed(store.read, 'dimension', asked)).rejects.toThrow()
})
