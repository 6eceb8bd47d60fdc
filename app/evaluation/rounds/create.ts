import { and, eq, inArray, lt } from 'drizzle-orm'
import { newId, now, randomInt } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { systemVersions } from '#db/schema/cases.ts'
import { items, roundRaters, rounds } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { countMatching, type Drawn, drawItems } from './draw.ts'
import { raterCandidates } from './raters.ts'
import type { RoundValues } from './shown.ts'
import { demandNoFaults, faultsOfRound } from './values.ts'

const ABANDONED_MS = 600_000

/** A random place in a round, the same range as a rater's starting point. */
const anyPosition = () => randomInt(2 ** 31 - 1)

/**
 * Makes a round, as a draft that `openRound` opens. Its items are drawn in pieces, so that raters at work do not wait; the
 * round is seen by nobody until all of them are there, and goes away when something fails. Returns its id and how many
 * items it has. Throws `invalid` by field.
 */
export async function createRound(
  store: Store,
  scope: Scope,
  values: RoundValues,
): Promise<{ id: string; items: number }> {
  demand(scope, 'rounds.write')
  demandNoFaults({ ...faultsOfRound(values), ...(await faultsOfChoice(store.read, scope, values)) })
  const count = await countMatching(store.read, scope.project.id, values)
  demandNoFaults(count === 0 ? { items: 'No response passes this filter. Widen it, or import responses first.' } : {})
  const taken = Math.min(values.sample ?? count, count)
  await removeAbandoned(store, scope.project.id)
  const id = newId()
  await store.write((tx) => insertRound(tx, scope, id, values))
  try {
    for await (const drawn of drawItems(store.read, scope.project.id, values, count)) {
      await store.write((tx) => insertItems(tx, id, drawn, values.overlap, taken / count))
      await new Promise(setImmediate)
    }
    await store.write(async (tx) => {
      await tx.update(rounds).set({ state: 'draft' }).where(eq(rounds.id, id))
      await record(tx, {
        projectId: scope.project.id,
        actor: scope.user,
        action: 'round.created',
        subject: 'round',
        subjectId: id,
        detail: { name: values.name, items: taken, of: count, overlap: values.overlap, raters: values.raterIds.length },
      })
    })
  } catch (error) {
    await store.write((tx) => removeRound(tx, id))
    throw error
  }
  return { id, items: taken }
}

async function faultsOfChoice(db: Database, scope: Scope, values: RoundValues): Promise<Record<string, string>> {
  const faults: Record<string, string> = {}
  const [version] = await db
    .select({ state: rubricVersions.state })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(and(eq(rubricVersions.id, values.rubricVersionId), eq(rubrics.projectId, scope.project.id)))
  if (version?.state !== 'published') faults.rubricVersionId = 'Choose a rubric version that is published.'
  if (values.sample !== null && !(Number.isInteger(values.sample) && values.sample >= 1)) {
    faults.sample = 'Set the size of the sample to a whole number from 1, or leave it empty for all.'
  }
  if (values.raterIds.length === 0) faults.raterIds = 'Choose at least one rater.'
  const candidates = new Set((await raterCandidates(db, scope)).map((candidate) => candidate.id))
  if (values.raterIds.some((id) => !candidates.has(id))) {
    faults.raterIds = 'Someone chosen is no rater of this project any more. Load the page again and choose anew.'
  }
  if (values.systemVersionIds.length > 0) {
    const known = await db
      .select({ id: systemVersions.id })
      .from(systemVersions)
      .where(and(eq(systemVersions.projectId, scope.project.id), inArray(systemVersions.id, values.systemVersionIds)))
    if (known.length < new Set(values.systemVersionIds).size) {
      faults.systemVersionIds = 'A system version chosen is not in this project. Load the page again and choose anew.'
    }
  }
  return faults
}

async function insertRound(tx: Database, scope: Scope, id: string, values: RoundValues): Promise<void> {
  const createdAt = now()
  await tx.insert(rounds).values({
    id,
    projectId: scope.project.id,
    name: values.name.trim(),
    rubricVersionId: values.rubricVersionId,
    state: 'making',
    overlap: values.overlap,
    referencesShown: values.referencesShown,
    instructions: values.instructions.trim(),
    secondsPerItem: values.secondsPerItem,
    startsAt: values.startsAt,
    endsAt: values.endsAt,
    createdBy: scope.user.id,
    createdAt,
  })
  const raterIds = [...new Set(values.raterIds)]
  await tx
    .insert(roundRaters)
    .values(raterIds.map((raterId) => ({ roundId: id, raterId, seed: anyPosition(), addedAt: createdAt })))
}

async function insertItems(
  tx: Database,
  roundId: string,
  drawn: readonly Drawn[],
  needed: number,
  selectionProbability: number,
): Promise<void> {
  await tx.insert(items).values(
    drawn.map(({ responseId, caseId }) => ({
      id: newId(),
      roundId,
      responseId,
      caseId,
      reason: 'audit' as const,
      selectionProbability,
      needed,
      position: anyPosition(),
    })),
  )
}

async function removeRound(tx: Database, id: string): Promise<void> {
  await tx.delete(items).where(eq(items.roundId, id))
  await tx.delete(roundRaters).where(eq(roundRaters.roundId, id))
  await tx.delete(rounds).where(eq(rounds.id, id))
}

/** Rounds whose making was cut off by a crash. */
async function removeAbandoned(store: Store, projectId: string): Promise<void> {
  const abandoned = await store.read
    .select({ id: rounds.id })
    .from(rounds)
    .where(and(eq(rounds.projectId, projectId), eq(rounds.state, 'making'), lt(rounds.createdAt, now() - ABANDONED_MS)))
  for (const { id } of abandoned) await store.write((tx) => removeRound(tx, id))
}
