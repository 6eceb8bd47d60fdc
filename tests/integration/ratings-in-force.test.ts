import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { CANNOT_JUDGE, type Columns } from '#app/evaluation/ratings/in-force/columns.ts'
import { ratingsInForce } from '#app/evaluation/ratings/in-force/kept.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { addCase, addPerson, addProject, addRound, addRubric, addSystemVersion } from '#db/seed/rows.ts'
import { freshStore } from '#tests/support/store.ts'

const ITEMS = 40

async function rated() {
  const store = await freshStore()
  const made = await store.write(async (tx) => {
    const project = await addProject(tx)
    const system = await addSystemVersion(tx, project)
    const rubric = await addRubric(tx, project)
    const raters = [await addPerson(tx, project, ['rater']), await addPerson(tx, project, ['rater'])]
    const cases = []
    for (let i = 0; i < ITEMS; i++) cases.push(await addCase(tx, project, system.id))
    return { rubric, raters, round: await addRound(tx, project, rubric.versionId, [], cases) }
  })
  let at = 1_000
  /** Dimension d gets level 1 + (d + `level`) % 4, the last one "cannot judge". */
  const rate = (item: number, rater: number, level: number, { id = newId(), revision = 1, activeMs = 5 } = {}) =>
    store.write(async (tx) => {
      await tx.insert(ratings).values({
        id,
        itemId: made.round.itemIds[item] ?? '',
        roundId: made.round.id,
        raterId: made.raters[rater]?.id ?? '',
        rubricVersionId: made.rubric.versionId,
        submissionId: newId(),
        revision,
        source: 'app',
        evidence: [],
        activeMs,
        submittedAt: at++,
      })
      await tx.insert(scores).values(
        made.rubric.dimensions.map(({ id: dimensionId }, d, { length }) => ({
          ratingId: id,
          dimensionId,
          level: d === length - 1 ? null : 1 + ((d + level) % 4),
          cannotJudge: d === length - 1 ? 'no source' : null,
        })),
      )
      return id
    })
  const supersede = (id: string) =>
    store.write((tx) =>
      tx.update(ratings).set({ supersededAt: at++, supersededBecause: 'correction' }).where(eq(ratings.id, id)),
    )
  const { read } = store
  return { ...made, rate, supersede, kept: () => ratingsInForce(read, made.rubric.versionId) }
}

/** Item, rater and the code on the first dimension of every row in force, sorted. */
const inForce = (columns: Columns): string[] =>
  Array.from({ length: columns.rows }, (_, row) => row)
    .filter((row) => columns.gone[row] === 0)
    .map((row) => {
      const [item, rater] = [columns.item[row] as number, columns.rater[row] as number]
      return `${columns.items.names[item]} ${columns.raters.names[rater]} ${columns.codes[0]?.[row]}`
    })
    .sort()

it('has every rating in force once, with its levels, and adds what is made and takes out what is superseded', async () => {
  const { round, raters, rate, supersede, kept, rubric } = await rated()
  const line = (item: number, rater: number, code: number) => `${round.itemIds[item]} ${raters[rater]?.id} ${code}`
  expect(inForce(await kept())).toEqual([])

  const ids: string[] = []
  for (let item = 0; item < ITEMS; item++) for (const rater of [0, 1]) ids.push(await rate(item, rater, 0))
  const all = Array.from({ length: ITEMS }, (_, item) => [line(item, 0, 1), line(item, 1, 1)]).flat()
  const columns = await kept()
  expect(inForce(columns)).toEqual([...all].sort())
  const last = rubric.dimensions.length - 1
  expect(columns.codes.map((codes) => codes[0])).toEqual(
    rubric.dimensions.map((_, d) => (d === last ? CANNOT_JUDGE : 1 + (d % 4))),
  )
  expect(columns.activeMs[0]).toBe(5)

  // a correction, and one that is taken back
  await supersede(ids[0] as string)
  await rate(0, 0, 2, { revision: 2 })
  await supersede(ids[3] as string)
  const corrected = [line(0, 0, 3), ...all.filter((one) => one !== line(0, 0, 1) && one !== line(1, 1, 1))]
  expect(inForce(await kept())).toEqual(corrected.sort())
  expect(inForce(await kept())).toEqual(corrected)

  // corrected twice before anybody looks
  const again = await rate(1, 1, 1, { revision: 2 })
  await supersede(again)
  await rate(1, 1, 3, { revision: 3 })
  expect(inForce(await kept())).toEqual([...corrected, line(1, 1, 4)].sort())
})

it('finds ratings that were stored with an id before those already read', async () => {
  const { rate, kept, supersede } = await rated()
  const early = newId()
  const ids: string[] = []
  for (let item = 0; item < ITEMS - 1; item++) for (const rater of [0, 1]) ids.push(await rate(item, rater, 0))
  expect(inForce(await kept())).toHaveLength(2 * ITEMS - 2)
  await rate(ITEMS - 1, 0, 1, { id: early })
  expect(inForce(await kept())).toHaveLength(2 * ITEMS - 1)
  // what had to be read anew goes on as before
  await supersede(ids[5] as string)
  await rate(ITEMS - 1, 1, 1)
  expect(inForce(await kept())).toHaveLength(2 * ITEMS - 1)
  expect(new Set(inForce(await kept())).size).toBe(2 * ITEMS - 1)
})

it('reads the news once for those who ask at the same time', async () => {
  const { rate, kept } = await rated()
  for (let item = 0; item < 5; item++) await rate(item, 0, 0)
  const found = await Promise.all([kept(), kept(), kept()])
  for (const columns of found) expect(inForce(columns)).toHaveLength(5)
})
