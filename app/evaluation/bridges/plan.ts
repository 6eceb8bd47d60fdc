import { and, eq, inArray, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { partsOf } from '../references/had-part.ts'
import { inList } from '../rounds/matching.ts'
import { raterCandidates } from '../rounds/raters.ts'
import { type BridgeValues, faultsOfBridge } from './values.ts'

/** A response that may go into a bridge, with the chosen raters who may rate it. */
export type BridgeCandidate = { responseId: string; caseId: string; raterIds: string[] }

export type BridgePlan = {
  versions: { from: number; to: number }
  candidates: BridgeCandidate[]
  /** Responses rated under the older version that too few of the chosen raters may rate. */
  leftOut: number
}

/** What is wrong with the choice of versions and raters, by field. */
async function faultsOfChoice(
  db: Database,
  scope: Scope,
  { fromId, toId, raterIds }: BridgeValues,
): Promise<{ faults: Record<string, string>; versions: BridgePlan['versions'] }> {
  const rows = await db
    .select({
      id: rubricVersions.id,
      rubricId: rubricVersions.rubricId,
      number: rubricVersions.number,
      state: rubricVersions.state,
    })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(and(inArray(rubricVersions.id, [fromId, toId]), eq(rubrics.projectId, scope.project.id)))
  const from = rows.find(({ id }) => id === fromId)
  const to = rows.find(({ id }) => id === toId)
  const faults: Record<string, string> = {}
  if (!from || from.state === 'draft') faults.fromId = 'Choose a version that was published.'
  if (to?.state !== 'published') faults.toId = 'Choose a version that is published.'
  if (from && to && from.rubricId !== to.rubricId) faults.toId = 'Choose two versions of the same rubric.'
  else if (from && to && from.number >= to.number) faults.toId = 'Choose a newer version than the one it is linked to.'
  const known = new Set((await raterCandidates(db, scope)).map(({ id }) => id))
  if (raterIds.some((id) => !known.has(id))) {
    faults.raterIds = 'Someone chosen is no rater of this project any more. Load the page again and choose anew.'
  }
  return { faults, versions: { from: from?.number ?? 0, to: to?.number ?? 0 } }
}

/** What a bridge can be drawn from, and by field what is wrong with its values. */
export async function planBridge(
  db: Database,
  scope: Scope,
  asked: BridgeValues,
): Promise<BridgePlan & { faults: Record<string, string> }> {
  demand(scope, 'rounds.write')
  const values = { ...asked, raterIds: [...new Set(asked.raterIds)] }
  const choice = await faultsOfChoice(db, scope, values)
  const faults = { ...faultsOfBridge(values), ...choice.faults }
  const known = choice.faults.fromId === undefined
  const rated = known ? await ratedUnder(db, values) : []
  const barred = await authorsOf(db, scope, values.raterIds)
  const all = rated.map(({ responseId, caseId, raters }) => ({
    responseId,
    caseId,
    raterIds: (values.rated === 'both' ? values.raterIds : raters).filter((id) => !barred.get(caseId)?.has(id)),
  }))
  const overlap = Math.max(1, values.overlap || 1)
  const candidates = all.filter(({ raterIds }) => raterIds.length >= overlap)
  return { versions: choice.versions, candidates, leftOut: all.length - candidates.length, faults }
}

type Rated = { responseId: string; caseId: string; raters: string[] }

/** The responses rated under the older version, each with the chosen raters who did. */
export async function ratedUnder(
  db: Database,
  { fromId, since, raterIds }: Pick<BridgeValues, 'fromId' | 'since' | 'raterIds'>,
): Promise<Rated[]> {
  const mine = raterIds.length === 0 ? sql`null` : sql`case when t.rater_id in ${inList(raterIds)} then t.rater_id end`
  const rows = await db
    .select({
      responseId: sql<string>`x.response_id`,
      caseId: sql<string>`x.case_id`,
      rater: sql<string | null>`x.rater_id`,
    })
    .from(sql`(
      select distinct i.response_id, i.case_id, ${mine} as rater_id
      from ratings t join items i on i.id = t.item_id join cases c on c.id = i.case_id and c.archived_at is null
      where t.rubric_version_id = ${fromId} and t.superseded_at is null and i.reason <> 'reference'
        ${since === null ? sql`` : sql`and t.submitted_at >= ${since}`}) x`)
    .orderBy(sql`x.response_id`)
  const found = new Map<string, Rated>()
  for (const { responseId, caseId, rater } of rows) {
    const known = found.get(responseId) ?? { responseId, caseId, raters: [] }
    if (rater !== null) known.raters.push(rater)
    found.set(responseId, known)
  }
  return [...found.values()]
}

/** The chosen raters who had a part in a reference, by its case: they are never given that case. */
export async function authorsOf(
  db: Database,
  scope: Scope,
  raterIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  if (raterIds.length === 0) return found
  const rows = await db
    .select({ caseId: sql<string>`x.case_id`, personId: sql<string>`x.person_id` })
    .from(sql`(select p.case_id, p.person_id from ${partsOf(inList(raterIds))} p join cases c on c.id = p.case_id
      where c.project_id = ${scope.project.id}) x`)
    .orderBy(sql`x.case_id`)
  for (const { caseId, personId } of rows) found.set(caseId, (found.get(caseId) ?? new Set()).add(personId))
  return found
}
