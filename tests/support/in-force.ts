/** A round of 40 items that two raters rate, and its ratings as they are kept in columns. */
import { eq } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import type { Columns } from '#app/evaluation/ratings/in-force/columns.ts'
import { ratingsInForce } from '#app/evaluation/ratings/in-force/kept.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { addCase, addPerson, addProject, addRound, addRubric, addSystemVersion } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from './store.ts'

export const ITEMS = 40

export async function rated(given?: Store) {
  const store = given ?? (await freshStore())
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
  return { ...made, store, rate, supersede, kept: () => ratingsInForce(read, made.rubric.versionId) }
}

/** Item, rater and the code on the first dimension of every row in force, sorted. */
export const inForce = (columns: Columns): string[] =>
  Array.from({ length: columns.rows }, (_, row) => row)
    .filter((row) => columns.gone[row] === 0)
    .map((row) => {
      const [item, rater] = [columns.item[row] as number, columns.rater[row] as number]
      return `${columns.items.names[item]} ${columns.raters.names[rater]} ${columns.codes[0]?.[row]}`
    })
    .sort()
