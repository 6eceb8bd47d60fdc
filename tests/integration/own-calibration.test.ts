import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { ownCalibration } from '#app/evaluation/calibration/own.ts'
import { consensusInWords, severityInWords } from '#app/evaluation/calibration/own-words.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import {
  type AddedRubric,
  addCase,
  addPerson,
  addProject,
  addRound,
  addRubric,
  addSystemVersion,
  type Person,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'

const RATERS = 6

let store: Store
let project: Project
let rubric: AddedRubric
let people: Person[]

beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    rubric = await addRubric(tx, project)
    people = []
    for (let j = 0; j < RATERS; j++) people.push(await addPerson(tx, project, ['rater']))
  })
})

const ownOf = (rater = 0) => ownCalibration(store, scopeOf(people[rater] as Person, project, ['rater']))

/** A round over `units` items; `give` says what a rater gives an item, null: nothing. */
async function round(
  units: number,
  give: (unit: number, rater: number) => number | null,
  over: Partial<typeof rounds.$inferInsert> = {},
): Promise<string> {
  return store.write(async (tx) => {
    const system = await addSystemVersion(tx, project)
    const rated = []
    for (let u = 0; u < units; u++) rated.push(await addCase(tx, project, system.id))
    const raters = people.map(({ id }) => id)
    const { id: roundId, itemIds } = await addRound(tx, project, rubric.versionId, raters, rated, {
      overlap: RATERS,
      state: 'closed',
      ...over,
    })
    const made = itemIds.flatMap((itemId, u) =>
      raters.flatMap((raterId, j) => {
        const level = give(u, j)
        return level === null ? [] : [{ id: newId(), itemId, raterId, level }]
      }),
    )
    await tx.insert(ratings).values(
      made.map(({ id, itemId, raterId }) => ({
        id,
        itemId,
        roundId,
        raterId,
        rubricVersionId: rubric.versionId,
        submissionId: id,
        revision: 1,
        source: 'app' as const,
        evidence: [],
        submittedAt: 1_000,
      })),
    )
    await tx
      .insert(scores)
      .values(
        made.flatMap(({ id, level }) =>
          rubric.dimensions.map(({ id: dimensionId }) => ({ ratingId: id, dimensionId, level })),
        ),
      )
    return roundId
  })
}

/** The same for everybody but that rater 0 is a level lower on every third item. */
const strictByAThird = (u: number, j: number) =>
  2 + ((u * 7 + Math.floor((u + j) / 5)) % 3) - (j === 0 && u % 3 === 0 ? 1 : 0)

describe('one’s own calibration', () => {
  it('tells of a closed round how severe one is and how often one agrees, coarsely', async () => {
    await round(40, strictByAThird)
    const { rounds: told } = await ownOf()
    expect(told).toHaveLength(1)
    const [one] = told
    if (one?.standing !== 'told') throw new Error('not told')
    const { severity, others, items, dimensions } = one.figures
    expect({ others, items }).toEqual({ others: 5, items: 40 })
    expect(severity?.clear).toBe(true)
    expect(severity?.value).toBeLessThan(0)
    expect((severity?.value ?? 0) * 10).toBeCloseTo(Math.round((severity?.value ?? 0) * 10), 9)
    expect(severityInWords(one.figures)).toMatch(
      /^You score 0\.\d points lower than the average rater on the same items/,
    )
    expect(consensusInWords(one.figures)).toMatch(/^You agree with the consensus of the others in about \d+ %/)
    for (const share of dimensions.flatMap((dimension) => dimension.others ?? [])) {
      expect(share * 20).toBeCloseTo(Math.round(share * 20), 9)
      expect(share).toBeGreaterThanOrEqual(0.05)
      expect(share).toBeLessThanOrEqual(0.95)
    }
  })

  it('says nothing of a round that is open, nor from part of it once it is opened again', async () => {
    const id = await round(40, strictByAThird, { state: 'open' })
    expect(await ownOf()).toEqual({ rounds: [], stillOpen: 1 })
    await store.write((tx) => tx.update(rounds).set({ state: 'closed' }).where(eq(rounds.id, id)))
    expect((await ownOf()).rounds).toHaveLength(1)
  })

  it.each([
    [
      'fewer than four others',
      40,
      (u: number, j: number) => (j < 4 ? strictByAThird(u, j) : null),
      /fewer than 4 others/,
    ],
    ['fewer than twenty items', 19, strictByAThird, /fewer than 20 items/],
    [
      'one colleague who gives more than half of what one is compared with',
      40,
      (u: number, j: number) => (j < 2 || (j === 2 + (u % 4) && u < 30) ? strictByAThird(u, j) : null),
      /more than half .* one colleague/,
    ],
  ])('is withheld with %s', async (_name, units, give, why) => {
    await round(units, give)
    expect((await ownOf()).rounds).toEqual([
      expect.objectContaining({ standing: 'withheld', why: expect.stringMatching(why) }),
    ])
  })

  it('never says that all or none of the others gave a level, though they did', async () => {
    await round(30, (u, j) => (j === 0 ? 1 + (u % 4) : 4))
    const [one] = (await ownOf()).rounds
    if (one?.standing !== 'told') throw new Error('not told')
    expect(one.figures.dimensions[0]?.others).toEqual([0.05, 0.05, 0.05, 0.95])
    expect(consensusInWords(one.figures)).toMatch(/95 % or more/)
  })

  it('is the same whatever a colleague gave on one item, as far as it is told', async () => {
    const told = async (change: number) => {
      store = await freshStore()
      await store.write(async (tx) => {
        project = await addProject(tx)
        rubric = await addRubric(tx, project)
        people = []
        for (let j = 0; j < RATERS; j++) people.push(await addPerson(tx, project, ['rater']))
      })
      await round(60, (u, j) => (u === 5 && j === 3 ? change : strictByAThird(u, j)))
      const [one] = (await ownOf()).rounds
      return one?.standing === 'told' ? one.figures : null
    }
    const [low, high] = [await told(2), await told(3)]
    expect(low).not.toBeNull()
    expect(low).toEqual(high)
  })

  it('is one’s own only, and for raters', async () => {
    await round(40, strictByAThird)
    const stranger = await store.write((tx) => addPerson(tx, project, ['rater']))
    expect(await ownCalibration(store, scopeOf(stranger, project, ['rater']))).toEqual({ rounds: [], stillOpen: 0 })
    await expect(ownCalibration(store, scopeOf(stranger, project, ['lead']))).rejects.toThrow(/role rater/)
  })
})
