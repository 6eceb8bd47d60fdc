import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { NO_FILTER } from '#app/evaluation/agreement/filter.ts'
import { computed, computedWithin } from '#app/evaluation/computing/computed.server.ts'
import { engine } from '#db/dialect.ts'
import { migrate } from '#db/migrate.server.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { addCase, addPerson, addProject, addRound, addRubric, addSystemVersion } from '#db/seed/rows.ts'
import { openStore } from '#db/store.server.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-behind-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LONG_MS = 60_000

describe.runIf(engine === 'sqlite')('what is computed in a thread', () => {
  it('is not computed anew for each rating: the last one is given, with how many came since', async () => {
    const url = `file:${join(folder, 'a.sqlite')}`
    await migrate(url)
    const store = openStore(url)
    const made = await store.write(async (tx) => {
      const project = await addProject(tx)
      const system = await addSystemVersion(tx, project)
      const rubric = await addRubric(tx, project)
      const raters = [await addPerson(tx, project, ['rater']), await addPerson(tx, project, ['rater'])]
      const cases = []
      for (let i = 0; i < 51; i++) cases.push(await addCase(tx, project, system.id))
      return { rubric, raters, round: await addRound(tx, project, rubric.versionId, [], cases) }
    })
    const rate = (item: number, rater: number) =>
      store.write(async (tx) => {
        const id = newId()
        await tx.insert(ratings).values({
          id,
          itemId: made.round.itemIds[item] ?? '',
          roundId: made.round.id,
          raterId: made.raters[rater]?.id ?? '',
          rubricVersionId: made.rubric.versionId,
          submissionId: id,
          revision: 1,
          source: 'app',
          evidence: [],
          submittedAt: 1,
        })
        await tx.insert(scores).values(
          made.rubric.dimensions.map(({ id: dimensionId }, d) => ({
            ratingId: id,
            dimensionId,
            level: 1 + ((item + d * rater) % 4),
          })),
        )
      })
    for (let item = 0; item < 50; item++) for (const rater of [0, 1]) await rate(item, rater)
    const filter = { ...NO_FILTER, rubricVersionId: made.rubric.versionId }

    const first = await computedWithin(LONG_MS, store.read, 'calibration', filter)
    expect(first).toMatchObject({ ready: true, value: { ratings: 100 } })
    expect(first).not.toHaveProperty('behind')
    await rate(50, 0)
    const second = await computedWithin(LONG_MS, store.read, 'calibration', filter)
    expect(second).toMatchObject({ ready: true, value: { ratings: 100 }, behind: { ratings: 1 } })
    // a page of items comes from the fit that was seen; a file has the newest
    const state = { ratings: 100, superseded: 0 }
    const page = await computed(store.read, 'calibrated page', { filter, state, sort: 'open', page: 2 })
    expect(page).toMatchObject({ total: 50, items: { length: 25 } })
    expect(await computed(store.read, 'calibration', filter)).toMatchObject({ ratings: 101 })
    await store.close()
  }, 120_000)
})
