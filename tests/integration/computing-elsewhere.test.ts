import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { figuresOf } from '#app/evaluation/agreement/figures.ts'
import { NO_FILTER } from '#app/evaluation/agreement/filter.ts'
import { processAt } from '#app/evaluation/computing/process.server.ts'
import { threadAt } from '#app/evaluation/computing/thread.server.ts'
import type { Answer, Question } from '#app/evaluation/computing/worker.ts'
import { engine } from '#db/dialect.ts'
import { migrate } from '#db/migrate.server.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { addCase, addPerson, addProject, addRound, addRubric, addSystemVersion } from '#db/seed/rows.ts'
import { openStore } from '#db/store.server.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-thread-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(engine === 'sqlite').each([
  ['thread', threadAt],
  ['process', processAt],
])('the computing %s', (_name, placeAt) => {
  it('answers with the figures that are computed here, and with an error where it fails', async () => {
    const url = `file:${join(folder, 'a.sqlite')}`
    await migrate(url)
    const store = openStore(url)
    const rubricVersionId = await store.write(async (tx) => {
      const project = await addProject(tx)
      const system = await addSystemVersion(tx, project)
      const rubric = await addRubric(tx, project)
      const people = [await addPerson(tx, project, ['rater']), await addPerson(tx, project, ['rater'])]
      const rated = [await addCase(tx, project, system.id), await addCase(tx, project, system.id)]
      const round = await addRound(tx, project, rubric.versionId, [], rated)
      for (const [i, itemId] of round.itemIds.entries())
        for (const [j, { id: raterId }] of people.entries()) {
          const id = newId()
          const made = { id, itemId, raterId, roundId: round.id, rubricVersionId: rubric.versionId, submissionId: id }
          await tx.insert(ratings).values({ ...made, revision: 1, source: 'app', evidence: [], submittedAt: 1 })
          await tx
            .insert(scores)
            .values(
              rubric.dimensions.map((dimension) => ({ ratingId: id, dimensionId: dimension.id, level: 1 + i + i * j })),
            )
        }
      return rubric.versionId
    })
    const filter = { ...NO_FILTER, rubricVersionId }
    const here = await figuresOf(store.read, filter)
    await store.close()

    const place = placeAt(url)
    let told: (answer: Answer) => void = () => undefined
    place.onAnswer((answer) => told(answer))
    const ended = new Promise<Error>((resolve) => place.onEnd(resolve))
    const ask = (question: Question & { id: number }) =>
      new Promise<Answer>((resolve, reject) => {
        told = resolve
        void ended.then(reject)
        place.ask(question)
      })
    expect(here.ratings).toBe(4)
    expect(await ask({ id: 1, name: 'agreement', asked: filter })).toEqual({ id: 1, value: here })
    expect(await ask({ id: 2, name: 'dimension', asked: { filter, dimensionId: newId() } })).toMatchObject({
      id: 2,
      error: expect.stringContaining('levels'),
    })
    place.end()
    expect((await ended).message).toMatch(/^the computing (thread|process) ended with/)
  })
})
