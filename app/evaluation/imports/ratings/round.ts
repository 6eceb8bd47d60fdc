import { and, eq, sql } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { accountOf } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { ratings } from '#db/schema/ratings.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import type { Import } from '../importer.ts'
import type { UsedVersion } from './rubric.ts'

const SECONDS_PER_ITEM = 120

/** What an imported round holds already. */
export type ImportedRound = {
  id: string
  isNew: boolean
  itemIds: Map<string, string>
  submissions: Set<string>
  /** `item rater` pairs that have a rating. */
  rated: Set<string>
}

/**
 * The closed round that an import of this name belongs to: one made by an earlier import, or a new one.
 *
 * @throws Problem `conflict` where the name is that of another round, or its rubric version is another
 */
export async function openImportedRound(run: Import, name: string, version: UsedVersion): Promise<ImportedRound> {
  const [found] = await run.tx
    .select({ id: rounds.id, state: rounds.state, versionId: rounds.rubricVersionId })
    .from(rounds)
    .where(and(eq(rounds.projectId, run.scope.project.id), eq(rounds.name, name)))
    .limit(1)
  if (!found) return newRound(run, name, version)
  const given = await run.tx
    .select({
      itemId: ratings.itemId,
      raterId: ratings.raterId,
      submission: ratings.submissionId,
      source: ratings.source,
    })
    .from(ratings)
    .where(eq(ratings.roundId, found.id))
  if (found.state !== 'closed' || !given.some(({ source }) => source === 'import')) {
    throw otherName(`There is a round “${name}” that was rated here.`)
  }
  if (found.versionId !== version.id) {
    throw otherName(`The imported round “${name}” was rated under another rubric version than ${version.label}.`)
  }
  const there = await run.tx
    .select({ id: items.id, responseId: items.responseId })
    .from(items)
    .where(eq(items.roundId, found.id))
  return {
    id: found.id,
    isNew: false,
    itemIds: new Map(there.map(({ id, responseId }) => [responseId, id])),
    submissions: new Set(given.map(({ submission }) => submission)),
    rated: new Set(given.map(({ itemId, raterId }) => `${itemId} ${raterId}`)),
  }
}

const otherName = (what: string) =>
  new Problem('conflict', `${what} Import these ratings under another round’s name (--round NAME).`, {
    code: 'round-name',
    fields: { round: 'This name is taken.' },
  })

async function newRound(run: Import, name: string, version: UsedVersion): Promise<ImportedRound> {
  const id = newId()
  await run.tx.insert(rounds).values({
    id,
    projectId: run.scope.project.id,
    name,
    rubricVersionId: version.id,
    state: 'closed',
    overlap: 1,
    referencesShown: 'never',
    instructions: `Rated elsewhere and imported from ${run.fileName}.`,
    secondsPerItem: SECONDS_PER_ITEM,
    createdBy: accountOf(run.scope),
    createdAt: run.at,
  })
  return { id, isNew: true, itemIds: new Map(), submissions: new Set(), rated: new Set() }
}

/** Sets the round's dates and overlap to what its ratings say. */
export async function summariseRound(run: Import, roundId: string, times: readonly number[]): Promise<void> {
  const [widest] = await run.tx
    .select({ most: sql`max(${items.needed})`.mapWith(Number) })
    .from(items)
    .where(eq(items.roundId, roundId))
  const [before] = await run.tx
    .select({ startsAt: rounds.startsAt, endsAt: rounds.endsAt })
    .from(rounds)
    .where(eq(rounds.id, roundId))
  let [first, last] = [before?.startsAt ?? Number.POSITIVE_INFINITY, before?.endsAt ?? Number.NEGATIVE_INFINITY]
  for (const time of times) {
    first = Math.min(first, time)
    last = Math.max(last, time)
  }
  const dates = Number.isFinite(first) && Number.isFinite(last) ? { startsAt: first, endsAt: last } : {}
  await run.tx
    .update(rounds)
    .set({ overlap: widest?.most ?? 1, ...dates })
    .where(eq(rounds.id, roundId))
}
