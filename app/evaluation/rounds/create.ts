import { and, eq, inArray, lt } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { systemVersions } from '#db/schema/cases.ts'
import { items, roundRaters, rounds } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { insertRows } from '../imports/rows.ts'
import { asResponses, referencesToRate } from '../references/placement/draw.ts'
import { countMatching } from './draw.ts'
import { anyPosition, itemsOf } from './items.ts'
import { planRound } from './plan.ts'
import { barredAmong, raterCandidates } from './raters.ts'
import type { RoundValues } from './shown.ts'
import { demandNoFaults, faultsOfRound, nothingPasses } from './values.ts'

const ABANDONED_MS = 600_000

/**
 * Makes a round, as a draft that `openRound` opens. Its items are drawn in pieces, so that raters at work do not wait; the
 * round is seen by nobody until all of them are there, and goes away when something fails. Anchors are strewn among them.
 * Returns its id and how many items it has, anchors among them. Throws `invalid` by field.
 */
export async function createRound(
  store: Store,
  scope: Scope,
  values: RoundValues,
): Promise<{ id: string; items: number }> {
  demand(scope, 'rounds.write')
  demandNoFaults({ ...faultsOfRound(values), ...(await faultsOfChoice(store.read, scope, values)) })
  const { count, references } = await matched(store.read, scope.project.id, values)
  demandNoFaults(count + references.length === 0 ? { items: nothingPasses(values) } : {})
  const plan = await planRound(store.read, scope.project.id, values, count)
  if (plan.wanted > 0 && plan.active === 0) demandNoFaults({ anchorShare: NO_ANCHORS })
  await removeAbandoned(store, scope.project.id)
  const id = newId()
  const all = plan.taken + plan.anchors.length + references.length
  await store.write((tx) => insertRound(tx, scope, id, values))
  try {
    const rated = await asResponses(store, scope.project.id, references)
    for await (const made of itemsOf(store.read, scope, id, values, { ...plan, rated })) {
      await store.write((tx) => insertRows(tx, items, made))
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
        detail: {
          name: values.name,
          items: all,
          of: plan.count,
          anchors: plan.anchors.length,
          references: references.length,
          overlap: values.overlap,
          raters: values.raterIds.length,
        },
      })
    })
  } catch (error) {
    await store.write((tx) => removeRound(tx, id))
    throw error
  }
  return { id, items: all }
}

/** How many responses pass, and which references are rated beside or instead of them. */
async function matched(
  db: Database,
  projectId: string,
  values: RoundValues,
): Promise<{ count: number; references: string[] }> {
  const { referencesRated } = values
  return {
    count: referencesRated === 'only' ? 0 : await countMatching(db, projectId, values),
    references: referencesRated === 'none' ? [] : await referencesToRate(db, projectId, values),
  }
}

const NO_ANCHORS = 'This project has no anchors yet. Pick or draw some under Anchors first, or set them to 0 %.'

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
  const barred = await barredAmong(db, scope, values)
  if (barred !== null) faults.raterIds = barred
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
    anchorShare: values.anchorShare,
    createdBy: scope.user.id,
    createdAt,
  })
  const raterIds = [...new Set(values.raterIds)]
  await tx
    .insert(roundRaters)
    .values(raterIds.map((raterId) => ({ roundId: id, raterId, seed: anyPosition(), addedAt: createdAt })))
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
